"""What the queue's row knows of clocks and waits: marks for what was escalated, since when somebody is waited for."""

from datetime import timedelta

import pytest
from django.db import connection

from brokerage.clocks import clock
from brokerage.deadlines import actions as deadlines
from brokerage.deadlines.models import Clock
from referrals.intake import actions as intake
from referrals.tests.factories import ReferralFactory
from referrals.timing import actions as timing
from referrals.work import actions as work
from referrals.work import marks
from referrals.work.models import WaitsOn, WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(coordinator, duty_broker, manager, head):
    return intake.submit(ReferralFactory(referred_by=coordinator), by=coordinator)


def row(case):
    return WorkItem.objects.get(referral=case)


def sweep_at(monkeypatch, instant):
    monkeypatch.setattr(clock, "now", lambda: instant)
    return deadlines.escalate_due(at=instant)


def test_what_is_missed_is_marked_in_the_queue_in_the_same_sweep(case, monkeypatch):
    due = Clock.objects.get(case=case.reference, kind="start").due_at

    assert sweep_at(monkeypatch, due) >= 1

    assert (row(case).escalated_stage, row(case).escalated_at) == ("missed", due)
    assert WorkItem.objects.escalated().get() == row(case)


def test_a_mark_gives_way_to_a_worse_one_and_never_to_a_milder(case):
    at = clock.now()
    marks.mark_escalated({case.reference: ("missed_for_long", at)})
    marks.mark_escalated({case.reference: ("due_soon", at + timedelta(hours=1))})

    assert (row(case).escalated_stage, row(case).escalated_at) == ("missed_for_long", at)


def test_the_mark_goes_when_its_clock_has_stopped(case, broker, monkeypatch):
    due = Clock.objects.get(case=case.reference, kind="start").due_at
    sweep_at(monkeypatch, due)

    intake.start_work(case, by=broker)

    assert row(case).escalated_stage == ""


def test_the_mark_of_another_clock_stays(case, broker, monkeypatch):
    answer_by = Clock.objects.get(case=case.reference, kind="response").due_at
    sweep_at(monkeypatch, answer_by + timedelta(minutes=1))

    intake.start_work(case, by=broker)

    assert row(case).escalated_stage in ("missed", "missed_for_long")


def test_marking_a_thousand_is_one_statement(case, django_assert_max_num_queries):
    cases = [ReferralFactory(received=True) for _ in range(4)]
    with django_assert_max_num_queries(1):
        marks.mark_escalated({each.reference: ("missed", clock.now()) for each in cases})

    assert WorkItem.objects.filter(escalated_stage="missed").count() == 4


def test_a_closed_case_is_not_marked(case):
    work.close(case, next_step="Closed")

    marks.mark_escalated({case.reference: ("missed", clock.now())})

    assert row(case).escalated_stage == ""


@pytest.mark.django_db(transaction=True)
def test_a_row_that_somebody_holds_is_marked_when_the_sweep_is_over(case):
    other = connection.copy()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT id FROM referrals_workitem WHERE reference = %s FOR UPDATE", [case.reference])

    assert marks._mark({case.reference: ("missed", clock.now())}, marks.sql.MARK_THOSE_FREE) == set()

    other.rollback()
    other.close()
    marks.mark_escalated({case.reference: ("missed", clock.now())})
    assert row(case).escalated_stage == "missed"


def test_since_when_somebody_is_waited_for_is_kept_while_the_wait_goes_on(case, monkeypatch):
    begun = clock.now()
    monkeypatch.setattr(clock, "now", lambda: begun + timedelta(hours=1))
    work.move_on(case, next_step="2 of 14 replied", waits_on=WaitsOn.PROVIDER)
    monkeypatch.setattr(clock, "now", lambda: begun + timedelta(hours=2))
    work.move_on(case, next_step="3 of 14 replied", waits_on=WaitsOn.PROVIDER)

    assert row(case).waits_since == begun + timedelta(hours=1)

    work.move_on(case, next_step="Compare the offers")
    assert (row(case).waits_on, row(case).waits_since) == ("brokerage", begun + timedelta(hours=2))


def test_a_paused_clock_is_not_what_is_due_next(case, broker):
    intake.start_work(case, by=broker)
    assert row(case).due_kind == "response"

    timing.pause(case, waits_on="referrer", because="The assessment is missing", by=broker)

    assert row(case).due_kind != "response"
    assert row(case).waits_on == "referrer"
