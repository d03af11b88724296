"""Never as something a browser runs; only to whoever may see the case; from the files' own host where there is one."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.urls import reverse

from brokerage.audit.models import Event
from brokerage.clocks import clock
from brokerage.files.tests import made
from brokerage.files.tests.factories import keep_one
from referrals.tests.factories import ReferralFactory

pytestmark = pytest.mark.django_db
FILES = "http://files.council.example"


@pytest.fixture
def stored(broker, team):
    return keep_one(ReferralFactory(in_progress=True, broker=broker, team=team), by=broker, name="Úna’s plan.pdf")


@pytest.fixture
def apart(settings):
    """Files have a host of their own."""
    settings.FILES_URL = FILES
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "files.council.example"]


def fetch(client, address):
    return client.get(address.removeprefix(FILES), headers={"host": "files.council.example"})


def assert_harmless(answer):
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Frame-Options"] == "DENY"


def test_a_file_is_given_out_as_a_download_and_nothing_else(client, broker, stored):
    client.force_login(broker)

    answer = client.get(stored.get_absolute_url())

    assert_harmless(answer)
    assert b"".join(answer.streaming_content) == made.pdf()
    assert "filename*=utf-8''%C3%9Ana" in answer["Content-Disposition"]


def test_the_referrer_may_have_it_too(client, stored):
    client.force_login(stored.subject.referred_by)

    assert client.get(stored.get_absolute_url()).status_code == 200


def test_a_file_of_a_case_one_may_not_see_is_not_there(client, stranger, stored):
    client.force_login(stranger)

    assert client.get(stored.get_absolute_url()).status_code == 404
    assert not Event.objects.filter(verb="file.taken").exists()


def test_nobody_at_all_signs_in_first(client, stored):
    assert client.get(stored.get_absolute_url()).url.startswith(reverse("account_login"))


def test_each_time_is_written_down_without_its_name(client, broker, stored):
    client.force_login(broker)

    client.get(stored.get_absolute_url())
    client.get(stored.get_absolute_url())

    taken = Event.objects.filter(verb="file.taken", case=stored.subject.reference)
    assert [event.actor_id for event in taken] == [broker.pk, broker.pk]
    assert "Úna" not in taken[0].said


def test_with_a_host_of_their_own_files_leave_from_there(client, broker, stored, apart):
    client.force_login(broker)
    onward = client.get(stored.get_absolute_url())
    assert onward.status_code == 302
    assert onward.url.startswith(FILES + "/fetch/")
    client.logout()

    answer = fetch(client, onward.url)

    assert_harmless(answer)
    assert b"".join(answer.streaming_content) == made.pdf()
    assert Event.objects.get(verb="file.taken").actor_id == broker.pk


def test_that_address_opens_for_a_minute(client, broker, stored, apart):
    client.force_login(broker)
    onward = client.get(stored.get_absolute_url()).url

    with time_machine.travel(clock.now() + timedelta(seconds=61)):
        assert fetch(client, onward).status_code == 404


def test_that_address_opens_nothing_on_the_services_own_host(client, broker, stored, apart):
    client.force_login(broker)
    onward = client.get(stored.get_absolute_url()).url

    assert client.get(onward.removeprefix(FILES)).status_code == 404


def test_an_address_with_anything_changed_opens_nothing(client, broker, stored, apart):
    client.force_login(broker)
    onward = client.get(stored.get_absolute_url()).url
    name, user, mac = onward.rstrip("/").rpartition("/")[2].split(".")
    later = name[:-1] + ("0" if name[-1] != "0" else "1")

    for changed in (f"{later}.{user}.{mac}", f"{name}.{int(user) + 1}.{mac}", f"{name}.{user}.{mac[:-2]}AA", "x"):
        assert fetch(client, f"{FILES}/fetch/{changed}/").status_code == 404


def test_who_may_is_asked_again_when_it_is_fetched(client, broker, stored, apart):
    client.force_login(broker)
    onward = client.get(stored.get_absolute_url()).url
    broker.teams.clear()

    assert fetch(client, onward).status_code == 404


@pytest.mark.parametrize(
    "path", ["/", "/accounts/login/", "/queue/", "/static/brokerage.css", "/healthz", "/robots.txt"]
)
def test_nothing_else_is_answered_on_the_files_host(client, broker, apart, path):
    client.force_login(broker)

    answer = client.get(path, headers={"host": "files.council.example"})

    assert answer.status_code == 404
    assert answer.content == b"Nothing is here."


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("FILES_URL", "http://127.0.0.1:8000"),
        ("FILES_URL", "files.council.example"),
        ("FILES_URL", "https://files.council.example/files"),
        ("SCANNER_URL", "localhost:3310"),
        ("SCANNER_URL", "http://localhost:3310"),
    ],
)
def test_settings_that_cannot_work_are_said_at_start(settings, setting, value):
    settings.SITE_URL = "http://127.0.0.1:8000"
    setattr(settings, setting, value)

    with pytest.raises(SystemCheckError, match=setting):
        call_command("check")
