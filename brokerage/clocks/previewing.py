"""What a change to the hours, the calendar or a rule would do to receipts like those there were. Pure; it moves nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from brokerage.clocks.policy import Policy
from brokerage.clocks.response_rules import Rules, response_due, start_due
from brokerage.clocks.working_time import PRIORITIES, START_WITHIN

TIMES_OF_DAY = (time(7, 30), time(9), time(10, 15), time(11, 59), time(12), time(14), time(15, 30), time(16, 45))
TIMES_OF_DAY += (time(17), time(21))


@dataclass(frozen=True)
class Terms:
    """How a deadline is worked out: the council's hours and calendar, a pathway's rules, how soon work starts."""

    policy: Policy
    rules: Rules | None = None
    start_within: timedelta = START_WITHIN

    def due(self, priority: str, received_at: datetime) -> tuple[datetime, datetime]:
        start = start_due(priority, received_at, self.policy, self.rules, self.start_within)
        return start, response_due(priority, received_at, self.policy, self.rules)


@dataclass(frozen=True)
class Effect:
    """One receipt under both."""

    priority: str
    received_at: datetime
    start_before: datetime
    start_after: datetime
    response_before: datetime
    response_after: datetime

    @property
    def start_moves(self) -> bool:
        return self.start_before != self.start_after

    @property
    def response_moves(self) -> bool:
        return self.response_before != self.response_after

    @property
    def moves(self) -> bool:
        return self.start_moves or self.response_moves


def effect(before: Terms | Policy, after: Terms | Policy, receipts: Iterable[tuple[str, datetime]]) -> list[Effect]:
    """Each receipt (priority, received_at) as it would be due under both, in the order they came."""
    before, after = (each if isinstance(each, Terms) else Terms(each) for each in (before, after))
    rows = []
    for priority, received_at in receipts:
        (start_before, response_before), (start_after, response_after) = (
            terms.due(priority, received_at) for terms in (before, after)
        )
        rows.append(Effect(priority, received_at, start_before, start_after, response_before, response_after))
    return rows


def invented(day: date, policy: Policy, *, days: int = 7) -> list[tuple[str, datetime]]:
    """Receipts at telling times of day for a week from this day on: for a council that has had none yet."""
    return [
        (priority, policy.at(day + timedelta(days=number), face))
        for number in range(days)
        for face in TIMES_OF_DAY
        for priority in PRIORITIES
    ]
