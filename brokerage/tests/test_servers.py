"""What every other test stands on: real servers, with the roles they have in production."""

import os

import psycopg2
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection

pytestmark = pytest.mark.django_db


def test_the_database_is_postgresql_with_what_the_service_needs():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_available_extensions")
        extensions = {name for (name,) in cursor.fetchall()}

    assert connection.pg_version >= 150000
    assert {"pg_trgm", "btree_gist", "unaccent"} <= extensions


def test_the_cache_is_a_server_that_answers():
    cache.set("somebody", "is there", 10)

    assert cache.get("somebody") == "is there"


def test_no_two_workers_share_a_redis_database(worker_id):
    if worker_id == "master":
        pytest.skip("This run has no workers.")

    assert settings.REDIS_URL.endswith(f"/{int(worker_id.removeprefix('gw')) + 1}")


def test_the_applications_role_meets_the_same_database_and_cannot_change_its_shape():
    address = os.environ.get("TEST_APP_DATABASE_URL") or pytest.skip("The servers given have one role only.")
    application = psycopg2.connect(address)

    with application.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone() == (connection.settings_dict["NAME"],)
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("CREATE TABLE mine (id int)")
    application.close()
