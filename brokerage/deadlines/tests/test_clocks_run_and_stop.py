from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from brokerage.audit.recording import Outsider
from brokerage.clocks import clock, working_time
from brokerage.deadlines import actions
from brokerage.deadlines.models import Clock, Escalation, Stage
from brokerage.deadlines.tests.conftest import RECEIVED
from brokerage.errors import Refused


# AMB-01
def test_a_clock_keeps_its_deadline_its_rule_and_its_sentence(start_clock, broker, policy):
    deadline = working_time.response("routine", RECEIVED, policy)

    started = start_clock(owner=broker, by=broker)

    started.refresh_from_db()
    assert (started.started_at, started.due_at) == (RECEIVED, deadline.due_at)
    assert (started.sentence, started.rule, started.calendar) == (deadline.sentence, deadline.rule, deadline.calendar)
    assert (started.case, started.initials, started.owner, started.started_by) == ("R000012", "WO", broker, broker)


def test_the_stages_are_worked_out_when_it_starts(start_clock):
    started = start_clock()

    assert {stage.name: f"{stage.due_at:%d %H:%M}" for stage in started.stages.all()} == {
        "due_soon": "03 15:15",
        "missed": "03 17:00",
        "missed_for_long": "04 11:00",
    }


def test_a_second_clock_of_a_kind_is_refused_while_the_first_runs(start_clock, broker):
    start_clock()

    with pytest.raises(Refused, match="Response for R000012 is already being timed"):
        start_clock()

    assert Clock.objects.count() == 1
    assert start_clock("start")


def test_a_clock_may_start_again_once_it_was_stopped(start_clock, team, broker):
    start_clock()
    actions.stop(team, "response", by=broker, because="Answered")

    assert start_clock().is_running
    assert Clock.objects.of(team).count() == 2


def test_a_deadline_that_has_passed_when_it_starts_is_refused(team, policy, machine):
    late = replace(working_time.response("routine", RECEIVED, policy), due_at=RECEIVED)

    with pytest.raises(Refused, match="must be due later than it starts"):
        actions.start(team, "response", deadline=late, case="R000012", team_id=team.pk, by=None)


def test_stopping_says_when_who_and_why(start_clock, team, broker, machine):
    start_clock()
    machine.move_to(RECEIVED + timedelta(hours=1))

    stopped = actions.stop(team, "response", by=broker, because="Options sent")

    stopped.refresh_from_db()
    assert (stopped.stopped_at, stopped.stopped_by, stopped.stop_reason) == (clock.now(), broker, "Options sent")
    assert actions.running(team, "response") is None
    assert not Stage.objects.waiting().exists()


def test_a_second_stop_changes_nothing(start_clock, team, broker, other_broker):
    start_clock()
    actions.stop(team, "response", by=broker, because="Options sent")

    assert actions.stop(team, "response", by=other_broker, because="Again") is None
    assert Clock.objects.get().stopped_by == broker


def test_somebody_without_an_account_can_stop_a_clock(start_clock, team):
    start_clock("reply")

    assert actions.stop(team, "reply", by=Outsider("Jo Marsh", "Manager"), because="Answered").stopped_by is None


def test_only_the_kind_named_is_stopped(start_clock, team, broker):
    start_clock("start")
    start_clock("response")

    actions.stop(team, "start", by=broker)

    assert [each.kind for each in Clock.objects.of(team).running()] == ["response"]


def test_handing_over_moves_running_clocks_and_leaves_stopped_ones(start_clock, team, broker, other_broker):
    start_clock("start", owner=broker)
    start_clock("response", owner=broker)
    actions.stop(team, "start", by=broker)

    assert actions.hand_to(team, owner_id=other_broker.pk) == 1
    assert Clock.objects.get(kind="response").owner == other_broker
    assert Clock.objects.get(kind="start").owner == broker


def test_overdue_is_computed_and_not_a_flag(start_clock):
    started = start_clock()

    assert not Clock.objects.overdue_at(started.due_at - timedelta(seconds=1)).exists()
    assert Clock.objects.overdue_at(started.due_at).get() == started
    assert started.is_overdue_at(started.due_at)


def test_a_start_that_is_rolled_back_leaves_nothing(start_clock):
    with pytest.raises(RuntimeError), transaction.atomic():
        start_clock()
        raise RuntimeError

    assert not Clock.objects.exists()
    assert not Stage.objects.exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"stop_reason": "Because"},
        {"sentence": ""},
        {"rule": ""},
        {"kind": "lunch"},
        {"priority": "soon"},
        {"due_at": RECEIVED},
    ],
)
def test_the_database_holds_what_must_be_true_of_a_clock(start_clock, facts):
    started = start_clock()

    with pytest.raises(IntegrityError), transaction.atomic():
        Clock.objects.filter(pk=started.pk).update(**facts)


def test_the_database_holds_that_a_stage_escalates_once(start_clock):
    stage = start_clock().stages.first()
    Escalation.objects.create(clock=stage.clock, stage=stage, escalated_at=RECEIVED)

    with pytest.raises(IntegrityError), transaction.atomic():
        Escalation.objects.create(clock=stage.clock, stage=stage, escalated_at=RECEIVED)
