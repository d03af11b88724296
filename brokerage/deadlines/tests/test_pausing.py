"""A clock waits while we wait for somebody else, and nobody's time is lost by it (AMB-01)."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from brokerage.audit.models import Event
from brokerage.clocks import clock, working_time
from brokerage.deadlines import actions
from brokerage.deadlines.models import Clock, Escalation, Kind, Pause, Stage
from brokerage.deadlines.tests.conftest import RECEIVED
from brokerage.errors import Refused


def at(words: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{words}+00:00")


@pytest.fixture
def pause(start_clock, team, broker):
    """Pauses the response clock, which is due on Tuesday 3 November at 17:00."""

    def pause(kind="response", *, waits_on="referrer", because="The plan is not signed", by=broker, **more):
        return actions.pause(team, kind, waits_on=waits_on, because=because, by=by, **more)

    start_clock()
    return pause


@pytest.fixture
def resume(team, broker):
    return lambda kind="response", **more: actions.resume(team, kind, by=more.pop("by", broker), **more)


# AMB-01
def test_the_unspent_working_time_is_given_back(pause, resume, machine):
    machine.move_to(at("03T15:00"))  # two hours left
    pause()
    machine.move_to(at("05T09:30"))

    resumed = resume(because="It came")

    assert resumed.due_at == at("05T11:30")
    assert Clock.objects.get().due_at == at("05T11:30")


def test_the_sentence_says_what_was_paused_for_whom_how_long_and_what_is_due_now(pause, resume, machine):
    machine.move_to(at("06T15:30"))  # a Friday; the deadline passed on Tuesday, so nothing changes
    paused = pause(whom="Amina Yusuf")
    assert paused.left == timedelta()
    machine.move_to(at("06T16:00"))
    assert resume().due_at == at("03T17:00")
    assert "Paused" not in Clock.objects.get().sentence


def test_the_new_sentence_ends_with_the_due_that_holds(pause, resume, machine):
    machine.move_to(at("03T16:00"))
    pause(whom="Amina Yusuf")
    machine.move_to(at("06T16:30"))
    resume()

    assert Clock.objects.get().sentence == (
        "Received Tuesday 3 November at 10:00, in the morning, so the answer is due by 17:00 the same working day. "
        "Paused for Amina Yusuf from Tuesday 3 November at 16:00 to Friday 6 November at 16:30: 24 working hours"
        " 30 minutes. 1 working hour was left and given back. Skips Saturday 7 and Sunday 8 November."
        " Due Monday 9 November at 09:30."
    )


def test_the_ledger_keeps_who_why_whom_and_both_deadlines(pause, resume, machine, broker, duty_broker):
    machine.move_to(at("03T16:00"))
    pause(whom="Amina Yusuf")
    machine.move_to(at("04T09:00"))
    resume(by=duty_broker, because="The plan came")

    line = Pause.objects.get()
    assert (line.waits_on, line.whom, line.because) == ("referrer", "Amina Yusuf", "The plan is not signed")
    assert (line.paused_at, line.paused_by, line.left) == (at("03T16:00"), broker, timedelta(hours=1))
    assert (line.ended_at, line.ended_by, line.ended_because) == (at("04T09:00"), duty_broker, "The plan came")
    assert (line.due_before, line.due_after) == (at("03T17:00"), at("04T10:00"))


def test_the_history_says_both(pause, resume, machine):
    pause(whom="Amina Yusuf")
    machine.move_to(at("03T12:00"))
    resume()

    assert list(Event.objects.filter(verb__startswith="clock.").order_by("pk").values_list("said", flat=True)) == [
        "Response clock paused: we wait for Amina Yusuf",
        "Response clock goes on, due tomorrow 11:00, after waiting for Amina Yusuf",
    ]


def test_a_paused_clock_neither_escalates_nor_is_due(pause, team, manager, duty_broker):
    pause()

    assert actions.escalate_due(at=at("20T12:00")) == 0
    assert not Clock.objects.overdue_at(at("20T12:00")).exists()
    assert not Clock.objects.ticking().exists()
    assert Clock.objects.running().get().is_paused


def test_its_stages_are_given_back_what_was_left_to_each(pause, resume, machine):
    machine.move_to(at("03T12:00"))
    pause()
    machine.move_to(at("04T12:00"))  # eight working hours later
    resume()

    assert {stage.name: f"{stage.due_at:%d %H:%M}" for stage in Stage.objects.all()} == {
        "due_soon": "04 15:15",
        "missed": "04 17:00",
        "missed_for_long": "05 11:00",
    }
    assert actions.escalate_due(at=at("04T15:15")) == 1


def test_a_stage_that_was_told_before_the_pause_is_not_told_again(pause, resume, machine, broker):
    actions.escalate_due(at=at("03T15:30"))
    machine.move_to(at("03T16:00"))
    pause()
    machine.move_to(at("05T10:00"))
    resume()

    assert actions.escalate_due(at=at("05T10:59")) == 0
    assert actions.escalate_due(at=at("05T11:00")) == 1
    assert Escalation.objects.filter(stage__name="due_soon").count() == 1


def test_what_was_missed_before_the_pause_is_still_missed_after_it(pause, resume, machine):
    machine.move_to(at("03T18:00"))  # an hour late, and no sweep came by
    pause()
    machine.move_to(at("06T10:00"))
    resume()

    assert Clock.objects.get().due_at == at("03T17:00")
    actions.escalate_due(at=at("06T10:00"))
    assert set(Escalation.objects.values_list("stage__name", flat=True)) == {"due_soon", "missed"}
    actions.escalate_due(at=at("06T12:00"))  # the two hours to "missed for long" were all left
    assert Escalation.objects.filter(stage__name="missed_for_long").exists()


def test_pausing_for_no_time_changes_nothing(pause, resume):
    before = Clock.objects.values().get()
    stages = list(Stage.objects.order_by("pk").values())

    pause()
    resume()

    assert Clock.objects.values().get() == before
    assert list(Stage.objects.order_by("pk").values()) == stages


def test_it_may_be_paused_twice(pause, resume, machine):
    machine.move_to(at("03T15:00"))
    pause()
    machine.move_to(at("04T10:00"))
    resume()  # due 12:00
    machine.move_to(at("04T11:00"))
    pause(waits_on="person", because="She wants to see the home")
    machine.move_to(at("09T16:30"))

    assert resume().due_at == at("10T09:30")
    assert [line.left for line in Pause.objects.order_by("pk")] == [timedelta(hours=2), timedelta(hours=1)]


@pytest.mark.parametrize(
    ("kind", "priority", "why"),
    [
        ("start", "routine", "The clock on the start of work cannot be paused"),
        ("response", "emergency", "An emergency’s clock cannot be paused"),
        ("reply", "routine", "Providers were told when replies are due"),
        ("panel", "emergency", "An emergency’s clock cannot be paused"),
    ],
)
def test_some_clocks_are_never_paused(start_clock, team, broker, kind, priority, why):
    start_clock(kind, priority=priority)

    with pytest.raises(Refused, match=why):
        actions.pause(team, kind, waits_on="referrer", because="A paper is missing", by=broker)
    assert not Pause.objects.exists()


@pytest.mark.parametrize("kind", ["start", "wait", "reply"])
def test_nor_does_the_database_let_them(start_clock, kind):
    started = start_clock(kind)

    with pytest.raises(IntegrityError, match="clock_of_this_kind_is_never_paused"), transaction.atomic():
        Clock.objects.filter(pk=started.pk).update(paused_at=clock.now())


def test_a_clock_that_does_not_run_is_not_paused(team, broker):
    with pytest.raises(Refused, match="The response clock is not running"):
        actions.pause(team, "response", waits_on="referrer", because="A paper is missing", by=broker)


def test_a_second_pause_is_refused(pause):
    pause()

    with pytest.raises(Refused, match="already paused"):
        pause()
    assert Pause.objects.count() == 1


def test_a_pause_says_why(pause):
    with pytest.raises(Refused, match="Enter why"):
        pause(because=" ")


def test_going_on_when_nothing_is_paused_changes_nothing(pause, resume):
    assert resume() is None
    assert not Event.objects.filter(verb="clock.resumed").exists()


def test_a_clock_that_is_stopped_while_paused_ends_its_pause(pause, team, broker, machine):
    pause(expected=working_time.expected(at("05T12:00"), RECEIVED, policy_now(), whom="the referrer"))
    machine.move_to(at("04T10:00"))

    stopped = actions.stop(team, "response", by=broker, because="Withdrawn")

    line = Pause.objects.get()
    assert (line.ended_at, line.due_after, line.ended_because) == (at("04T10:00"), None, "Withdrawn")
    assert not stopped.is_paused
    assert not Clock.objects.running().exists()
    assert not Stage.objects.waiting().exists()


def test_the_wait_has_a_clock_of_its_own_which_escalates(pause, resume, machine, broker, duty_broker, manager):
    pause(expected=working_time.expected(at("05T12:00"), RECEIVED, policy_now(), whom="Amina Yusuf"))

    wait = Clock.objects.get(kind=Kind.WAIT)
    assert wait.sentence == (
        "Waiting for Amina Yusuf since Tuesday 3 November at 10:00. Due Thursday 5 November at 12:00."
    )
    assert actions.escalate_due(at=at("05T12:00")) == 2
    assert set(Escalation.objects.values_list("clock__kind", flat=True)) == {"wait"}
    resume()
    wait.refresh_from_db()
    assert not wait.is_running


def policy_now():
    from brokerage.clocks import calendars

    return calendars.policy()
