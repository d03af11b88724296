"""What could wait when it was referred may not wait any more (DER-06)."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from brokerage.audit.models import Event
from brokerage.deadlines import actions as deadlines
from brokerage.deadlines.models import Clock
from brokerage.errors import Refused
from brokerage.notify.models import Message
from brokerage.oncall.models import Alarm
from referrals.intake import urgency
from referrals.models import Referral, WorkItem
from referrals.tests.factories import ReferralFactory
from referrals.timing import actions as timing

pytestmark = pytest.mark.django_db
TUESDAY_TEN = datetime(2026, 11, 3, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def tuesday():
    with time_machine.travel(TUESDAY_TEN, tick=False) as now:
        yield now


@pytest.fixture
def case():
    referral = ReferralFactory(received=True)
    timing.start_clocks(referral, by=referral.coordinator) if not deadlines.running(referral, "response") else None
    return referral


def change(case, priority="emergency", *, by=None):
    return urgency.change(case, priority=priority, because="She fell and is alone", by=by or case.coordinator)


def test_a_routine_case_that_becomes_an_emergency_is_answered_within_the_hour(case, tuesday):  # DER-09
    tuesday.shift(timedelta(hours=3))
    change(case)
    assert deadlines.running(case, "response").due_at == TUESDAY_TEN + timedelta(hours=4)
    assert deadlines.running(case, "start").due_at <= TUESDAY_TEN + timedelta(hours=4)
    row = WorkItem.objects.get(referral=case)
    assert (row.priority, row.due_at) == ("emergency", deadlines.running(case, "start").due_at)


def test_what_was_promised_sooner_stands(case, tuesday):
    before = deadlines.running(case, "response").due_at
    tuesday.move_to(before - timedelta(minutes=30))
    change(case, "urgent")
    assert deadlines.running(case, "response").due_at == before


def test_a_clock_already_missed_is_not_put_off(case, tuesday):
    before = deadlines.running(case, "response").due_at
    tuesday.move_to(before + timedelta(minutes=5))
    change(case)
    assert deadlines.running(case, "response").due_at == before


def test_a_paused_clock_goes_on_for_an_emergency(case, broker):
    timing.pause(case, waits_on="referrer", because="The care plan", by=broker)
    change(case)
    assert not deadlines.running(case, "response").is_paused


def test_its_clocks_escalate_as_an_emergencys(case):
    change(case)
    assert set(Clock.objects.running().filter(case=case.reference).values_list("priority", flat=True)) == {"emergency"}


def test_while_we_are_closed_somebody_is_called_out(case, tuesday):
    tuesday.move_to(datetime(2026, 11, 3, 20, tzinfo=UTC))
    change(case)
    assert Alarm.objects.get().case == case.reference


def test_where_it_may_wait_after_all_the_deadlines_stand(case, broker):
    change(case)
    due = deadlines.running(case, "response").due_at
    change(case, "routine", by=broker)
    assert deadlines.running(case, "response").due_at == due
    assert Referral.objects.get(pk=case.pk).priority == "routine"


def test_the_other_side_is_told_and_the_history_says_why(case):
    change(case)
    letter = Message.objects.filter(template="urgency-changed").get()
    assert case.person.last_name not in letter.subject + letter.body and "alone" not in letter.body
    assert Event.objects.get(verb="referral.urgency_changed").because == "She fell and is alone"


@pytest.mark.parametrize("status", ["arranged", "closed", "withdrawn"])
def test_what_waits_for_no_answer_is_not_hurried(case, broker, status):
    Referral.objects.filter(pk=case.pk).update(status=status, broker=broker)
    with pytest.raises(Refused, match="no answer is waited for"):
        change(case)


def test_a_draft_says_so_on_its_own_page():
    with pytest.raises(Refused, match="is a draft"):
        change(ReferralFactory())


def test_the_same_again_changes_nothing(case):
    with pytest.raises(Refused, match="already"):
        change(case, "routine")


def test_it_says_why(case):
    with pytest.raises(Refused, match="Enter why"):
        urgency.change(case, priority="urgent", because=" ", by=case.coordinator)


def test_a_stranger_hurries_nothing(client, case, stranger):
    with pytest.raises(Refused, match="Only the referrer"):
        change(case, by=stranger)
    client.force_login(stranger)
    assert client.get(reverse("change_urgency", args=[case.reference])).status_code == 404


def test_its_referrer_says_so_on_a_page(client, case):
    client.force_login(case.coordinator)
    address = reverse("change_urgency", args=[case.reference])
    assert address in client.get(reverse("referral_tasks", args=[case.reference])).content.decode()
    assert client.get(address).status_code == 200
    client.post(address, {"priority": "urgent", "because": "Her daughter leaves tonight"})
    assert Referral.objects.get(pk=case.pk).priority == "urgent"
