"""When things happened, and what was due when: by the council's own rules, each worked out once."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from random import Random

from brokerage.clocks import calendars, stages, working_time
from brokerage.clocks.working_time import Deadline
from referrals.timing import actions as timing

OUT_OF_HOURS = 0.12  # of what comes in
KEPT = 300_000  # deadlines remembered, so that a million cases stay within bounds


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline with the instants at which it escalates."""

    started_at: datetime
    due_at: datetime
    sentence: str
    rule: str
    calendar: str
    stages: tuple[tuple[str, datetime], ...]


class Moments:
    """Everything is told backwards from one instant, so that the same seed makes the same caseload."""

    def __init__(self, at: datetime):
        self.at = at
        self.policy = calendars.policy()
        self.foretold = lru_cache(KEPT)(self._foretold)
        self.terms = lru_cache(lambda pathway: pathway.terms)
        self._days = lru_cache(KEPT)(self._open_and_close)

    def received(self, chance: Random, *, days_ago: float, within: float, every: int) -> datetime:
        """Some time in so many days, mostly while the service is open, on a grid of minutes."""
        back = days_ago + within * chance.random()
        while True:
            day = (self.at - timedelta(days=back)).date()
            times = self._days(day)
            if times and chance.random() > OUT_OF_HOURS:
                opens, closes = times
                slots = int((closes - opens) / timedelta(minutes=every))
                moment = opens + timedelta(minutes=every * chance.randrange(slots))
            elif not times and chance.random() < 0.8:  # few write on a Sunday
                back += 1
                continue
            else:
                minutes = 7 * 60 + every * chance.randrange(15 * 60 // every)
                moment = datetime.combine(day, datetime.min.time(), self.policy.zone).astimezone(self.at.tzinfo)
                moment += timedelta(minutes=minutes)
            if moment < self.at:
                return moment
            back += 1

    def after(self, moment: datetime, working: timedelta) -> datetime:
        return working_time.add_working(moment, working, self.policy)

    def promised(self, until: datetime, made_at: datetime, plan: str) -> Due:
        deadline = replace(working_time.promised(until, made_at, self.policy), sentence=plan)
        return self._due("routine", deadline)

    def _foretold(self, priority: str, received_at: datetime, pathway) -> tuple[Due, Due]:
        start, response = timing.foretell(priority, at=received_at, terms=self.terms(pathway))
        return self._due(priority, start), self._due(priority, response)

    def _due(self, priority: str, deadline: Deadline) -> Due:
        instants = stages.instants(priority, deadline.counted_from, deadline.due_at, self.policy)
        return Due(
            deadline.counted_from,
            deadline.due_at,
            deadline.sentence,
            deadline.rule,
            deadline.calendar,
            tuple(instants.items()),
        )

    def _open_and_close(self, day) -> tuple[datetime, datetime] | None:
        if not self.policy.is_working_day(day):
            return None
        return self.policy.at(day, self.policy.opens_at), self.policy.at(day, self.policy.closes_at)
