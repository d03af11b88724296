"""Fixtures every test may ask for. The servers are started earlier, by brokerage/tests/servers.py."""

import os

import pytest

pytest_plugins = [
    "brokerage.tests.browser.fixtures",
    "brokerage.tests.faults.fixtures",
    "brokerage.tests.letters",
    "brokerage.tests.people",
]


def pytest_configure():
    """Static files by their plain names: the tests need no collectstatic. Tables may be emptied between tests."""
    from django.conf import settings

    settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = os.environ.get("TEST_DATABASE_TEMPLATE")
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # between tests the tables are emptied, and the audit's among them: the one setting its guard listens to
    settings.DATABASES["default"]["OPTIONS"]["options"] += " -c app.allow_truncate=on"


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb):
    """Our own servers go with all they hold; dropping the database first would only wait for whoever still reads it."""
    return django_db_keepdb or "TEST_DATABASE_TEMPLATE" in os.environ


@pytest.fixture(autouse=True)
def the_councils_settings(monkeypatch):
    """Read once a test: never another test's, and never a second time in the middle of counting queries."""
    from brokerage.council import settings as council

    council.forget()
    monkeypatch.setattr(council, "FRESH_FOR_SECONDS", 3600)
    yield
    council.forget()
