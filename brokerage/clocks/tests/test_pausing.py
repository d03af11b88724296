"""A pause gives back exactly what was unspent, whenever it begins and ends (AMB-01)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokerage.clocks import pausing, stages
from brokerage.clocks.policy import Policy
from brokerage.clocks.tests import oracle
from brokerage.clocks.tests.england import ENGLAND
from brokerage.clocks.working_time import (
    PRIORITIES,
    add_working,
    is_open,
    response_due,
    working_between,
)

INSTANTS = st.datetimes(datetime(2022, 1, 4), datetime(2028, 10, 30), timezones=st.just(UTC)).map(
    lambda instant: instant.replace(microsecond=0)
)
SPANS = st.integers(0, 40 * 24 * 3600).map(lambda seconds: timedelta(seconds=seconds))
COUNCIL = ("routine", "urgent")


def again(due, paused, ended, policy=ENGLAND, *, elapsed=False):
    unspent = pausing.left(due, paused, policy, elapsed=elapsed)
    return pausing.due_again(due, paused, ended, unspent, policy, elapsed=elapsed)


def at(words, zone="+00:00"):
    return datetime.fromisoformat(f"{words}{zone}")


# -- by hand


@pytest.mark.parametrize(
    ("what", "due", "paused", "ended", "due_after"),
    [
        ("within a day", "2026-11-03T17:00", "2026-11-03T11:00", "2026-11-03T12:00", "2026-11-04T10:00"),
        ("over night", "2026-11-04T12:30", "2026-11-03T16:30", "2026-11-04T09:30", "2026-11-04T13:30"),
        ("from closing to opening", "2026-11-04T12:30", "2026-11-03T17:00", "2026-11-04T09:00", "2026-11-04T12:30"),
        ("over a weekend", "2026-11-09T12:30", "2026-11-06T16:30", "2026-11-09T09:30", "2026-11-09T13:30"),
        ("only at the weekend", "2026-11-09T12:30", "2026-11-07T08:00", "2026-11-08T20:00", "2026-11-09T12:30"),
        ("over Easter", "2026-04-07T12:30+01:00", "2026-04-02T16:00+01:00", "2026-04-07T10:00+01:00", "2026-04-07T14:30+01:00"),
        ("over Christmas and its substitute day", "2026-12-24T17:00", "2026-12-24T15:00", "2026-12-29T09:00", "2026-12-29T11:00"),
        ("over the spring change", "2026-03-30T12:30+01:00", "2026-03-27T16:00", "2026-03-30T09:00+01:00", "2026-03-30T13:30+01:00"),
        ("over the autumn change", "2026-10-26T12:30", "2026-10-23T16:00+01:00", "2026-10-26T09:00", "2026-10-26T13:30"),
        ("in the hour that October repeats", "2026-10-26T12:30", "2026-10-25T01:30+01:00", "2026-10-25T01:30", "2026-10-26T12:30"),
        ("until after it would have been due", "2026-11-03T17:00", "2026-11-03T16:59", "2026-11-10T10:00", "2026-11-10T10:01"),
        ("with nothing left, in the night", "2026-11-04T09:00", "2026-11-03T18:00", "2026-11-04T08:00", "2026-11-04T09:00"),
        ("with nothing left, for a day", "2026-11-04T09:00", "2026-11-03T18:00", "2026-11-04T18:00", "2026-11-05T09:00"),
        ("after it was due", "2026-11-03T17:00", "2026-11-03T18:00", "2026-11-05T18:00", "2026-11-03T17:00"),
        ("at the instant it was due", "2026-11-03T15:00", "2026-11-03T15:00", "2026-11-05T18:00", "2026-11-03T15:00"),
        ("resumed in the same second", "2026-11-03T17:00", "2026-11-03T11:00", "2026-11-03T11:00", "2026-11-03T17:00"),
    ],
)  # fmt: skip
def test_by_hand(what, due, paused, ended, due_after):
    due, paused, ended, due_after = (
        datetime.fromisoformat(words if "+" in words else f"{words}+00:00") for words in (due, paused, ended, due_after)
    )

    assert again(due, paused, ended) == due_after
    assert oracle.due_after_pause(*(each.astimezone(UTC) for each in (due, paused, ended))) == due_after


def test_a_day_closed_since_is_skipped_and_costs_nobody_anything():
    paused, ended, due = at("2026-11-02T12:00"), at("2026-11-02T13:00"), at("2026-11-04T12:30")
    unspent = pausing.left(due, paused, ENGLAND)
    closed = Policy(bank_holidays=ENGLAND.bank_holidays, closures=((date(2026, 11, 3), "Snow"),))

    due_after = pausing.due_again(due, paused, ended, unspent, closed)

    assert due_after == at("2026-11-05T13:30")
    assert working_between(ended, due_after, closed) == unspent == timedelta(hours=16, minutes=30)


def test_by_the_clock_on_the_wall_all_of_it_is_given_back():
    due, paused, ended = at("2026-11-06T21:00"), at("2026-11-06T19:00"), at("2026-11-07T10:00")

    assert again(due, paused, ended, elapsed=True) == at("2026-11-07T12:00")


# -- promises


@settings(max_examples=150, deadline=None)
@given(INSTANTS, st.sampled_from(COUNCIL), SPANS, SPANS)
def test_as_much_is_left_after_the_pause_as_before(received, priority, before, lasting):
    due = response_due(priority, received, ENGLAND)
    paused = received + before
    ended = paused + lasting
    unspent = pausing.left(due, paused, ENGLAND)

    due_after = again(due, paused, ended)

    if due > paused:
        assert working_between(ended, due_after, ENGLAND) == unspent
    else:
        assert due_after == due


@settings(max_examples=60, deadline=None)
@given(INSTANTS, st.sampled_from(COUNCIL), SPANS, SPANS)
def test_the_minute_walking_oracle_agrees(received, priority, before, lasting):
    due = response_due(priority, received, ENGLAND)
    paused = received + min(before, timedelta(days=3))
    ended = paused + min(lasting, timedelta(days=12))

    assert again(due, paused, ended) == oracle.due_after_pause(due, paused, ended)


@settings(max_examples=150, deadline=None)
@given(INSTANTS, st.sampled_from(PRIORITIES), SPANS)
def test_a_pause_of_no_time_changes_nothing(received, priority, before):
    due = response_due(priority, received, ENGLAND)
    paused = received + before

    assert again(due, paused, paused) == due
    assert again(due, paused, paused, elapsed=True) == due


@settings(max_examples=150, deadline=None)
@given(INSTANTS, st.sampled_from(COUNCIL), SPANS, SPANS)
def test_a_pause_never_leads_out_of_hours_nor_back(received, priority, before, lasting):
    due, paused = response_due(priority, received, ENGLAND), received + before

    due_after = again(due, paused, paused + lasting)

    assert due_after >= due
    assert is_open(due_after - timedelta(microseconds=1), ENGLAND) or is_open(due_after, ENGLAND)


@settings(max_examples=150, deadline=None)
@given(INSTANTS, SPANS, SPANS, SPANS)
def test_two_pauses_in_a_row_are_as_one(received, before, first, second):
    due, paused = response_due("routine", received, ENGLAND), received + before
    between, ended = paused + first, paused + first + second

    assert again(again(due, paused, between), between, ended) == again(due, paused, ended)


@settings(max_examples=100, deadline=None)
@given(INSTANTS, SPANS, SPANS, SPANS)
def test_a_longer_pause_is_never_due_earlier(received, before, lasting, longer):
    due, paused = response_due("routine", received, ENGLAND), received + before

    assert again(due, paused, paused + lasting) <= again(due, paused, paused + lasting + longer)


@settings(max_examples=150, deadline=None)
@given(INSTANTS, st.sampled_from(COUNCIL), SPANS, SPANS)
def test_the_stages_keep_their_order(received, priority, before, lasting):
    due, paused = response_due(priority, received, ENGLAND), received + before
    instants = stages.instants(priority, received, due, ENGLAND)
    due_after = again(due, paused, paused + lasting)

    moved = stages.after_pause(
        instants, paused_at=paused, ended_at=paused + lasting, due_before=due, due_after=due_after, policy=ENGLAND
    )

    assert moved["missed"] == due_after
    assert moved["due_soon"] <= moved["missed"] <= moved["missed_for_long"]


@settings(max_examples=100, deadline=None)
@given(INSTANTS, SPANS)
def test_what_was_spent_before_the_pause_stays_spent(received, lasting):
    due = response_due("routine", received, ENGLAND)
    paused = add_working(received, working_between(received, due, ENGLAND) / 2, ENGLAND)
    ended = paused + lasting

    spent = working_between(received, paused, ENGLAND) + working_between(ended, again(due, paused, ended), ENGLAND)
    assert spent == working_between(received, due, ENGLAND)
