"""At noon, or after a silence, much comes due in one sweep: a reader gets one letter of it, not four hundred."""

from datetime import timedelta

import pytest

from brokerage.audit.models import Event
from brokerage.deadlines import actions, escalating, letters
from brokerage.deadlines.models import Escalation, Stage
from brokerage.deadlines.tests.conftest import RECEIVED
from brokerage.notify.models import Message
from brokerage.tests.factories import UserFactory

MISSED = RECEIVED + timedelta(hours=7)
pytestmark = pytest.mark.usefixtures("quiet_bell")


@pytest.fixture
def start_many(start_clock):
    """So many clocks of which only the missed stage is still to come."""

    def start(how_many, first=0, **facts):
        for number in range(first, first + how_many):
            start_clock(subject=UserFactory(teams=[]), case=f"R{number:06}", **facts)
        Stage.objects.filter(name="due_soon").update(settled_at=RECEIVED)

    return start


def test_up_to_five_at_once_are_a_letter_each(start_many, duty_broker):
    start_many(letters.SINGLY)

    actions.escalate_due(at=MISSED)

    assert Message.objects.filter(template="clock-escalated").count() == Message.objects.count() == 5


def test_more_than_five_at_once_are_one_letter_for_each_reader(start_many, duty_broker, manager):
    start_many(6)

    assert actions.escalate_due(at=MISSED) == 6

    assert sorted(Message.objects.values_list("address", flat=True)) == sorted([duty_broker.email, manager.email])
    assert Escalation.objects.count() == Event.objects.count() == 6


def test_the_one_letter_names_every_case_by_initials_and_reference(start_many, duty_broker, broker):
    start_many(6)
    start_many(1, first=6, owner=broker)

    actions.escalate_due(at=MISSED + timedelta(hours=1))

    letter = Message.objects.get()
    assert letter.subject == "7 clocks need somebody: 7 missed"
    assert "- WO R000000: response missed by 1 hour, routine; nobody has taken the case yet\n" in letter.body
    assert "- WO R000006: response missed by 1 hour, routine; Tom Birch has the case\n" in letter.body
    assert "You are told because you are the duty broker for Adults brokerage." in letter.body
    assert (letter.case, letter.urgent) == ("", False)


def test_an_emergency_has_a_letter_of_its_own_however_many_there_are(start_many, duty_broker):
    start_many(7)
    start_many(7, first=7, priority="emergency")

    actions.escalate_due(at=RECEIVED + timedelta(hours=1))  # the emergencies are missed, the others not yet due
    actions.escalate_due(at=MISSED)

    alone = Message.objects.filter(urgent=True)
    assert sorted(alone.values_list("case", flat=True)) == [f"R{number:06}" for number in range(7, 14)]
    assert Message.objects.get(urgent=False).subject == "7 clocks need somebody: 7 missed"


def test_the_worst_stand_first_under_a_heading_of_their_own(start_many, start_clock, head, duty_broker, manager):
    start_many(6)
    actions.escalate_due(at=MISSED)
    Message.objects.all().delete()
    start_many(6, first=6)
    Stage.objects.filter(name="missed_for_long").update(due_at=MISSED)
    type(manager).objects.filter(pk=manager.pk).update(roles=["team_manager", "head_of_service"])

    actions.escalate_due(at=MISSED + timedelta(hours=3))

    body = Message.objects.get(address=manager.email).body
    assert body.index("Missed for long\n- WO R000000") < body.index("- WO R000006")


def test_a_very_long_list_is_cut_and_says_how_many_more_there_are(start_many, duty_broker, monkeypatch):
    monkeypatch.setattr(letters, "IN_ONE_LETTER", 4)
    start_many(9)

    actions.escalate_due(at=MISSED)

    body = Message.objects.get().body
    assert body.count("\n- WO R") == 4
    assert "And 5 more. The queue has them all" in body


def test_what_marks_the_queue_is_told_once_of_all_that_escalated(start_many, duty_broker, monkeypatch):
    marked = []
    monkeypatch.setattr(escalating, "MARKS", [])
    escalating.mark_with(lambda escalations: marked.append({each.clock.case for each in escalations}))
    start_many(8)

    actions.escalate_due(at=MISSED)

    assert marked == [{f"R{number:06}" for number in range(8)}]


def test_a_mark_that_fails_escalates_nothing_and_the_next_sweep_does_it(start_many, duty_broker, monkeypatch):
    monkeypatch.setattr(escalating, "MARKS", [lambda escalations: 1 / 0])
    start_many(2)

    assert actions.escalate_due(at=MISSED) == 0
    assert not Message.objects.exists()
    monkeypatch.setattr(escalating, "MARKS", [])
    assert actions.escalate_due(at=MISSED) == 2
