"""The response clock is panel's while panel has the case (AMB-01, MED-06)."""

import pytest

from brokerage.deadlines import actions as deadlines
from brokerage.deadlines.models import Clock, Pause
from brokerage.tests.factories import UserFactory
from placements.panel import actions as panel
from referrals.tests.factories import AgreementFactory, ReferralFactory
from referrals.timing import actions as timing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet_bell")]


@pytest.fixture
def case(broker, coordinator):
    case = ReferralFactory(in_progress=True, nursing=True, broker=broker, referred_by=coordinator)
    AgreementFactory(referral=case)
    timing.start_clocks(case, by=coordinator)
    return case


@pytest.fixture
def at_panel(case, broker):
    return panel.ask_to_search(case, recommendation="She needs nursing care now", by=broker)


def test_it_pauses_when_the_case_goes_to_panel(case, at_panel):
    assert deadlines.running(case, "response").is_paused
    assert Pause.objects.get().waits_on == "panel"
    assert deadlines.running(at_panel, "panel").is_ticking
    case.work.refresh_from_db()
    assert (case.work.waits_on, case.work.next_step) == ("panel", "Panel to decide")


@pytest.mark.parametrize("verb", [panel.approve, panel.defer, panel.decline])
def test_it_goes_on_whatever_panel_decides(case, at_panel, chair, verb):
    verb(at_panel, by=chair, because="Considered on Tuesday")

    assert deadlines.running(case, "response").is_ticking
    line = Pause.objects.get()
    assert (line.ended_by, line.due_after) == (chair, Clock.objects.get(kind="response").due_at)
    case.work.refresh_from_db()
    assert case.work.waits_on == "brokerage"


def test_a_wait_on_somebody_else_outlasts_panel(case, at_panel, chair, broker):
    timing.pause(case, waits_on="person", because="She wants to see it first", by=broker)

    panel.approve(at_panel, by=chair)

    assert deadlines.running(case, "response").is_paused


def test_nothing_goes_wrong_where_it_was_answered_before(case, chair, broker):
    timing.answer(case, by=broker, because="Options presented")

    submission = panel.ask_to_search(case, recommendation="She needs nursing care now", by=broker)
    panel.approve(submission, by=UserFactory(chair=True))

    assert not Pause.objects.exists()
