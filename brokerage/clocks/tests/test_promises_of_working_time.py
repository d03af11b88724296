"""What must hold for every receipt and every council's hours, whatever the numbers."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokerage.clocks.policy import Policy
from brokerage.clocks.tests.england import ENGLAND, in_year
from brokerage.clocks.working_time import (
    REPLY_RULES,
    add_working,
    closing_of_working_day,
    counted_as,
    is_open,
    next_opening,
    provider_reply_due,
    response,
    response_due,
    start_of_work_due,
    working_between,
)

instants = st.datetimes(datetime(2021, 1, 5), datetime(2028, 11, 30), timezones=st.just(UTC))
spans = st.timedeltas(timedelta(), timedelta(days=30))


# Odd hours on purpose, and each table of windows built only once.
POLICIES = [
    ENGLAND,
    Policy(bank_holidays=in_year, out_of_hours="afternoon"),
    Policy(time_zone="America/New_York", opens_at=time(7, 15), closes_at=time(14, 1), morning_ends_at=time(11)),
    Policy(time_zone="Pacific/Auckland", working_days=frozenset({5, 6}), out_of_hours="afternoon"),
    Policy(time_zone="Asia/Kolkata", working_days=frozenset(range(7)), opens_at=time(0), closes_at=time(23, 59)),
    Policy(bank_holidays=in_year, working_days=frozenset({2}), closes_at=time(12)),
    Policy(opens_at=time(1, 30), closes_at=time(2, 30), working_days=frozenset(range(7))),  # where clocks change
    Policy(
        bank_holidays=in_year, closures=tuple((date(2026, 12, day), "Closed for Christmas") for day in range(1, 32))
    ),
]
hours = st.sampled_from(POLICIES)
CLOSABLE = [
    date(2022, 9, 20),
    date(2024, 3, 28),
    date(2026, 4, 2),
    date(2026, 12, 29),
    date(2027, 12, 24),
    date(2028, 2, 29),
]


@given(instants, hours)
def test_due_comes_after_receipt_and_in_working_time(received, policy):
    for priority in ("routine", "urgent"):
        due = response_due(priority, received, policy)
        assert due > received
        assert is_open(due, policy) or is_open(due - timedelta(microseconds=1), policy)


@given(instants, hours)
def test_urgent_is_never_later_than_routine_and_start_never_later_than_response(received, policy):
    assert response_due("urgent", received, policy) <= response_due("routine", received, policy)
    for priority in ("routine", "urgent", "emergency"):
        assert start_of_work_due(priority, received, policy) <= response_due(priority, received, policy)


@given(instants)
def test_an_emergency_is_never_later_than_urgent(received):
    assert response_due("emergency", received, ENGLAND) <= response_due("urgent", received, ENGLAND)


@given(instants, instants, hours)
def test_a_later_receipt_is_never_due_earlier(one, other, policy):
    earlier, later = sorted([one, other])
    for priority in ("routine", "urgent", "emergency"):
        assert response_due(priority, earlier, policy) <= response_due(priority, later, policy)
        assert start_of_work_due(priority, earlier, policy) <= start_of_work_due(priority, later, policy)
    for rule in REPLY_RULES:
        assert provider_reply_due(rule, earlier, policy) <= provider_reply_due(rule, later, policy)


@cache
def closed_on(day: date) -> Policy:
    return Policy(bank_holidays=in_year, closures=((day, "Closure"),))


@given(instants, st.sampled_from(CLOSABLE))
def test_another_closure_day_never_makes_anything_earlier(received, day):
    received = received.replace(year=day.year, month=day.month, day=min(day.day, 28))
    closed = closed_on(day)
    for priority in ("routine", "urgent"):
        assert response_due(priority, received, closed) >= response_due(priority, received, ENGLAND)
    for rule in REPLY_RULES:
        assert provider_reply_due(rule, received, closed) >= provider_reply_due(rule, received, ENGLAND)


@given(instants, spans, hours)
def test_adding_working_time_and_measuring_it_agree(begin, span, policy):
    end = add_working(begin, span, policy)

    assert end >= begin
    assert working_between(begin, end, policy) == span


@given(instants, spans, spans, hours)
def test_working_time_may_be_added_in_two_steps(begin, first, second, policy):
    first, second = first + timedelta(microseconds=1), second + timedelta(microseconds=1)

    assert add_working(add_working(begin, first, policy), second, policy) == add_working(begin, first + second, policy)


@given(instants, instants, instants, hours)
def test_working_time_is_measured_without_gaps(one, two, three, policy):
    a, b, c = sorted([one, two, three])

    assert working_between(a, b, policy) + working_between(b, c, policy) == working_between(a, c, policy)
    assert working_between(c, a, policy) == timedelta()


@given(instants, hours, st.sampled_from(["routine", "urgent", "emergency"]))
def test_the_sentence_names_the_due_time_whatever_the_case(received, policy, priority):
    deadline = response(priority, received, policy)
    local = policy.local(deadline.due_at)

    assert deadline.due_at == response_due(priority, received, policy)
    assert f"Due {local:%A} {local.day} {local:%B}" in deadline.sentence
    assert f"{local:%H:%M}" in deadline.sentence


@pytest.mark.parametrize("year", [1950, 2021, 2026, 2190])
def test_an_answer_does_not_depend_on_what_was_asked_before(year):
    asked, fresh = Policy(bank_holidays=in_year), Policy(bank_holidays=in_year)
    received = datetime(year, 6, 5, 15, tzinfo=UTC)
    add_working(datetime(2026, 1, 1, tzinfo=UTC), timedelta(hours=1), asked)
    working_between(datetime(2000, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC), asked)

    assert response_due("urgent", received, asked) == response_due("urgent", received, fresh)
    assert working_between(received, received + timedelta(days=700), asked) == working_between(
        received, received + timedelta(days=700), fresh
    )


@given(instants)
def test_the_same_instant_is_due_the_same_whatever_zone_it_is_written_in(received):
    elsewhere = received.astimezone(ZoneInfo("Pacific/Auckland"))

    assert response_due("urgent", elsewhere, ENGLAND) == response_due("urgent", received, ENGLAND)
    assert start_of_work_due("routine", received.astimezone(ENGLAND.zone), ENGLAND) == start_of_work_due(
        "routine", received, ENGLAND
    )


@given(instants, st.integers(1, 20))
def test_the_nth_working_day_ends_at_closing_on_a_working_day(sent, number):
    closing = ENGLAND.local(closing_of_working_day(number, sent, ENGLAND))

    assert closing.time() == time(17)
    assert ENGLAND.is_working_day(closing.date())


@given(instants)
def test_out_of_hours_is_counted_as_the_next_opening(received):
    opening = next_opening(received, ENGLAND)

    assert counted_as(received, ENGLAND) == opening
    assert is_open(opening, ENGLAND)
    assert (opening == received) == is_open(received, ENGLAND)
    assert response_due("routine", opening, ENGLAND) == response_due("routine", received, ENGLAND)


# -- what chance misses


def at(written: str) -> datetime:
    return ENGLAND.at(date.fromisoformat(written[:10]), time.fromisoformat(written[11:]))


def test_a_local_time_that_occurs_twice_is_the_first():
    assert at("2026-10-25 01:30") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_local_time_that_does_not_exist_moves_forward_by_the_gap():
    moved = ENGLAND.local(at("2026-03-29 01:30"))

    assert f"{moved:%H:%M %Z}" == "02:30 BST"


def test_seventeen_hundred_is_out_of_hours_and_the_last_microsecond_is_not():
    assert not is_open(at("2026-11-03 17:00:00"), ENGLAND)
    assert is_open(at("2026-11-03 16:59:59.999999"), ENGLAND)
    assert is_open(at("2026-11-03 09:00:00"), ENGLAND)


def test_a_span_that_ends_exactly_at_closing_ends_that_day():
    assert add_working(at("2026-11-03 15:00"), timedelta(hours=2), ENGLAND) == at("2026-11-03 17:00")
    assert add_working(at("2026-11-03 09:00"), timedelta(hours=8), ENGLAND) == at("2026-11-03 17:00")
    assert add_working(at("2026-11-02 18:00"), timedelta(hours=8), ENGLAND) == at("2026-11-03 17:00")


@pytest.mark.parametrize(
    ("rule", "sent", "due"),
    [
        ("adults_one_working_day", "2026-11-03 12:30", "2026-11-04 12:30"),
        ("adults_one_working_day", "2026-11-06 16:30", "2026-11-09 16:30"),
        ("adults_one_working_day", "2026-11-07 10:00", "2026-11-10 09:00"),  # out of hours: from the next opening
        ("adults_one_working_day", "2026-11-03 17:00", "2026-11-05 09:00"),
        ("adults_one_working_day", "2026-11-03 07:30", "2026-11-04 09:00"),
        (
            "adults_one_working_day",
            "2026-03-27 16:00",
            "2026-03-30 16:00",
        ),  # the same time of day across a clock change
        ("children_standard", "2026-11-03 10:00", "2026-11-10 17:00"),
        ("children_standard", "2026-11-03 18:00", "2026-11-10 17:00"),
        ("children_standard", "2026-12-21 10:00", "2026-12-30 17:00"),
        ("children_urgent", "2026-11-06 10:00", "2026-11-10 17:00"),
        ("children_urgent", "2026-11-07 10:00", "2026-11-10 17:00"),
    ],
)
def test_providers_have_their_window(rule, sent, due):
    assert provider_reply_due(rule, at(sent), ENGLAND) == at(due)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-06 17:30", "2026-11-09 12:30"),
        ("2026-11-07 10:00", "2026-11-09 12:30"),
        ("2026-11-09 07:30", "2026-11-09 12:30"),
        ("2026-11-09 09:00", "2026-11-09 17:00"),
        ("2026-04-03 10:00", "2026-04-07 12:30"),
    ],
)
def test_a_council_may_count_out_of_hours_as_afternoon(received, due):
    policy = Policy(bank_holidays=in_year, out_of_hours="afternoon")

    assert response_due("routine", at(received), policy) == at(due)


def test_an_instant_without_offset_is_refused():
    with pytest.raises(ValueError, match="needs its offset"):
        response_due("routine", datetime(2026, 11, 3, 10), ENGLAND)


@pytest.mark.parametrize("ask", [start_of_work_due, response_due, response])
def test_an_unknown_priority_is_refused(ask):
    with pytest.raises(ValueError, match="no priority 'soon'"):
        ask("soon", at("2026-11-03 10:00"), ENGLAND)


def test_an_unknown_reply_rule_is_refused():
    with pytest.raises(ValueError, match="no reply rule"):
        provider_reply_due("whenever", at("2026-11-03 10:00"), ENGLAND)


@pytest.mark.parametrize(
    "wrong",
    [
        {"working_days": frozenset()},
        {"working_days": frozenset({7})},
        {"opens_at": time(17)},
        {"out_of_hours": "never"},
    ],
)
def test_a_policy_without_hours_is_refused(wrong):
    with pytest.raises(ValueError):
        Policy(**wrong)


@pytest.mark.parametrize("year", [1850, 2250])
def test_a_year_beyond_the_calendar_is_said_so(year):
    with pytest.raises(OverflowError, match="calendar runs"):
        response_due("routine", datetime(year, 6, 1, tzinfo=UTC), ENGLAND)
