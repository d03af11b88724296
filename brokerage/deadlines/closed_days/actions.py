"""Closing the council for a day, with or without moving the clocks that run, and taking that back."""

from collections import defaultdict
from datetime import date

from django.db import transaction

from brokerage.accounts.models import Role, User
from brokerage.audit.recording import record
from brokerage.clocks import calendars, clock, saying
from brokerage.council import settings
from brokerage.council.models import ClosureDay
from brokerage.deadlines.models import Kind, Moved
from brokerage.errors import NotAllowed, Refused
from brokerage.notify.telling import Letter, tell_many

from . import moving, rules

LISTED = 40


@transaction.atomic
def close_on(on: date, *, name: str, move_clocks: bool, by) -> tuple[ClosureDay, int]:
    """We are closed on this day. Clocks that start from now on skip it; those that run move only when that is asked for."""
    if reason := rules.reason_not_to_close(by):
        raise NotAllowed(reason)
    policy, name = calendars.policy(), name.strip()
    if reason := rules.reason_not_to_add(on, today=today(), working_days=policy.working_days):
        raise Refused(reason)
    if not name:
        raise Refused("Enter why we are closed.")
    closure, created = ClosureDay.objects.get_or_create(on=on, defaults={"name": name})
    if not created:
        raise Refused(f"We are closed on {saying.full_day(on, year=True)} already: {closure.name}.")
    last = Moved.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    moved = moving.move(on, name, by=by) if move_clocks else 0
    said = f"Closed on {saying.full_day(on, year=True)}: {name}"
    clocks = (
        f"{moved} running clock{'' if moved == 1 else 's'} moved"
        if move_clocks
        else "Running clocks were left as they are"
    )
    record("closure.added", closure, by=by, said=said, because=clocks, on=on.isoformat(), moved=moved)
    if moved:
        _tell_those_concerned(last, said, by=by)
    _read_afresh()
    return closure, moved


@transaction.atomic
def open_again(closure, *, by) -> None:
    """We are not closed then after all. Deadlines that were worked out with it stay: nothing becomes due earlier than was said."""
    closure = ClosureDay.objects.select_for_update().get(pk=closure.pk)
    if reason := rules.reason_not_to_close(by):
        raise NotAllowed(reason)
    if reason := rules.reason_not_to_remove(closure, today=today()):
        raise Refused(reason)
    said = f"Open on {saying.full_day(closure.on, year=True)} after all: {closure.name}"
    record("closure.removed", closure, by=by, said=said, on=closure.on.isoformat())
    closure.delete()
    _read_afresh()


def today() -> date:
    return calendars.policy().local(clock.now()).date()


def _read_afresh() -> None:
    settings.forget()
    transaction.on_commit(settings.forget)


def _tell_those_concerned(last: int, said: str, *, by) -> None:
    """One letter to each owner with all that moved of theirs; to the duty brokers what nobody has taken yet."""
    concerned, counts = defaultdict(list), defaultdict(int)
    rows = Moved.objects.filter(pk__gt=last).order_by("due_after", "pk")
    duty = defaultdict(list)
    for user in User.objects.with_role(Role.DUTY_BROKER).prefetch_related("teams"):
        for team in user.teams.all():
            duty[team.pk].append(user.pk)
    facts = (
        "clock__owner_id",
        "clock__team_id",
        "clock__case",
        "clock__initials",
        "clock__kind",
        "due_before",
        "due_after",
    )
    for owner_id, team_id, *line in rows.values_list(*facts).iterator(chunk_size=5000):
        for reader in [owner_id] if owner_id else duty[team_id]:
            counts[reader] += 1
            if counts[reader] <= LISTED:
                concerned[reader].append(line)
    readers = User.objects.active().in_bulk(concerned)
    tell_many(
        Letter(
            address=readers[pk].email,
            template="clocks-moved",
            context={
                "name": readers[pk].full_name,
                "said": said,
                "by": by.full_name,
                "how_many": counts[pk],
                "lines": [_in_words(*line) for line in lines],
                "more": counts[pk] - len(lines),
            },
        )
        for pk, lines in sorted(concerned.items())
        if pk in readers
    )


def _in_words(case, initials, kind, due_before, due_after) -> str:
    now, zone = clock.now(), calendars.policy().zone
    before, after = (saying.short(due, now=now, zone=zone) for due in (due_before, due_after))
    return f"{case} ({initials}), {Kind(kind).label.lower()}: was due {before}, now {after}"
