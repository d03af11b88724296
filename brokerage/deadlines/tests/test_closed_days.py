"""A day we are closed is added, and what runs moves when an administrator says so (service-levels, history)."""

from datetime import date, datetime, time

import pytest

from brokerage.audit.models import Event
from brokerage.clocks import calendars, clock, working_time
from brokerage.council import settings as council_settings
from brokerage.council.models import ClosureDay
from brokerage.deadlines import actions
from brokerage.deadlines.closed_days import actions as closed_days
from brokerage.deadlines.closed_days import moving
from brokerage.deadlines.models import Clock, Moved, Stage
from brokerage.errors import NotAllowed, Refused
from brokerage.notify.models import Message
from brokerage.tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet_bell", "machine")]

TODAY, WEDNESDAY = date(2026, 11, 3), date(2026, 11, 4)  # a Tuesday at 10:00, and the day after
FOUNDERS = "Founders’ day"


def at(words: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{words}+00:00")


@pytest.fixture
def due(team, policy):
    """A clock of its own case, received then, by the routine rule or another's."""

    def due(received, case="R000001", *, kind="response", deadline=None, owner=None, priority="routine"):
        received = at(received)
        return actions.start(
            UserFactory(teams=[]),
            kind,
            deadline=deadline or working_time.response(priority, received, policy),
            case=case,
            initials="WO",
            team_id=team.pk,
            owner_id=owner.pk if owner else None,
            priority=priority,
            by=None,
        )

    return due


def close(administrator, on=WEDNESDAY, *, move=True):
    return closed_days.close_on(on, name=FOUNDERS, move_clocks=move, by=administrator)


def test_each_moved_deadline_keeps_the_old_one_who_moved_it_and_why(due, administrator):
    started = due("03T14:00")  # due Wednesday 12:30
    before = started.sentence

    closure, moved = close(administrator)

    started.refresh_from_db()
    assert moved == 1
    assert started.due_at == at("05T12:30")
    assert started.sentence == (
        "Received Tuesday 3 November at 14:00, in the afternoon, so the answer is due by 12:30 the next working day."
        " Moved: we are closed on Wednesday 4 November (Founders’ day). Due Thursday 5 November at 12:30."
    )
    line = Moved.objects.get()
    assert (line.due_before, line.due_after) == (at("04T12:30"), at("05T12:30"))
    assert (line.sentence_before, line.sentence_after) == (before, started.sentence)
    assert (line.moved_by, line.because) == (administrator, "We are closed on Wednesday 4 November (Founders’ day)")
    event = Event.objects.get(verb="clock.moved")
    assert (event.case, event.said) == ("R000001", "Response clock moved, due Thursday 5 November at 12:30")
    assert event.actor_id == administrator.pk
    assert Event.objects.get(verb="closure.added").because == "1 running clock moved"


def test_its_stages_move_with_it(due, administrator):
    started = due("03T14:00")
    close(administrator)

    assert {stage.name: f"{stage.due_at:%d %H:%M}" for stage in started.stages.all()} == {
        "due_soon": "05 10:52",
        "missed": "05 12:30",
        "missed_for_long": "05 14:30",
    }


def test_a_clock_that_starts_afterwards_skips_the_day_and_says_so(administrator):
    close(administrator)

    deadline = working_time.response("routine", at("03T14:00"), calendars.policy())
    assert deadline.due_at == at("05T12:30")
    assert "Wednesday 4 November (Founders’ day)" in deadline.sentence


@pytest.mark.parametrize("received", ["03T10:15", "03T12:00", "03T16:45", "03T17:30", "02T09:00"])
@pytest.mark.parametrize("priority", ["routine", "urgent"])
def test_what_moves_is_due_when_it_would_have_been_with_the_day_known_before(due, administrator, received, priority):
    started = due(received, priority=priority)
    close(administrator)

    started.refresh_from_db()
    assert started.due_at == working_time.response_due(priority, at(received), calendars.policy()) or (
        started.due_at <= clock.now()
    )


def test_left_as_they_are_nothing_moves(due, administrator):
    started = due("03T14:00")

    assert close(administrator, move=False)[1] == 0
    started.refresh_from_db()
    assert started.due_at == at("04T12:30")
    assert not Moved.objects.exists()
    assert not Message.objects.exists()


def test_some_do_not_move(due, administrator, policy, team, broker):
    before = due("03T10:00")  # due today
    reply = due("03T14:00", kind="reply")
    emergency = due("04T12:00", priority="emergency")
    paused = due("03T14:00")
    elapsed = due(
        "03T14:00", deadline=working_time.Deadline(at("04T15:00"), "Due.", "response:urgent:elapsed_hours:25", "")
    )
    Clock.objects.filter(pk=paused.pk).update(paused_at=clock.now())
    Stage.objects.filter(clock=paused).update(is_held=True)
    was = dict(Clock.objects.values_list("pk", "due_at"))

    assert close(administrator)[1] == 0
    assert dict(Clock.objects.values_list("pk", "due_at")) == was
    assert {before.pk, reply.pk, emergency.pk, paused.pk, elapsed.pk} == set(was)


def test_what_was_missed_already_stays_missed(due, administrator, machine):
    due("03T10:00")
    machine.move_to(at("04T12:00"))
    due("03T14:00", case="R000002")  # due today 12:30

    assert close(administrator)[1] == 1
    assert Moved.objects.get().clock.case == "R000002"


def test_a_stage_that_was_told_is_not_told_again(due, administrator, manager, machine):
    due("03T14:00")
    machine.move_to(at("04T12:00"))
    actions.escalate_due(at=clock.now())

    close(administrator)

    assert actions.escalate_due(at=at("05T12:29")) == 0
    assert actions.escalate_due(at=at("05T12:30")) == 1


def test_two_days_in_turn_move_it_twice(due, administrator):
    started = due("03T14:00")
    close(administrator)
    close(administrator, date(2026, 11, 5))

    started.refresh_from_db()
    assert started.due_at == at("06T12:30")
    assert [line.due_after for line in Moved.objects.order_by("pk")] == [at("05T12:30"), at("06T12:30")]


def test_a_paused_clock_skips_the_day_when_it_goes_on(due, administrator, machine):
    started = due("03T14:00")  # due Wednesday 12:30
    machine.move_to(at("03T15:30"))  # an hour and a half, and three and a half, are left
    subject = UserFactory._meta.model.objects.get(pk=started.subject_id)
    actions.pause(subject, "response", waits_on="person", because="Choosing", by=administrator)
    close(administrator)
    machine.move_to(at("03T16:30"))

    assert actions.resume(subject, "response", by=administrator).due_at == at("05T13:30")


def test_people_are_told_once_with_a_list(due, administrator, broker, duty_broker):
    due("03T14:00", "R000001", owner=broker)
    due("03T15:00", "R000002", owner=broker)
    due("03T15:00", "R000003")

    close(administrator)

    to_broker, to_duty = Message.objects.get(address=broker.email), Message.objects.get(address=duty_broker.email)
    assert to_broker.subject == "2 of your clocks moved"
    assert "- R000001 (WO), response: was due tomorrow 12:30, now Thu 5 Nov 12:30" in to_broker.body
    assert "R000003" in to_duty.body and "R000001" not in to_duty.body
    assert Message.objects.count() == 2


def test_some_days_cannot_be_added(administrator):
    refused = {
        date(2026, 11, 2): "Enter today or a day still to come",
        date(2026, 12, 25): "is a bank holiday already: Christmas Day",
        date(2026, 11, 7): "closed every Saturday already",
        date(2040, 1, 3): "Enter a day before 2030",
    }
    for on, why in refused.items():
        with pytest.raises(Refused, match=why):
            close(administrator, on)
    close(administrator)
    with pytest.raises(Refused, match="already: Founders’ day"):
        close(administrator)


def test_only_an_administrator_changes_them(manager, administrator):
    with pytest.raises(NotAllowed, match="Only an administrator"):
        close(manager)
    closure, _ = close(administrator)
    with pytest.raises(NotAllowed):
        closed_days.open_again(closure, by=manager)


def test_removed_again_deadlines_stay_and_new_clocks_use_the_day(due, administrator):
    started = due("03T14:00")
    closure, _ = close(administrator)

    closed_days.open_again(closure, by=administrator)

    started.refresh_from_db()
    assert started.due_at == at("05T12:30")
    assert working_time.response_due("routine", at("03T14:00"), calendars.policy()) == at("04T12:30")
    assert Event.objects.filter(verb="closure.removed").exists()


def test_a_day_that_has_come_stays(administrator, machine):
    closure, _ = close(administrator)
    machine.move_to(at("04T08:00"))

    with pytest.raises(Refused, match="so it stays"):
        closed_days.open_again(closure, by=administrator)


def test_each_working_day_goes_to_the_one_that_takes_its_place():
    before = calendars._policy("Europe/London", frozenset(range(5)), *_hours(), "next_opening", ())
    after = calendars._policy(
        "Europe/London", frozenset(range(5)), *_hours(), "next_opening", ((date(2026, 12, 24), "X"),)
    )

    old, new = moving.days_again(date(2026, 12, 24), date(2026, 12, 29), before, after)

    assert old == [date(2026, 12, 24), date(2026, 12, 29)]
    assert new == [date(2026, 12, 29), date(2026, 12, 30)]


def _hours():
    return time(9), time(17), time(12)


# -- the pages


def test_an_administrator_adds_a_day_with_its_effect_seen_first(client, due, administrator):
    due("03T14:00")
    client.force_login(administrator)
    assert "Christmas Day" in client.get("/closed-days/").content.decode()

    asked = client.post("/closed-days/add/", {"on_0": 4, "on_1": 11, "on_2": 2026, "name": FOUNDERS})
    seen = client.get(asked.url).content.decode()
    assert "1 running clock would move" in seen and "R000001" in seen and "Thu 5 Nov 12:30" in seen
    assert not ClosureDay.objects.exists()

    client.post("/closed-days/add/check/", {"on": "2026-11-04", "name": FOUNDERS, "clocks": "move"})
    assert Moved.objects.count() == 1
    council_settings.forget()
    page = client.get("/closed-days/").content.decode()
    assert FOUNDERS in page and "1 running clock moved" in page

    client.post(f"/closed-days/{ClosureDay.objects.get().pk}/remove/")
    assert not ClosureDay.objects.exists()


def test_what_to_do_with_the_clocks_must_be_said(client, administrator):
    client.force_login(administrator)

    page = client.post("/closed-days/add/check/", {"on": "2026-11-04", "name": FOUNDERS}).content.decode()

    assert "Select what happens to the clocks that run" in page
    assert not ClosureDay.objects.exists()


def test_a_day_that_cannot_be_meant_is_asked_for_again(client, administrator):
    client.force_login(administrator)

    page = client.post("/closed-days/add/", {"on_0": 25, "on_1": 12, "on_2": 2026, "name": "X"}).content.decode()
    assert "is a bank holiday already" in page
    assert client.get("/closed-days/add/check/").status_code == 302
    assert client.get("/closed-days/add/check/?on=nonsense&name=x").status_code == 302


def test_nobody_else_opens_them(client, manager):
    client.force_login(manager)

    assert client.get("/closed-days/").status_code == 403
    assert (
        client.post("/closed-days/add/check/", {"on": "2026-11-04", "name": "X", "clocks": "move"}).status_code == 403
    )


def test_the_preview_costs_the_same_for_many(due, administrator, django_assert_max_num_queries):
    for number in range(8):
        due("03T14:00", f"R{number:06}")
    assert moving.effect(WEDNESDAY, FOUNDERS).count == 8
    with django_assert_max_num_queries(4):
        moving.effect(WEDNESDAY, FOUNDERS)
