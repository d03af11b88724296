"""What is due is escalated: once for each clock and stage, whoever sweeps, however often, and after however long."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import prefetch_related_objects

from brokerage.accounts.models import User
from brokerage.audit.recording import record_many
from brokerage.clocks import calendars
from brokerage.notify.telling import tell_many

from . import letters
from .letters import Owed
from .models import Escalation, Stage
from .recipients import Line

logger = logging.getLogger(__name__)

CLOCKS_AT_ONCE = 1000
NOT_JUST_ONE = 20  # so many failures are no accident of one clock


class _Stuck(Exception):
    def __init__(self, stages: list[Stage]):
        super().__init__(stages)
        self.clock_ids = {stage.clock_id for stage in stages}


MARKS: list[Callable[[list[Escalation]], None]] = []


def mark_with(do: Callable[[list[Escalation]], None]) -> None:
    """What a later stage marks when clocks escalate, in the same transaction: once for all of them, by the set."""
    MARKS.append(do)


def escalate_due(*, at: datetime) -> int:
    """Escalate whatever is due, by the set. One that cannot be escalated holds up no other, and is tried again."""
    escalated, leaving, at_once = 0, set(), CLOCKS_AT_ONCE
    while True:
        try:
            done = _escalate_some(at=at, clocks=at_once, leaving=leaving)
        except _Stuck as stuck:
            if at_once > 1:
                at_once = 1  # one of these is at fault: go on one by one and find which
                continue
            logger.exception("Clock %s cannot be escalated.", *stuck.clock_ids)
            if len(leaving) >= NOT_JUST_ONE:
                raise
            leaving |= stuck.clock_ids
            continue
        escalated += len(done)
        if len({stage.clock_id for stage in done}) < at_once:
            return escalated


@transaction.atomic
def _escalate_some(*, at: datetime, clocks: int, leaving: set[int]) -> list[Stage]:
    claimed = Stage.objects.claim(at=at, clocks=clocks, leaving=leaving)
    if claimed:
        try:
            _escalate(claimed, at=at)
        except Exception as error:
            raise _Stuck(claimed) from error
    return claimed


def _escalate(claimed: list[Stage], *, at: datetime) -> None:
    line, policy = Line(at), calendars.policy()
    # each clock's owner and team, of whom there are few, are read once and not once for every clock
    prefetch_related_objects(list({stage.clock for stage in claimed}), "owner", "team")
    escalations, owed = [], {}
    heard: dict[tuple, tuple[dict[User, str], str]] = {}  # who hears of clocks alike, asked once for all of them
    for stage in letters.worst_first(claimed):
        clock = stage.clock
        alike = (stage.name, clock.kind, clock.priority, clock.team_id, clock.owner_id)
        if alike not in heard:
            to_tell = line.to_tell(stage.name, clock)
            heard[alike] = (to_tell, letters.names(to_tell))
        told, names = heard[alike]
        escalations.append(Escalation(clock=clock, stage=stage, escalated_at=at, told=names))
        for reader, why in told.items():  # after a silence several stages come at once: each reader hears of the worst
            owed.setdefault(reader, {}).setdefault(clock.pk, Owed(clock, stage.name, why))
        if not told:
            logger.error("Nobody could be told that a clock reached a stage: stage %s.", stage.pk)
    escalations.reverse()
    Escalation.objects.bulk_create(escalations)
    record_many(letters.deeds(escalations, policy=policy), by=None)
    tell_many(
        letter
        for reader, lines in owed.items()
        for letter in letters.to(reader, [*lines.values()], at=at, policy=policy)
    )
    for mark in MARKS:
        mark(escalations)
