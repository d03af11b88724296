"""Which running clocks a new closure day would move, where to, and moving them."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import Max

from brokerage.clocks import calendars, clock, saying
from brokerage.clocks.policy import Policy
from brokerage.deadlines.models import Clock, Kind, Moved

from . import sql

SHOWN = 50
ONE_DAY = timedelta(days=1)
AFTERWARDS: list[Callable[[list[int]], None]] = []


def afterwards(do: Callable[[int], None]) -> None:
    """What a later stage shows anew when clocks have moved, in the same transaction: given the last `Moved` before them."""
    AFTERWARDS.append(do)


@dataclass(frozen=True)
class Effect:
    """What a closure day would do: how many clocks it moves, and the first of them, each with `due_again`."""

    on: date
    count: int
    first: list[Clock]

    @property
    def more(self) -> int:
        return self.count - len(self.first)


def effect(on: date, name: str) -> Effect:
    params = _params(on, name, at=clock.now())
    if params is None:
        return Effect(on, 0, [])
    with connection.cursor() as cursor:
        cursor.execute(sql.COUNT, params)
        count, _ = cursor.fetchone()
    return Effect(on, count, list(Clock.objects.raw(sql.FIRST, params | {"limit": SHOWN})))


def move(on: date, name: str, *, by) -> int:
    """Move them all. Returns how many; their lines in the ledger are those after the last there was."""
    params = _params(on, name, at=clock.now())
    if params is None:
        return 0
    params |= {
        "by": by.pk,
        "by_name": by.full_name,
        "because": f"We are closed on {saying.full_day(on)} ({name})",
        "moved": f" Moved: we are closed on {saying.full_day(on)} ({name}). Due ",
        "kinds": json.dumps(dict(Kind.choices)),
        "since": Moved.objects.aggregate(last=Max("pk"))["last"] or 0,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.HOLD, params)
        cursor.execute(sql.NOTE, params)
        count = cursor.rowcount
        for statement in (sql.MOVE, sql.MOVE_STAGES, sql.RECORD):
            cursor.execute(statement, params)
    for do in AFTERWARDS:
        do(params["since"])
    return count


def days_again(on: date, until: date, before: Policy, after: Policy) -> tuple[list[date], list[date]]:
    """Each working day from this one on as it was, and the one that takes its place."""
    old, new, day = [], [], on
    while day <= until or len(new) < len(old):
        if before.is_working_day(day) and day <= until:
            old.append(day)
        if after.is_working_day(day):
            new.append(day)
        day += ONE_DAY
    return old, new[: len(old)]


def _params(on: date, name: str, *, at: datetime) -> dict | None:
    """None where the day is no working day: then nothing moves."""
    policy = calendars.policy()
    closures = tuple((day, words) for day, words in policy.closures if day != on)
    before, after = replace(policy, closures=closures), replace(policy, closures=(*closures, (on, name)))
    last = Clock.objects.ticking().aggregate(last=Max("due_at"))["last"]
    from_at = policy.at(on, time.min)
    if not before.is_working_day(on) or last is None or last < from_at:
        return None
    # a stage may stand some working days beyond its clock's deadline
    old, new = days_again(on, policy.local(last).date() + 14 * ONE_DAY, before, after)
    return {
        "now": at,
        "from_at": from_at,
        "closed_on": on,
        "zone": policy.time_zone,
        "old_days": old,
        "new_days": new,
    }
