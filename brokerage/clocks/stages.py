"""When a clock escalates: due soon, missed, missed for long. Pure arithmetic, worked out once when the clock starts."""

from datetime import datetime, timedelta

from brokerage.clocks import pausing
from brokerage.clocks.working_time import EMERGENCY, URGENT, Policy, add_working, working_between

DUE_SOON, MISSED, MISSED_FOR_LONG = STAGES = ("due_soon", "missed", "missed_for_long")
EMERGENCY_MARGIN = timedelta(minutes=15)
LONG = {URGENT: timedelta(hours=1)}
LONG_OTHERWISE = timedelta(hours=2)


def instants(priority: str, started_at: datetime, due_at: datetime, policy: Policy) -> dict[str, datetime]:
    if priority == EMERGENCY:  # elapsed time throughout
        soon, long = (max(started_at, due_at - EMERGENCY_MARGIN), due_at + EMERGENCY_MARGIN)
    else:
        soon = _three_quarters(started_at, due_at, policy)
        long = add_working(due_at, LONG.get(priority, LONG_OTHERWISE), policy)
    return {DUE_SOON: soon, MISSED: due_at, MISSED_FOR_LONG: long}


def _three_quarters(started_at: datetime, due_at: datetime, policy: Policy) -> datetime:
    """When a quarter of the working span is left; of the elapsed span, where none of it is working time."""
    working = working_between(started_at, due_at, policy)
    if not working:
        return started_at + (due_at - started_at) * 3 / 4
    return add_working(started_at, working * 3 / 4, policy)


def after_pause(
    waiting: dict[str, datetime],
    *,
    paused_at: datetime,
    ended_at: datetime,
    due_before: datetime,
    due_after: datetime,
    policy: Policy,
    elapsed: bool = False,
) -> dict[str, datetime]:
    """The stages that had not come when a clock was paused, each given back what was left until it."""
    again = {}
    for name, due_at in waiting.items():
        if due_at == due_before:
            again[name] = due_after
            continue
        unspent = pausing.left(due_at, paused_at, policy, elapsed=elapsed)
        moved = pausing.due_again(due_at, paused_at, ended_at, unspent, policy, elapsed=elapsed)
        again[name] = min(moved, due_after) if due_at < due_before else max(moved, due_after)
    return again
