from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 11, 3, 9, tzinfo=UTC)
PAGE = "/your-account/"


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def at_work(clock, client, broker, settings):
    settings.SESSION_IDLE_MINUTES = 30
    client.force_login(broker)
    assert client.get(PAGE).status_code == 200
    return client


def test_a_session_left_alone_ends(at_work, clock):
    clock.shift(timedelta(minutes=30))

    response = at_work.get(PAGE, {"from": "queue"})

    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next=/your-account/%3Ffrom%3Dqueue"
    assert "You were signed out because nothing had happened" in at_work.get(response["Location"]).content.decode()


def test_a_session_in_use_goes_on(at_work, clock):
    for _ in range(4):
        clock.shift(timedelta(minutes=29))
        assert at_work.get(PAGE).status_code == 200


def test_a_session_ends_after_a_working_day_however_busy(at_work, clock, settings):
    for _ in range(settings.SESSION_COOKIE_AGE // 60 // 20 - 1):
        clock.shift(timedelta(minutes=20))
        assert at_work.get(PAGE).status_code == 200

    clock.shift(timedelta(minutes=20))

    assert at_work.get(PAGE).status_code == 302


def test_what_was_sent_from_a_session_that_ended_is_not_done(at_work, clock):
    clock.shift(timedelta(hours=1))

    response = at_work.post("/accounts/invite/", {})

    assert response["Location"].startswith(reverse("account_login"))


def test_a_busy_session_is_written_once_a_minute_at_most(at_work, clock):
    def writes():
        with CaptureQueriesContext(connection) as asked:
            at_work.get(PAGE)
        return [query for query in asked if query["sql"].startswith("UPDATE")]

    clock.shift(timedelta(seconds=59))
    assert len(writes()) == 0

    clock.shift(timedelta(seconds=1))
    assert len(writes()) == 1
