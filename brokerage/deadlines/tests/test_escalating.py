"""What is due is escalated to the next in line: each stage once."""

from datetime import timedelta

import pytest

from brokerage.audit.models import Event
from brokerage.clocks import clock
from brokerage.deadlines import actions, letters
from brokerage.deadlines.models import Clock, Escalation, Stage, StageName
from brokerage.deadlines.tests.conftest import RECEIVED
from brokerage.notify.models import Message
from brokerage.tests.factories import UserFactory

SOON, MISSED, LONG = (RECEIVED + timedelta(hours=hours) for hours in (5.25, 7, 25))

pytestmark = pytest.mark.usefixtures("quiet_bell")


@pytest.fixture
def line(duty_broker, manager, head):
    return {"duty": duty_broker.email, "manager": manager.email, "head": head.email}


def told() -> list[str]:
    return sorted(Message.objects.values_list("address", flat=True))


def sweep_at(instant):
    return actions.escalate_due(at=instant)


# DER-04, AMB-01
def test_nothing_escalates_before_it_is_due(start_clock, line):
    start_clock()

    assert sweep_at(SOON - timedelta(microseconds=1)) == 0
    assert not Escalation.objects.exists()


def test_due_soon_goes_to_the_owner(start_clock, line, broker):
    start_clock(owner=broker)

    assert sweep_at(SOON) == 1
    assert told() == [broker.email]


def test_due_soon_goes_to_the_duty_broker_while_nobody_owns_it(start_clock, line):
    start_clock()

    sweep_at(SOON)

    assert told() == [line["duty"]]


def test_due_soon_goes_to_the_duty_broker_when_the_owner_has_left(start_clock, line, broker):
    start_clock(owner=broker)
    type(broker).objects.filter(pk=broker.pk).update(is_active=False, left_at=RECEIVED)

    sweep_at(SOON)

    assert told() == [line["duty"]]


def test_missed_goes_to_the_duty_broker_and_the_team_manager(start_clock, line, broker):
    start_clock(owner=broker)
    sweep_at(SOON)
    Message.objects.all().delete()

    assert sweep_at(MISSED) == 1
    assert told() == sorted([line["duty"], line["manager"]])


def test_missed_for_long_goes_to_the_head_of_service(start_clock, line, broker):
    start_clock(owner=broker)
    sweep_at(MISSED)
    Message.objects.all().delete()

    assert sweep_at(LONG) == 1
    assert told() == [line["head"]]


def test_people_of_another_team_are_not_told(start_clock, line, childrens_team):
    UserFactory(duty_broker=True, manager=True, teams=[childrens_team])
    start_clock()

    sweep_at(MISSED)

    assert told() == sorted([line["duty"], line["manager"]])


def test_the_head_of_service_is_told_where_the_team_has_nobody(start_clock, head):
    start_clock()

    sweep_at(MISSED)

    assert told() == [head.email]


def test_with_nobody_to_tell_the_history_says_so(start_clock):
    start_clock()

    assert sweep_at(SOON) == 1
    assert Escalation.objects.get().told == ""
    assert Event.objects.get().said == "The response clock runs out soon, today 17:00: there was nobody to tell"


def test_an_escalation_is_a_row_in_the_history_of_the_case(start_clock, line, duty_broker, manager):
    started = start_clock()
    Stage.objects.filter(name=StageName.DUE_SOON).update(settled_at=RECEIVED)

    sweep_at(MISSED + timedelta(minutes=5))

    event = Event.objects.of_case("R000012").get()
    assert event.verb == "clock.escalated"
    assert (
        event.said
        == f"The response clock was missed, due today 17:00: told {duty_broker.full_name} and {manager.full_name}"
    )
    assert event.actor_kind == "system"
    assert Escalation.objects.of(started.team).running().missed().get().stage.name == StageName.MISSED


def test_the_letter_has_initials_and_reference_in_its_subject_and_the_sentence_in_its_body(start_clock, line, broker):
    started = start_clock(owner=broker)

    sweep_at(SOON)

    letter = Message.objects.get()
    assert letter.subject == "WO R000012: response due today 17:00"
    assert "in 1 hour 45 minutes" in letter.body
    assert started.sentence in letter.body
    assert "Tom Birch has the case." in letter.body
    assert "You are told because the case is yours." in letter.body
    assert (letter.case, letter.audience, letter.urgent) == ("R000012", "staff", False)


def test_a_missed_letter_says_by_how_long(start_clock, line):
    start_clock()

    sweep_at(MISSED + timedelta(hours=1))

    letter = Message.objects.get(address=line["manager"])
    assert letter.subject == "WO R000012: response missed by 1 hour"
    assert "Nobody has taken the case yet." in letter.body
    assert "because you are the team manager for Adults brokerage" in letter.body


def test_letters_about_an_emergency_overtake_others(start_clock, line):
    start_clock(priority="emergency")

    assert sweep_at(RECEIVED + timedelta(minutes=45)) == 1
    assert Message.objects.get().urgent


def test_a_second_sweep_escalates_nothing_more(start_clock, line):
    start_clock()
    sweep_at(MISSED)
    before = (Escalation.objects.count(), Event.objects.count(), Message.objects.count())

    assert sweep_at(MISSED) == 0
    assert sweep_at(MISSED + timedelta(hours=1)) == 0
    assert (Escalation.objects.count(), Event.objects.count(), Message.objects.count()) == before


def test_after_hours_of_silence_every_stage_is_escalated_once_and_each_reader_hears_once(start_clock, line):
    start_clock()

    assert sweep_at(RECEIVED + timedelta(days=30)) == 3
    assert sorted(Escalation.objects.values_list("stage__name", flat=True)) == sorted(StageName.values)
    assert told() == sorted(line.values())


def test_the_machines_time_set_back_escalates_nothing_twice(start_clock, line):
    start_clock()
    sweep_at(MISSED)

    assert sweep_at(SOON) == 0
    assert sweep_at(MISSED) == 0


def test_a_stopped_clock_escalates_no_more(start_clock, team, line, broker):
    start_clock()
    sweep_at(SOON)
    actions.stop(team, "response", by=broker, because="Options sent")

    assert sweep_at(LONG) == 0
    assert not Escalation.objects.running().exists()


def test_a_clock_stopped_past_our_own_action_escalates_no_more(start_clock, line):
    start_clock()
    Clock.objects.update(stopped_at=RECEIVED)

    assert sweep_at(LONG) == 0


def test_a_new_owner_is_the_one_told(start_clock, team, line, broker, other_broker):
    start_clock(owner=broker)
    actions.hand_to(team, owner_id=other_broker.pk)

    sweep_at(SOON)

    assert told() == [other_broker.email]


def test_a_failure_halfway_leaves_nothing_and_the_next_sweep_does_it(start_clock, line, monkeypatch):
    start_clock()
    monkeypatch.setattr("brokerage.deadlines.escalating.tell_many", lambda letters: 1 / 0)
    assert sweep_at(SOON) == 0
    assert not Escalation.objects.exists()
    assert not Event.objects.exists()
    monkeypatch.undo()

    assert sweep_at(SOON) == 1


def test_one_clock_that_cannot_be_escalated_holds_up_no_other(start_clock, line, broker, coordinator, team):
    start_clock(owner=broker)
    start_clock(subject=coordinator, case="R000013")
    type(broker).objects.filter(pk=broker.pk).update(email="nobody at all")  # an address no letter can be written to

    assert sweep_at(SOON) == 1
    assert Escalation.objects.get().clock.case == "R000013"


def test_the_statements_do_not_grow_with_the_clocks(start_clock, line, django_assert_num_queries, childrens_team):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in (3, 60):
        for case in range(number):
            start_clock(subject=UserFactory(teams=[]), case=f"R{number:03}{case:03}")
        with CaptureQueriesContext(connection) as queries:
            assert sweep_at(SOON) == number
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 11  # with the transaction's own two


def test_a_sweep_with_nothing_due_asks_little(start_clock, django_assert_max_num_queries):
    start_clock()

    with django_assert_max_num_queries(3):
        sweep_at(RECEIVED)


def test_more_than_one_batch_is_swept_in_one_go(start_clock, line, monkeypatch):
    monkeypatch.setattr("brokerage.deadlines.escalating.CLOCKS_AT_ONCE", 2)
    for case in range(5):
        start_clock(subject=UserFactory(teams=[]), case=f"R00000{case}")

    assert sweep_at(SOON) == 5


def test_what_is_due_is_found_through_the_index_of_waiting_stages(start_clock, db):
    from django.db import connection

    from brokerage.deadlines import sql

    start_clock()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # so few rows fit one page
        cursor.execute("EXPLAIN " + sql.CLAIM_DUE_STAGES, {"at": clock.now(), "clocks": 10, "leaving": []})
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "stage_waiting" in plan


def test_the_worst_stage_comes_first():
    stages = [Stage(name=name) for name in StageName.values]

    assert [stage.name for stage in letters.worst_first(stages)] == ["missed_for_long", "missed", "due_soon"]
