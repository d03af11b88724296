"""A broker pauses the response clock from the case and lets it go on; the referrer sees whom we wait for (AMB-01)."""

import pytest

from brokerage.deadlines import actions as deadlines
from brokerage.deadlines.models import Clock, Kind, Pause
from referrals.tests.factories import ReferralFactory
from referrals.timing import actions as timing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet_bell")]


@pytest.fixture
def case(broker, coordinator):
    case = ReferralFactory(in_progress=True, broker=broker, referred_by=coordinator)
    timing.start_clocks(case, by=coordinator)
    return case


def pause(client, case, **more):
    answers = {"waits_on": "referrer", "because": "Which days can she manage?"} | more
    return client.post(f"/cases/{case.reference}/pause/", answers)


def test_pausing_and_going_on_from_the_case(client, broker, case):
    client.force_login(broker)
    assert f"/cases/{case.reference}/pause/" in client.get(f"/cases/{case.reference}/").content.decode()

    assert pause(client, case, expected_on_0=4, expected_on_1=1, expected_on_2=2090).status_code == 302
    page = client.get(f"/cases/{case.reference}/").content.decode()
    assert "Which days can she manage?" in page
    assert f"/cases/{case.reference}/go-on/" in page
    assert Clock.objects.running().filter(kind=Kind.WAIT).exists()

    assert "Which days can she manage?" in client.get(f"/cases/{case.reference}/go-on/").content.decode()
    client.post(f"/cases/{case.reference}/go-on/", {"because": "Mondays"})
    page = client.get(f"/cases/{case.reference}/").content.decode()
    assert "Mondays" in page and "/go-on/" not in page
    assert deadlines.running(case, "response").is_ticking


def test_the_referrer_sees_whom_we_wait_for_and_why(client, broker, coordinator, case):
    timing.wait_for(case, waits_on="referrer", because="Which days can she manage?", by=broker)
    client.force_login(coordinator)

    page = client.get(f"/referrals/{case.reference}/").content.decode()
    assert f"we wait for {coordinator.full_name}. Which days can she manage?" in page


def test_what_is_missing_is_asked_for(client, broker, case):
    client.force_login(broker)

    page = pause(client, case, waits_on="", because="", expected_at="12").content.decode()

    assert "Select whom we wait for" in page
    assert "Enter what we wait for and why" in page
    assert "Enter the day as well as the time" in page
    assert not Pause.objects.exists()


def test_a_refusal_takes_the_place_of_the_form(client, broker, case):
    deadlines.stop(case, "response", by=broker, because="Answered")
    client.force_login(broker)

    assert "The response clock is not running" in client.get(f"/cases/{case.reference}/pause/").content.decode()
    assert pause(client, case).status_code == 409
    assert "is not paused" in client.get(f"/cases/{case.reference}/go-on/").content.decode()


def test_opening_the_pages_changes_nothing(client, broker, case):
    client.force_login(broker)
    for page in ("pause", "go-on"):
        client.get(f"/cases/{case.reference}/{page}/")

    assert not Pause.objects.exists()


def test_somebody_elses_case_is_not_found(client, stranger, case):
    client.force_login(stranger)

    assert client.get(f"/cases/{case.reference}/pause/").status_code == 404
    assert pause(client, case).status_code == 404


def test_a_stranger_signs_in(client, case):
    assert client.get(f"/cases/{case.reference}/pause/").status_code == 302
