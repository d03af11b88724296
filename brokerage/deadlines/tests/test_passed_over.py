"""Somebody away is passed over to their deputy, and the clock keeps running."""

from datetime import date, datetime

import pytest

from brokerage.accounts.absence import actions as absence
from brokerage.deadlines import actions
from brokerage.deadlines.models import Clock, Escalation
from brokerage.deadlines.recipients import Line
from brokerage.notify.models import Message
from brokerage.tests.factories import UserFactory

SOON, DUE, LONG_AFTER = (datetime.fromisoformat(f"2026-11-{at}+00:00") for at in ("03T15:30", "03T17:00", "04T12:00"))
TUESDAY, WEDNESDAY = date(2026, 11, 3), date(2026, 11, 4)


@pytest.fixture
def away(machine):
    def away(who, deputy=None):
        return absence.go_away(who, from_on=TUESDAY, until_on=WEDNESDAY, deputy=deputy, by=who)

    return away


def sweep(at):
    """Who is told by a sweep at this time, and why."""
    Message.objects.all().delete()
    actions.escalate_due(at=at)
    return {
        message.address: message.body.split("You are told because ")[1].split(".\n")[0]
        for message in Message.objects.all()
    }


@pytest.fixture(autouse=True)
def quiet(quiet_bell):
    pass


def test_due_soon_goes_to_whoever_stands_in_for_the_owner(start_clock, away, broker, other_broker):
    start_clock(owner=broker)
    away(broker, other_broker)

    assert sweep(SOON) == {other_broker.email: "you stand in for Tom Birch, whose case it is"}
    assert Escalation.objects.get().told == "Priya Nair"
    assert Clock.objects.get().is_ticking
    assert Clock.objects.get().owner == broker


def test_with_nobody_standing_in_the_duty_broker_hears(start_clock, away, broker, duty_broker):
    start_clock(owner=broker)
    away(broker)

    assert list(sweep(SOON)) == [duty_broker.email]


def test_a_deputy_away_too_is_passed_over_in_turn(start_clock, away, broker, other_broker, duty_broker):
    start_clock(owner=broker)
    away(broker, other_broker)
    away(other_broker, duty_broker)

    assert sweep(SOON) == {duty_broker.email: "you stand in for Tom Birch, whose case it is"}


def test_an_absent_manager_is_passed_over_likewise(start_clock, away, duty_broker, manager, team):
    other_manager = UserFactory(manager=True, full_name="Ola West")
    start_clock()
    away(manager, other_manager)

    told = sweep(DUE)

    assert set(told) == {duty_broker.email, other_manager.email}
    assert told[other_manager.email] == "you are the team manager for Adults brokerage"


def test_an_absent_head_too(start_clock, away, head, assistant_director):
    start_clock()
    away(head, assistant_director)

    assert sweep(LONG_AFTER) == {
        assistant_director.email: "you stand in for Gareth Pugh, the head of service for Adults brokerage"
    }


def test_the_next_in_line_hears_where_nobody_stands_in(start_clock, away, duty_broker, manager, head):
    start_clock()
    away(duty_broker)
    away(manager)

    assert list(sweep(DUE)) == [head.email]


def test_where_the_whole_line_is_away_they_are_told_all_the_same(start_clock, away, broker, duty_broker, manager):
    start_clock(owner=broker)
    for somebody in (broker, duty_broker, manager):
        away(somebody)

    assert list(sweep(SOON)) == [broker.email]
    assert set(sweep(DUE)) == {duty_broker.email, manager.email}


def test_who_is_back_early_hears_again(start_clock, away, broker, other_broker):
    start_clock(owner=broker)
    absence.come_back(away(broker, other_broker), by=broker)

    assert sweep(SOON) == {broker.email: "the case is yours"}


def test_a_sweep_asks_once_who_is_away(start_clock, away, broker, other_broker, django_assert_num_queries):
    start_clock(owner=broker)
    away(broker, other_broker)
    line, started = Line(SOON), Clock.objects.select_related("owner", "team").get()

    with django_assert_num_queries(0):
        assert list(line.to_tell("due_soon", started)) == [other_broker]
