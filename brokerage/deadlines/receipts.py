"""What came in lately, for whoever is about to change how long an answer takes."""

from datetime import datetime

from brokerage.clocks import calendars, clock, previewing

from .models import Clock, Kind

ENOUGH = 200


def latest(limit: int = ENOUGH) -> list[tuple[str, datetime]]:
    """(priority, received at) of the last ones, newest first; where nothing came yet, a week of telling times of day."""
    real = Clock.objects.filter(kind=Kind.START).order_by("-id").values_list("priority", "started_at")[:limit]
    policy = calendars.policy()
    return list(real) or previewing.invented(policy.local(clock.now()).date(), policy)
