"""Two at once, a stop in the middle, a restart in the middle: on real connections, with real commits."""

import threading
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from brokerage.clocks import clock, working_time
from brokerage.council import settings as council_settings
from brokerage.deadlines import actions, rounds, tasks
from brokerage.deadlines.models import Clock, Escalation, Heartbeat, Stage
from brokerage.deadlines.rounds import Duty, Rounds
from brokerage.deadlines.tests.conftest import RECEIVED
from brokerage.notify.models import Message
from brokerage.tests.factories import TeamFactory, UserFactory

LATER = RECEIVED + timedelta(days=2)
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quiet_bell")]


@pytest.fixture
def many_clocks(policy):
    """Forty clocks, each about a person of its own, and somebody to tell."""
    council_settings.forget()
    team = TeamFactory()
    UserFactory(duty_broker=True, manager=True, head=True, teams=[team])
    deadline = working_time.response("routine", RECEIVED, policy)
    people = [UserFactory(teams=[]) for _ in range(40)]
    for number, person in enumerate(people):
        about = {"case": f"R{number:06}", "initials": "WO", "team_id": team.pk}
        actions.start(person, "response", deadline=deadline, by=None, **about)
    return people


def at_the_same_time(*deeds):
    """Run each in a thread with a connection of its own, released together; what they returned, in order."""
    gate, results = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(number, deed):
        try:
            gate.wait(timeout=10)
            results[number] = deed()
        except Exception as error:  # noqa: BLE001 - handed to the test
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def test_sweeps_at_the_same_time_share_the_work_and_do_none_of_it_twice(many_clocks):
    done = at_the_same_time(*[lambda: actions.escalate_due(at=LATER)] * 4)

    assert sum(done) == 120
    assert Escalation.objects.count() == 120
    assert Stage.objects.waiting().count() == 0
    told = "\n".join(Message.objects.values_list("body", flat=True))
    assert [told.count(f"WO R{number:06}") or told.count(f"/R{number:06}/") for number in range(40)] == [1] * 40


def test_a_clock_that_is_stopped_during_a_sweep_is_either_escalated_before_or_not_at_all(many_clocks):
    def stop_them():
        for person in reversed(many_clocks):
            actions.stop(person, "response", by=None, because="Answered")

    results = at_the_same_time(
        lambda: actions.escalate_due(at=LATER), stop_them, lambda: actions.escalate_due(at=LATER)
    )

    assert not [result for result in results if isinstance(result, Exception)]
    assert results[0] + results[2] == Escalation.objects.count()
    assert Clock.objects.running().count() == 0
    assert Stage.objects.waiting().count() == 0
    assert actions.escalate_due(at=LATER) == 0


def test_a_stop_waits_for_the_sweep_that_holds_its_stage(many_clocks):
    holding, stopping = threading.Event(), threading.Event()

    def sweep():
        with transaction.atomic():
            stages = Stage.objects.claim(at=LATER, clocks=1000)
            holding.set()
            stopping.wait(timeout=10)
            threading.Event().wait(0.3)  # the stop asks for the clock by now, and waits
            Escalation.objects.bulk_create(
                Escalation(clock_id=stage.clock_id, stage=stage, escalated_at=LATER) for stage in stages
            )
        return len(stages)

    def stop():
        holding.wait(timeout=10)
        stopping.set()
        return actions.stop(many_clocks[0], "response", by=None, because="Answered").is_running

    assert at_the_same_time(sweep, stop) == [120, False]


def test_a_sweep_that_dies_in_the_middle_leaves_all_of_it_to_the_next(many_clocks):
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        assert actions.escalate_due(at=LATER) == 120
        raise KeyboardInterrupt

    assert Escalation.objects.count() == 0
    assert Message.objects.count() == 0
    assert actions.escalate_due(at=LATER) == 120


def test_a_connection_that_is_killed_in_the_middle_leaves_all_of_it_to_the_next(many_clocks):
    holding, killed = threading.Event(), threading.Event()
    backend = []

    def sweep():
        with transaction.atomic():
            actions.escalate_due(at=LATER)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                backend.append(cursor.fetchone()[0])
            holding.set()
            killed.wait(timeout=10)
            Stage.objects.count()

    def kill():
        holding.wait(timeout=10)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [backend[0]])
        killed.set()

    died, _ = at_the_same_time(sweep, kill)

    assert isinstance(died, Exception)
    assert actions.escalate_due(at=LATER) == 120
    assert Escalation.objects.count() == 120


def test_the_command_prints_how_many_escalated(many_clocks, capsys):
    with_stages_due_now()

    call_command("sweep")
    assert capsys.readouterr().out == "120\n"
    call_command("sweep")
    assert capsys.readouterr().out == "0\n"


def test_the_task_is_the_same_sweep(many_clocks):
    with_stages_due_now()

    assert tasks.sweep() == 120
    assert tasks.sweep() == 0


def test_nothing_escalates_while_sending_is_paused(many_clocks, settings):
    with_stages_due_now()
    settings.SENDING_PAUSED = True

    assert rounds.sweep() == 0
    assert Heartbeat.objects.filter(name="sweep").exists()
    settings.SENDING_PAUSED = False
    assert rounds.sweep() == 120


def test_each_sweep_leaves_a_heartbeat(machine):
    rounds.sweep()
    machine.move_to(LATER)
    rounds.sweep()

    assert Heartbeat.objects.get(name="sweep").beaten_at == clock.now() == LATER


def test_one_round_sweeps_posts_and_seals(many_clocks, mail, monkeypatch):
    monkeypatch.setattr("brokerage.notify.doorbell.ring", lambda: False)  # no worker hears, so the round posts itself
    with_stages_due_now()

    call_command("tick", once=True)

    assert Escalation.objects.count() == 120
    assert {"sweep", "outbox", "seal"} <= set(Heartbeat.objects.values_list("name", flat=True))
    assert Message.objects.sent().count() == Message.objects.count() == 1


def test_a_duty_that_fails_stops_no_other(monkeypatch):
    done = []
    duties = (
        Duty("first", lambda: 1 / 0, every=5),
        Duty("second", lambda: done.append("second"), every=5),
        Duty("third", broken_statement, every=5),
        Duty("fourth", lambda: done.append(Clock.objects.count()), every=5),
    )

    assert Rounds(duties).go() == ["first", "third"]
    assert done == ["second", 0]


def test_a_round_that_could_not_do_all_says_so(monkeypatch):
    monkeypatch.setattr("brokerage.audit.sealing.seal", lambda: 1 / 0)

    with pytest.raises(CommandError, match="Could not seal"):
        call_command("tick", once=True)


def test_a_duty_waits_for_its_time():
    done = []
    going = Rounds(
        (Duty("often", lambda: done.append("often"), every=0), Duty("rarely", lambda: done.append("rarely"), every=60))
    )

    going.go()
    going.go()

    assert done == ["often", "rarely", "often"]


def broken_statement():
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM no_such_table")


def with_stages_due_now():
    Stage.objects.update(due_at=clock.now() - timedelta(hours=1))


# -- silence, and two schedulers


@pytest.mark.parametrize("silence", [timedelta(hours=7), timedelta(days=9), timedelta(days=400)])
def test_after_a_silence_one_sweep_escalates_all_of_it_once_and_each_reader_hears_once(many_clocks, silence):
    assert actions.escalate_due(at=RECEIVED + timedelta(days=2) + silence) == 120
    assert actions.escalate_due(at=RECEIVED + timedelta(days=3) + silence) == 0
    assert Message.objects.values("case", "address").distinct().count() == Message.objects.count()


def test_after_a_silence_paused_clocks_are_still_nobodys(many_clocks):
    for person in many_clocks[:10]:
        actions.pause(person, "response", waits_on="referrer", because="A paper is missing", by=None)

    assert actions.escalate_due(at=RECEIVED + timedelta(days=30)) == 90
    assert set(Escalation.objects.values_list("clock__paused_at", flat=True)) == {None}


def test_pausing_while_it_is_swept_is_before_or_after_and_never_both(many_clocks):
    def pause_them():
        for person in reversed(many_clocks):
            actions.pause(person, "response", waits_on="person", because="Choosing", by=None)

    results = at_the_same_time(*[lambda: actions.escalate_due(at=LATER)] * 2, pause_them)

    assert not [result for result in results if isinstance(result, Exception)]
    assert results[0] + results[1] == Escalation.objects.count()
    assert Stage.objects.filter(settled_at=None, is_held=False).count() == 0
    assert actions.escalate_due(at=LATER) == 0
    for person in many_clocks:
        actions.resume(person, "response", by=None)
    actions.escalate_due(at=LATER)
    assert Escalation.objects.count() == 120


def two_schedulers(times):
    for number in range(times):
        with_stages_due_now()
        Escalation.objects.all().delete()
        Stage.objects.update(settled_at=None)
        done = at_the_same_time(rounds.sweep, rounds.sweep)
        assert sum(done) == Escalation.objects.count() == 120, number


def test_two_schedulers_share_a_sweep(many_clocks):
    two_schedulers(2)


@pytest.mark.soak
def test_two_schedulers_share_two_hundred_sweeps(many_clocks):
    two_schedulers(200)
