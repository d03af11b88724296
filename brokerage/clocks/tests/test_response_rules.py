"""A pathway's own rules for when an answer is due, and what a change of them would do."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokerage.clocks import previewing, response_rules, saying, working_time
from brokerage.clocks.policy import AFTERNOON, Policy
from brokerage.clocks.tests import oracle
from brokerage.clocks.tests.england import ENGLAND
from brokerage.clocks.working_time import PRIORITIES, is_open

RULES = [
    "service_level",
    "working_hours:3",
    "working_hours:0.5",
    "working_days:1",
    "working_days:2@12:30",
    "elapsed_hours:4",
]
INSTANTS = st.datetimes(datetime(2022, 1, 4), datetime(2028, 10, 30), timezones=st.just(UTC))


def at(words):
    return datetime.fromisoformat(words if "+" in words else f"{words}+00:00")


@pytest.mark.parametrize(
    ("rule", "received", "due"),
    [
        ("working_hours:3", "2026-11-03T10:15", "2026-11-03T13:15"),
        ("working_hours:3", "2026-11-03T15:00", "2026-11-04T10:00"),
        ("working_hours:8", "2026-11-03T09:00", "2026-11-03T17:00"),
        ("working_hours:0.5", "2026-11-06T16:45", "2026-11-09T09:15"),
        ("working_days:1", "2026-11-03T10:15", "2026-11-04T17:00"),
        ("working_days:1", "2026-11-06T17:00", "2026-11-10T17:00"),  # counts as received on Monday
        ("working_days:2@12:30", "2026-04-02T14:00+01:00", "2026-04-08T12:30+01:00"),
        ("working_days:1@20:00", "2026-11-03T10:15", "2026-11-04T17:00"),  # never out of hours
        ("elapsed_hours:4", "2026-11-06T16:00", "2026-11-06T20:00"),
        ("elapsed_hours:1.5", "2026-10-25T01:00+01:00", "2026-10-25T01:30+00:00"),
    ],
)
def test_each_rule(rule, received, due):
    assert response_rules.response_due("routine", at(received), ENGLAND, {"routine": rule}) == at(due)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("working_hours:3", "Received Friday 6 November at 16:30, so the answer is due within 3 working hours."
         " Skips Saturday 7 and Sunday 8 November. Due Monday 9 November at 11:30."),
        ("working_days:2", "Received Friday 6 November at 16:30, so the answer is due by 17:00 on the 2nd working day after."
         " Skips Saturday 7 and Sunday 8 November. Due Tuesday 10 November at 17:00."),
        ("elapsed_hours:4", "Received Friday 6 November at 16:30, so the answer is due within 4 hours by the clock."
         " Due Friday 6 November at 20:30."),
    ],
)  # fmt: skip
def test_each_explains_itself(rule, sentence):
    deadline = response_rules.response("routine", at("2026-11-06T16:30"), ENGLAND, {"routine": rule})

    assert deadline.sentence == sentence
    assert deadline.rule == f"response:routine:{rule}"


def test_out_of_hours_it_says_when_it_counts_from():
    received = at("2026-11-06T18:00")

    deadline = response_rules.response("routine", received, ENGLAND, {"routine": "working_days:1"})
    assert (
        "when we are closed, so it counts as received when we next open, Monday 9 November at 09:00"
        in deadline.sentence
    )
    before = response_rules.response(
        "routine",
        received,
        Policy(bank_holidays=ENGLAND.bank_holidays, out_of_hours=AFTERNOON),
        {"routine": "working_days:1"},
    )
    assert "which counts as the afternoon before" in before.sentence


def test_urgent_is_never_later_than_routine_and_says_so():
    rules = {"urgent": "working_days:3", "routine": "working_hours:2"}

    deadline = response_rules.response("urgent", at("2026-11-03T10:00"), ENGLAND, rules)

    assert deadline.due_at == at("2026-11-03T12:00")
    assert "never later than a routine one, which would be due first" in deadline.sentence


@pytest.mark.parametrize("rule", ["working_days:5", "elapsed_hours:8", "working_hours:3"])
def test_an_emergency_is_answered_within_the_hour_whatever_the_rule(rule):
    received = at("2026-11-06T16:40")

    deadline = response_rules.response("emergency", received, ENGLAND, {"emergency": rule})

    assert deadline == working_time.response("emergency", received, ENGLAND)


def test_an_emergency_may_be_quicker():
    deadline = response_rules.response("emergency", at("2026-11-06T16:40"), ENGLAND, {"emergency": "elapsed_hours:0.5"})

    assert deadline.due_at == at("2026-11-06T17:10")
    assert deadline.sentence.endswith("Due Friday 6 November at 17:10.")


@settings(max_examples=120, deadline=None)
@given(INSTANTS, st.sampled_from(PRIORITIES), st.sampled_from(RULES), st.integers(1, 2000))
def test_whatever_the_rule(received, priority, rule, minutes):
    rules, within = {priority: rule}, timedelta(minutes=minutes)
    due = response_rules.response_due(priority, received, ENGLAND, rules)
    deadline = response_rules.response(priority, received, ENGLAND, rules)

    assert response_rules.start_due(priority, received, ENGLAND, rules, within) <= due
    assert due > received
    assert deadline.due_at == due
    assert f"at {saying.face(due)}" in deadline.sentence
    if "elapsed" not in rule and priority != "emergency":
        assert is_open(due - timedelta(microseconds=1), ENGLAND)


@settings(max_examples=120, deadline=None)
@given(INSTANTS, INSTANTS, st.sampled_from(PRIORITIES), st.sampled_from(RULES))
def test_a_later_receipt_is_never_due_earlier(one, other, priority, rule):
    first, second = sorted([one, other])
    due = [response_rules.response_due(priority, each, ENGLAND, {priority: rule}) for each in (first, second)]

    assert due == sorted(due)


@settings(max_examples=60, deadline=None)
@given(INSTANTS, st.integers(1, 40))
def test_working_hours_agree_with_the_minute_walking_oracle(received, hours):
    received = received.replace(microsecond=0)

    due = response_rules.response_due("routine", received, ENGLAND, {"routine": f"working_hours:{hours}"})
    assert due == oracle.walk(received, hours * 3600)


@settings(max_examples=60, deadline=None)
@given(INSTANTS, st.sampled_from(PRIORITIES))
def test_without_a_rule_it_is_the_service_level(received, priority):
    assert response_rules.response(priority, received, ENGLAND) == working_time.response(priority, received, ENGLAND)
    start = response_rules.start_of_work(priority, received, ENGLAND)
    assert start == working_time.start_of_work(priority, received, ENGLAND)


@pytest.mark.parametrize(
    "rule",
    ["", "soon", "working_hours", "working_hours:", "working_hours:x", "working_hours:0", "working_hours:-1",
     "working_days:1.5", "working_days:1@25:00", "working_hours:3@12:30", "elapsed_hours:nan", "working_days:1000",
     "service_level:3"],
)  # fmt: skip
def test_what_is_no_rule_is_said_so(rule):
    assert response_rules.reason_not_a_rule(rule).startswith("Enter ")


@pytest.mark.parametrize("rule", RULES)
def test_what_is_a_rule_is_none(rule):
    assert response_rules.reason_not_a_rule(rule) is None


# -- the effect of a change


def test_a_change_is_shown_on_receipts_there_were():
    receipts = [
        ("routine", at("2026-11-03T12:00")),
        ("routine", at("2026-11-03T10:00")),
        ("emergency", at("2026-11-03T12:00")),
    ]
    longer = Policy(bank_holidays=ENGLAND.bank_holidays, morning_ends_at=datetime(2026, 1, 1, 13).time())

    afternoon, morning, emergency = previewing.effect(ENGLAND, longer, receipts)

    assert (afternoon.response_before, afternoon.response_after) == (at("2026-11-04T12:30"), at("2026-11-03T17:00"))
    assert afternoon.moves and afternoon.response_moves and not afternoon.start_moves
    assert not morning.moves and not emergency.moves


def test_a_pathways_rule_is_shown_likewise():
    before, after = (
        previewing.Terms(ENGLAND),
        previewing.Terms(ENGLAND, {"routine": "working_hours:1"}, timedelta(minutes=90)),
    )

    (row,) = previewing.effect(before, after, [("routine", at("2026-11-03T10:00"))])

    assert (row.start_before, row.start_after) == (at("2026-11-03T12:00"), at("2026-11-03T11:00"))
    assert (row.response_before, row.response_after) == (at("2026-11-03T17:00"), at("2026-11-03T11:00"))


def test_no_change_moves_nothing():
    receipts = previewing.invented(date(2026, 11, 2), ENGLAND)

    assert len(receipts) == 7 * 10 * 3
    assert not any(row.moves for row in previewing.effect(ENGLAND, ENGLAND, receipts))
