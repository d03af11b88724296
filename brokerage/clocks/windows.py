"""Every working window of some years, worked out once, so that a deadline is two bisections and no calendar walk.

Windows are instants in UTC: clock changes are inside the table, and the arithmetic on it need not know of them.
"""

from bisect import bisect_left, bisect_right
from datetime import date, datetime, timedelta

ONE_DAY = timedelta(days=1)


class Windows:
    """For the n-th working day: when it opens, closes, its morning ends, and its answers to an afternoon are due.

    `after[n]` is the working time from the start of the table to the n-th closing; `bases[n]` is the n-th opening less
    the working time before it, so that `instant - bases[n]` counts from the start of the table, and `bases[n] + count`
    leads back.
    """

    __slots__ = ("after", "answers", "bases", "closes", "days", "first_year", "last_year", "mornings_end", "opens")

    def __init__(self, policy, first_year: int, last_year: int):
        self.first_year, self.last_year = first_year, last_year
        self.days, self.opens, self.closes, self.mornings_end, self.answers = ([], [], [], [], [])
        self.bases, self.after = [], []
        answer_at = min(max(policy.afternoon_answer_at, policy.opens_at), policy.closes_at)
        worked = timedelta()
        day, end = date(first_year, 1, 1), date(last_year, 12, 31)
        while day <= end:
            if policy.is_working_day(day):
                opens, closes = (policy.at(day, policy.opens_at), policy.at(day, policy.closes_at))
                if opens < closes:  # a clock change can swallow a very short day
                    self.days.append(day)
                    self.opens.append(opens)
                    self.closes.append(closes)
                    self.mornings_end.append(policy.at(day, policy.morning_ends_at))
                    self.answers.append(policy.at(day, answer_at))
                    self.bases.append(opens - worked)
                    worked += closes - opens
                    self.after.append(worked)
            day += ONE_DAY

    def last_opened(self, instant: datetime) -> int:
        """The index of the window that opened last, whether or not it has closed.

        Raises:
            BeforeTable: the table has to begin earlier.
            IndexError: the table has to reach further, as everywhere here.
        """
        index = bisect_right(self.opens, instant) - 1
        if index < 0:
            raise BeforeTable
        if instant > self.closes[-1]:
            raise IndexError
        return index

    def next_day(self, day: date) -> int:
        """The index of the first working day after this day, working day or not."""
        return bisect_right(self.days, day)

    def worked_until(self, instant: datetime) -> timedelta:
        index = self.last_opened(instant)
        return min(instant, self.closes[index]) - self.bases[index]

    def when_worked(self, worked: timedelta) -> datetime:
        """The first instant by which so much working time has passed: the closing, where it ends exactly there."""
        index = bisect_left(self.after, worked)
        return self.bases[index] + worked


class BeforeTable(LookupError):
    """The table has to begin earlier."""
