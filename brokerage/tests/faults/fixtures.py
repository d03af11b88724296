"""Fixtures of the fault tests: servers and workers of their own."""

import pytest
from kombu import Connection

from brokerage.audit import roles
from brokerage.notify import doorbell
from brokerage.notify.tasks import empty_the_outbox

from .servers import Broker, Web, Worker


@pytest.fixture
def bell(tmp_path, monkeypatch, settings):
    """A Valkey of the test's own, which this process rings as well."""
    server = Broker(tmp_path / "bell")
    settings.CELERY_BROKER_URL = server.url
    monkeypatch.setattr(doorbell, "_bell", None)
    monkeypatch.setattr(doorbell, "_broken_until", 0.0)

    def send():
        with Connection(server.url, transport_options=settings.CELERY_BROKER_TRANSPORT_OPTIONS) as connection:
            empty_the_outbox.apply_async(connection=connection, retry=False)

    monkeypatch.setattr(doorbell, "_send", send)
    yield server
    server.stop()


@pytest.fixture
def as_application(transactional_db):
    """Other processes sign in as the application, with its real rights."""
    if roles.exists("brokerage_app"):
        roles.grant("brokerage_app")


@pytest.fixture
def workers(bell, mail, tmp_path, as_application):
    """`workers()` starts one, of two processes."""
    started = []

    def start(**options):
        started.append(Worker(bell, mail, tmp_path / f"worker-{len(started)}.log", **options))
        return started[-1]

    yield start
    for worker in started:
        worker.stop()


@pytest.fixture
def web(bell, mail, tmp_path, as_application):
    server = Web(bell, mail, tmp_path / "web.log")
    yield server
    server.stop()
