import json
import socket
import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.db import OperationalError, connection
from django.urls import reverse

from brokerage.clocks import clock
from brokerage.deadlines.models import Heartbeat
from brokerage.health import probes
from brokerage.notify.models import Message
from brokerage.notify.telling import tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(client):
    def ask():
        response = client.get("/readyz")
        return SimpleNamespace(status=response.status_code, **json.loads(response.content))

    return ask


@pytest.fixture
def frozen_redis(settings):
    """A port that takes connections and never answers, as a stopped Redis does."""
    with socket.create_server(("127.0.0.1", 0), backlog=16) as listener:
        settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{listener.getsockname()[1]}/0"
        yield


@pytest.fixture
def database_gone():
    """Every statement fails as it does when the server is away: the connection itself refuses."""

    def refuse(execute, sql, params, many, context):
        raise OperationalError("server closed the connection unexpectedly")

    with connection.execute_wrapper(refuse):
        yield


def letter(**facts):
    tell("somebody@council.example", "your-account-changed", name="Sam", service="Care", what="Nothing.")
    Message.objects.update(**facts)


def test_the_process_is_alive_whatever_else_is_not(client, database_gone, frozen_redis):
    assert client.get("/healthz").status_code == 200


def test_it_is_ready_while_the_database_answers(ready):
    answer = ready()

    assert (answer.status, answer.ready, answer.database["state"]) == (200, True, "good")


def test_it_is_not_ready_when_the_database_cannot_be_used(ready, database_gone):
    answer = ready()

    assert (answer.status, answer.ready) == (503, False)
    assert answer.sweep["state"] == "bad"


def test_a_dead_redis_is_said_and_fails_nothing(ready, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"

    answer = ready()

    assert (answer.status, answer.broker["state"]) == (200, "worrying")


def test_a_frozen_redis_holds_nobody_up(ready, frozen_redis):
    began = time.monotonic()

    answer = ready()

    assert (answer.status, answer.broker["state"]) == (200, "worrying")
    assert time.monotonic() - began < 1.5


@pytest.mark.parametrize(("minutes", "state"), [(0, "good"), (2.9, "good"), (3.1, "bad"), (600, "bad")])
def test_a_sweep_that_stopped_shows(ready, minutes, state):
    Heartbeat.objects.beat("sweep", at=clock.now() - timedelta(minutes=minutes))

    assert ready().sweep["state"] == state


def test_a_sweep_that_never_ran_is_worrying_and_not_good(ready):
    assert ready().sweep["state"] == "worrying"


@pytest.mark.parametrize(("minutes", "state"), [(9, "good"), (11, "bad")])
def test_letters_that_wait_too_long_show(ready, minutes, state):
    letter(created_at=clock.now() - timedelta(minutes=minutes))

    outbox = ready().outbox
    assert outbox["state"] == state
    assert outbox["waiting"] == 1
    assert outbox["oldest_seconds"] == pytest.approx(minutes * 60, abs=5)


def test_a_failed_letter_shows(ready):
    letter(state="failed")

    assert (ready().outbox["state"], ready().outbox["failed"]) == ("worrying", 1)


def test_paused_sending_shows(ready, settings):
    settings.SENDING_PAUSED = True

    assert ready().sending["state"] == "worrying"


@pytest.mark.parametrize(("day", "state"), [((2027, 12, 31), "good"), ((2028, 1, 2), "worrying")])
def test_a_calendar_with_less_than_a_year_left_shows(ready, monkeypatch, day, state):
    monkeypatch.setattr("brokerage.clocks.bank_holidays.PUBLISHED_UNTIL", datetime(2028, 12, 31).date())

    with time_machine.travel(datetime(*day, 12, tzinfo=UTC)):
        assert ready().calendar["state"] == state


def test_a_disk_that_is_nearly_full_shows(ready, monkeypatch):
    monkeypatch.setattr(probes.shutil, "disk_usage", lambda path: SimpleNamespace(total=100, used=91, free=9))

    assert ready().disk["state"] == "bad"


def test_the_detail_names_no_secret(client, settings):
    page = client.get("/readyz").content.decode()

    for secret in (
        settings.SECRET_KEY,
        settings.LINK_KEY,
        settings.DATABASES["default"]["PASSWORD"],
        settings.REDIS_URL,
    ):
        assert not secret or secret not in page


class TestMetrics:
    def test_prometheus_reads_counts(self, client):
        letter(state="failed")
        Heartbeat.objects.beat("sweep", at=clock.now() - timedelta(seconds=30))

        page = client.get("/metrics").content.decode()

        numbers = dict(line.rsplit(" ", 1) for line in page.splitlines() if not line.startswith("#"))
        assert numbers['brokerage_letters{state="failed"}'] == "1"
        assert numbers["brokerage_clocks_overdue"] == "0"
        assert float(numbers['brokerage_duty_age_seconds{duty="sweep"}']) == pytest.approx(30, abs=5)
        assert numbers["brokerage_database_up"] == "1"

    def test_a_database_that_is_away_is_a_number_too(self, client, database_gone):
        response = client.get("/metrics")

        assert (response.status_code, "brokerage_database_up 0" in response.content.decode()) == (200, True)


def test_the_status_page_says_it_in_words(client, administrator):
    Heartbeat.objects.beat("sweep", at=clock.now() - timedelta(minutes=10))
    client.force_login(administrator)

    page = client.get(reverse("status")).content.decode()

    assert "Clocks were last swept 10 minutes ago: nobody is told what is due." in page
    assert "Not working" in page
    assert "Bank holidays are known until" in page
