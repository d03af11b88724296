"""When the demonstration's past happened: working mornings before now, so that its clocks tell a true story."""

from datetime import datetime, time, timedelta

from brokerage.clocks import calendars, clock


class Past:
    """A moment that moves on: `with past.later(minutes=20): ...`."""

    def __init__(self, start: datetime):
        self.at = start

    def later(self, **span):
        """The same story, some time later; never in the future."""
        self.at = min(self.at + timedelta(**span), clock.now() - timedelta(seconds=30))
        return clock.telling(self.at)


def working_day(days_ago: int, at: time) -> Past:
    """This time on the n-th working day before today."""
    policy = calendars.policy()
    day = policy.local(clock.now()).date()
    while days_ago:
        day -= timedelta(days=1)
        days_ago -= policy.is_working_day(day)
    return Past(policy.at(day, at))


def ago(**span) -> Past:
    return Past(clock.now() - timedelta(**span))
