"""Thousands of receipts, some spread evenly and some aimed at the edges, against an oracle that walks the minutes."""

import random
from datetime import UTC, date, datetime, time, timedelta

import pytest

from brokerage.clocks.tests import oracle
from brokerage.clocks.tests.england import BANK_HOLIDAYS, ENGLAND
from brokerage.clocks.working_time import PRIORITIES, REPLY_RULES, provider_reply_due, response_due, start_of_work_due

FIRST, LAST = datetime(2022, 1, 4, tzinfo=UTC), datetime(2028, 11, 30, tzinfo=UTC)
EDGES = [
    time(0),
    time(1),
    time(1, 30),
    time(2),
    time(9),
    time(10, 30),
    time(12),
    time(12, 30),
    time(13),
    time(16, 30),
    time(17),
]
CLOCK_CHANGES = [
    date(2022, 3, 27),
    date(2022, 10, 30),
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2028, 3, 26),
    date(2028, 10, 29),
]
NUDGES = [timedelta(seconds=seconds) for seconds in (-60, -1, 0, 0, 1, 60)] + [timedelta(microseconds=-1)]


def spread_evenly(chance, count):
    seconds = int((LAST - FIRST).total_seconds())
    return [FIRST + timedelta(seconds=chance.randrange(seconds)) for _ in range(count)]


def aimed_at_edges(chance, count):
    """Near holidays, weekends and clock changes; on, just before and just after the times at which a rule turns."""
    days = [day for day in BANK_HOLIDAYS if FIRST.date() < day < LAST.date()] + CLOCK_CHANGES * 3
    receipts = []
    for _ in range(count):
        day = chance.choice(days) + timedelta(days=chance.randint(-4, 2))
        local = datetime.combine(day, chance.choice(EDGES), oracle.ZONE).replace(fold=chance.randint(0, 1))
        receipts.append(local.astimezone(UTC) + chance.choice(NUDGES))
    return receipts


def differences(receipts, policy=ENGLAND):
    found = []
    for received in receipts:
        for priority in PRIORITIES:
            pairs = {
                "response": (response_due(priority, received, policy), oracle.response(priority, received)),
                "start": (start_of_work_due(priority, received, policy), oracle.start(priority, received)),
            }
            found += [(what, priority, received, *pair) for what, pair in pairs.items() if pair[0] != pair[1]]
        for rule in REPLY_RULES:
            ours, theirs = provider_reply_due(rule, received, policy), oracle.reply(rule, received)
            found += [("reply", rule, received, ours, theirs)] * (ours != theirs)
    return found


# DER-04, DER-07, DER-08, DER-09
def test_ten_thousand_receipts_agree_with_the_oracle():
    chance = random.Random(2026)

    assert differences(spread_evenly(chance, 6_000) + aimed_at_edges(chance, 4_000)) == []


@pytest.mark.soak
def test_twenty_five_thousand_receipts_agree_with_the_oracle():
    chance = random.Random()

    assert differences(spread_evenly(chance, 20_000) + aimed_at_edges(chance, 5_000)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"bank_holidays": lambda year: {}},
        {
            "bank_holidays": lambda year: {
                day: "" for day in BANK_HOLIDAYS if day.year == year and day != date(2022, 9, 19)
            }
        },
        {"time_zone": "UTC"},
        {"morning_ends_at": time(12, 0, 1)},
        {"opens_at": time(8, 59)},
        {"out_of_hours": "afternoon"},
        {"working_days": frozenset(range(6))},
    ],
    ids=["no holidays", "no state funeral", "UTC", "noon is morning", "opens early", "afternoon", "Saturdays"],
)
def test_the_oracle_would_notice_a_wrong_policy(wrong):
    chance = random.Random(7)
    policy = type(ENGLAND)(**{"bank_holidays": ENGLAND.bank_holidays, **wrong})

    assert differences(aimed_at_edges(chance, 1_500), policy)
