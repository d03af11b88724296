"""What those who are told read, and what the history says of it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from brokerage.accounts.models import User
from brokerage.audit.recording import Deed
from brokerage.clocks import saying
from brokerage.clocks.policy import Policy
from brokerage.notify.telling import Letter

from .models import Clock, Escalation, Kind, Priority, Stage, StageName

SINGLY = 5  # more than so many at once for one reader are one letter
RANK = {name: rank for rank, name in enumerate(StageName.values)}
IN_ONE_LETTER = 40  # and of those so many are listed; the queue has them all


@dataclass(frozen=True, slots=True)
class Owed:
    """Somebody is to hear that this clock reached this stage, for this reason."""

    clock: Clock
    stage: str
    why: str


def to(reader: User, owed: list[Owed], *, at: datetime, policy: Policy) -> Iterator[Letter]:
    """One letter a clock; where there are many, one for all. An emergency always has a letter of its own."""
    emergencies = [each for each in owed if each.clock.priority == Priority.EMERGENCY]
    others = [each for each in owed if each.clock.priority != Priority.EMERGENCY]
    many = len(others) > SINGLY
    for each in emergencies if many else owed:
        yield _of_one(reader, each, at=at, policy=policy)
    if many:
        yield _of_many(reader, others, at=at, policy=policy)


def _of_one(reader: User, owed: Owed, *, at: datetime, policy: Policy) -> Letter:
    clock = owed.clock
    what = Kind(clock.kind).label
    return Letter(
        address=reader.email,
        template="clock-escalated",
        case=clock.case,
        about=clock,
        urgent=clock.priority == Priority.EMERGENCY,
        context={
            "initials": clock.initials,
            "reference": clock.case,
            "what": what,
            "headline": f"{what.lower()} {_state(clock, at=at, policy=policy)}",
            "countdown": saying.countdown(clock.due_at, now=at),
            "priority": clock.priority,
            "sentence": clock.sentence,
            "owner": clock.owner.full_name if clock.owner else "",
            "why": owed.why,
        },
    )


def _of_many(reader: User, owed: list[Owed], *, at: datetime, policy: Policy) -> Letter:
    """The worst first, and of those the longest due."""
    owed = sorted(owed, key=lambda each: (-RANK[each.stage], each.clock.due_at, each.clock.pk))
    counted = Counter(each.stage for each in owed)
    listed = owed[:IN_ONE_LETTER]
    return Letter(
        address=reader.email,
        template="clocks-escalated",
        context={
            "how_many": len(owed),
            "counts": saying.listed(
                [f"{counted[stage]} {stage.label.lower()}" for stage in reversed(StageName) if counted[stage]]
            ),
            "groups": [
                (stage.label, [_line(each.clock, at=at, policy=policy) for each in listed if each.stage == stage])
                for stage in reversed(StageName)
                if counted[stage]
            ],
            "more": len(owed) - len(listed),
            "whys": saying.listed(list(dict.fromkeys(each.why for each in owed))),
        },
    )


def _line(clock: Clock, *, at: datetime, policy: Policy) -> str:
    who = " ".join(part for part in (clock.initials, clock.case) if part)
    has_it = f"{clock.owner.full_name} has the case" if clock.owner else "nobody has taken the case yet"
    state = _state(clock, at=at, policy=policy)
    return f"{who}: {Kind(clock.kind).label.lower()} {state}, {clock.priority}; {has_it}"


def deeds(escalations: list[Escalation], *, policy: Policy) -> Iterator[Deed]:
    @cache
    def short(due_at, now):  # at one o'clock half the service is due at one o'clock
        return saying.short(due_at, now=now, zone=policy.zone)

    for escalation in escalations:
        clock, stage = escalation.clock, escalation.stage
        due = short(clock.due_at, escalation.escalated_at)
        said = _said(Kind(clock.kind).label.lower(), stage.name, due, is_due=escalation.escalated_at >= clock.due_at)
        told = f"{said}: told {escalation.told}" if escalation.told else f"{said}: there was nobody to tell"
        yield Deed("clock.escalated", clock, told, case=clock.case, facts={"kind": clock.kind, "stage": stage.name})


def _said(kind: str, stage: str, due: str, *, is_due: bool) -> str:
    what = f"The {kind} clock"
    if stage == StageName.MISSED_FOR_LONG:
        return f"{what} has been missed for long, due {due}"
    if stage == StageName.MISSED:
        return f"{what} was missed, due {due}"
    return f"{what} ran out, {due}" if is_due else f"{what} runs out soon, {due}"


def names(people: dict[User, str]) -> str:
    return saying.listed([user.full_name for user in people]) if people else ""


def _state(clock: Clock, *, at: datetime, policy: Policy) -> str:
    if at < clock.due_at:
        return f"due {saying.short(clock.due_at, now=at, zone=policy.zone)}"
    return saying.countdown(clock.due_at, now=at)


def worst_first(stages: list[Stage]) -> list[Stage]:
    return sorted(stages, key=lambda stage: RANK[stage.name], reverse=True)
