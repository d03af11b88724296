"""The rota as arithmetic: when the service is closed, and which of those hours nobody covers. No database, no "now"."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from brokerage.clocks.policy import Policy

Stretch = tuple[datetime, datetime]


@dataclass
class Day:
    on: date
    shifts: list = field(default_factory=list)  # those that begin on it, or run into the first
    gaps: list[Stretch] = field(default_factory=list)


def closed(begin: datetime, end: datetime, policy: Policy) -> list[Stretch]:
    """Every stretch in which the service is closed, in order."""
    day, last = policy.local(begin).date() - timedelta(days=1), policy.local(end).date()
    opened = []
    while day <= last:
        if policy.is_working_day(day):
            opened.append((policy.at(day, policy.opens_at), policy.at(day, policy.closes_at)))
        day += timedelta(days=1)
    return without([(begin, end)], opened)


def without(stretches: Iterable[Stretch], covered: Iterable[Stretch]) -> list[Stretch]:
    """What is left of some stretches of time where others are taken out of them."""
    left = list(stretches)
    for taken_from, taken_until in sorted(covered):
        rest = []
        for begin, end in left:
            if taken_until <= begin or end <= taken_from:
                rest.append((begin, end))
                continue
            if begin < taken_from:
                rest.append((begin, taken_from))
            if taken_until < end:
                rest.append((taken_until, end))
        left = rest
    return left


def days_of(begin: datetime, number: int, shifts, gaps: list[Stretch], policy: Policy) -> list[Day]:
    """So many days from this one on, each with the shifts and the gaps that begin on it."""
    first = policy.local(begin).date()
    days = {first + timedelta(days=count): Day(first + timedelta(days=count)) for count in range(number)}
    for shift in shifts:
        if day := days.get(max(policy.local(shift.from_at).date(), first)):
            day.shifts.append(shift)
    for gap in gaps:
        days[policy.local(gap[0]).date()].gaps.append(gap)
    return list(days.values())


def a_week_on(instant: datetime, policy: Policy, *, weeks: int = 1) -> datetime:
    """The same time by the clock on the wall, whatever the clocks did in between."""
    local = policy.local(instant)
    return policy.at(local.date() + timedelta(weeks=weeks), local.time())


def midnight(day: date, policy: Policy) -> datetime:
    return policy.at(day, time(0))
