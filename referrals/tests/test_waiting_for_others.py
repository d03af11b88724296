"""The response clock while a case waits for somebody else, and whose time that was (AMB-01)."""

from datetime import datetime, timedelta

import pytest
import time_machine

from brokerage.clocks import calendars
from brokerage.deadlines import actions as deadlines
from brokerage.deadlines.models import Clock, Kind, Pause
from brokerage.errors import Refused
from brokerage.notify.models import Message
from referrals.tests.factories import ReferralFactory
from referrals.timing import actions as timing
from referrals.timing.telling_apart import Turn, told_apart
from referrals.work import actions as work

HOUR = timedelta(hours=1)


def at(words: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{words}+00:00")


@pytest.fixture
def machine():
    with time_machine.travel(at("03T10:00"), tick=False) as traveller:
        yield traveller


@pytest.fixture
def referral(machine, team, broker, coordinator):
    """Received on a Tuesday at 10:00, in progress, to be answered by 17:00."""
    broker.teams.add(team)
    referral = ReferralFactory(in_progress=True, team=team, broker=broker, referred_by=coordinator)
    timing.start_clocks(referral, by=coordinator)
    return referral


def in_queue(referral):
    referral.work.refresh_from_db()
    return referral.work.waits_on, referral.work.due_kind


# AMB-01
def test_the_case_waits_on_whom_the_clock_waits_for(referral, broker, machine):
    timing.stop_start(referral, by=broker)
    timing.pause(referral, waits_on="person", because="She is choosing between two homes", by=broker)

    assert in_queue(referral) == ("person", "")
    machine.move_to(at("04T10:00"))
    resumed = timing.resume(referral, by=broker, because="She chose")

    assert in_queue(referral) == ("brokerage", "response")
    assert resumed.due_at == at("04T17:00")


def test_it_is_harmless_where_the_clock_does_not_run(referral, broker):
    deadlines.stop(referral, "response", by=broker, because="Answered")

    assert timing.pause(referral, waits_on="panel", because="Panel to decide", by=broker) is None
    assert in_queue(referral)[0] == "panel"
    assert timing.resume(referral, by=broker) is None


def test_an_emergency_runs_on(machine, team, broker, coordinator):
    emergency = ReferralFactory(
        in_progress=True,
        team=team,
        broker=broker,
        priority="emergency",
        priority_reason="Alone",
        referred_by=coordinator,
    )
    timing.start_clocks(emergency, by=coordinator)

    assert timing.pause(emergency, waits_on="referrer", because="A paper is missing", by=broker) is None
    assert Clock.objects.get(kind="response").is_ticking
    assert in_queue(emergency)[0] == "referrer"


def test_the_same_wait_said_twice_is_one(referral, broker):
    for _ in range(2):
        timing.pause(referral, waits_on="referrer", because="The plan is missing", by=broker, whom="Amina Yusuf")

    assert Pause.objects.count() == 1


def test_a_wait_for_somebody_else_takes_the_place_of_the_first(referral, broker, machine):
    timing.pause(referral, waits_on="referrer", because="The plan is missing", by=broker)
    machine.move_to(at("04T10:00"))
    timing.pause(referral, waits_on="panel", because="Panel to decide", by=broker)
    machine.move_to(at("05T10:00"))
    assert timing.resume(referral, by=broker, waits_on="referrer") is None
    timing.resume(referral, by=broker, waits_on="panel")

    first, second = Pause.objects.order_by("pk")
    assert (first.ended_at, first.due_after) == (at("04T10:00"), at("04T17:00"))
    assert (second.paused_at, second.due_before, second.due_after) == (at("04T10:00"), at("04T17:00"), at("05T17:00"))


def test_whoever_works_on_it_may_pause_it_by_hand_and_the_referrer_hears_of_it(referral, broker, quiet_bell):
    timing.wait_for(
        referral, waits_on="referrer", because="Which days can she manage?", by=broker, expected_at=at("05T12:00")
    )

    letter = Message.objects.get(template="clock-paused")
    assert letter.address == referral.coordinator.email
    assert "Which days can she manage?" in letter.body
    assert "Due Thursday 5 November at 12:00." in letter.body
    assert referral.person.last_name not in letter.subject + letter.body
    assert Clock.objects.running().filter(kind=Kind.WAIT, case=referral.reference).exists()


def test_what_is_expected_lies_ahead(referral, broker):
    with pytest.raises(Refused, match="still to come"):
        timing.wait_for(referral, waits_on="person", because="Choosing", by=broker, expected_at=at("03T09:00"))


def test_a_stranger_pauses_nothing(referral, stranger, coordinator):
    for somebody in (stranger, coordinator):
        with pytest.raises(Refused, match="another team|Only a broker"):
            timing.wait_for(referral, waits_on="person", because="Choosing", by=somebody)
        with pytest.raises(Refused, match="another team|Only a broker"):
            timing.go_on(referral, by=somebody)
    assert not Pause.objects.exists()


def test_going_on_by_hand_needs_a_pause(referral, broker):
    with pytest.raises(Refused, match="is not paused"):
        timing.go_on(referral, by=broker)


# AMB-01
def test_the_working_time_is_told_apart_five_ways(referral, broker, machine):
    machine.move_to(at("03T11:00"))
    timing.pause(referral, waits_on="referrer", because="The plan is missing", by=broker)
    machine.move_to(at("04T09:30"))  # 6 hours of Tuesday and half an hour of Wednesday
    timing.resume(referral, by=broker)
    machine.move_to(at("04T10:00"))
    work.move_on(referral, next_step="Offers close", waits_on="provider")
    machine.move_to(at("05T10:00"))
    work.move_on(referral, next_step="Panel to decide", waits_on="panel")
    machine.move_to(at("05T13:00"))
    work.move_on(referral, next_step="Record the person’s choice", waits_on="person")
    machine.move_to(at("05T15:00"))
    work.close(referral, next_step="")
    machine.move_to(at("20T15:00"))

    assert timing.waits(referral) == {
        "brokerage": 1.5 * HOUR,
        "referrer": 6.5 * HOUR,
        "provider": 8 * HOUR,
        "person": 2 * HOUR,
        "panel": 3 * HOUR,
    }


def test_a_draft_has_waited_on_nobody(db):
    assert set(timing.waits(ReferralFactory()).values()) == {timedelta()}


def test_each_minute_belongs_to_one_side_and_none_is_lost(db):
    policy = calendars.policy()
    spells = [Turn("provider", at("03T10:00"), at("04T12:00")), Turn("brokerage", at("04T12:00"), None)]
    pauses = [Turn("person", at("03T16:00"), at("04T10:00")), Turn("panel", at("05T09:00"), None)]

    shares = told_apart(spells, pauses, at("03T09:00"), at("05T17:00"), policy)

    assert sum(shares.values(), timedelta()) == 24 * HOUR
    assert shares == {
        "brokerage": 1 * HOUR + 5 * HOUR,
        "referrer": timedelta(),
        "provider": 6 * HOUR + 2 * HOUR,
        "person": 2 * HOUR,
        "panel": 8 * HOUR,
    }


# LEI-01
def test_a_name_typed_in_a_hurry_stands_in_no_letter_and_no_sentence_that_letters_quote(referral, broker, quiet_bell):
    timing.wait_for(
        referral,
        waits_on="referrer",
        whom="Winifred’s nurse",
        because="Mrs Okafor may not need evenings",
        by=broker,
        expected_at=at("05T12:00"),
    )

    letter = Message.objects.get(template="clock-paused")
    assert "Mrs WO may not need evenings" in letter.body
    assert "WO’s nurse" in letter.body
    for name in ("Winifred", "Okafor"):
        assert name not in letter.body + Clock.objects.get(kind=Kind.WAIT).sentence
