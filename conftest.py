"""Fixtures every test may ask for. The servers are started earlier, by brokerage/tests/servers.py."""

pytest_plugins = ["brokerage.tests.browser.fixtures"]


def pytest_configure():
    """Static files by their plain names: the tests need no collectstatic."""
    from django.conf import settings

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
