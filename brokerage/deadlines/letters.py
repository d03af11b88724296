"""What those who are told read, and what the history says of it."""

from datetime import datetime

from brokerage.accounts.models import User
from brokerage.audit.recording import Deed
from brokerage.clocks import saying
from brokerage.clocks.policy import Policy
from brokerage.notify.telling import Letter

from .models import Clock, Escalation, Priority, Stage, StageName


def letter(clock: Clock, reader: User, why: str, *, at: datetime, policy: Policy) -> Letter:
    what = clock.get_kind_display()
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
            "why": why,
        },
    )


def deed(escalation: Escalation, *, policy: Policy) -> Deed:
    clock, stage = escalation.clock, escalation.stage
    due = saying.short(clock.due_at, now=escalation.escalated_at, zone=policy.zone)
    what = f"The {clock.get_kind_display().lower()} clock"
    soon = f"{what} runs out soon, {due}" if escalation.escalated_at < clock.due_at else f"{what} ran out, {due}"
    said = {
        StageName.DUE_SOON: soon,
        StageName.MISSED: f"{what} was missed, due {due}",
        StageName.MISSED_FOR_LONG: f"{what} has been missed for long, due {due}",
    }[stage.name]
    told = f"{said}: told {escalation.told}" if escalation.told else f"{said}: there was nobody to tell"
    return Deed("clock.escalated", clock, told, case=clock.case, facts={"kind": clock.kind, "stage": stage.name})


def names(people: dict[User, str]) -> str:
    return saying.listed([user.full_name for user in people]) if people else ""


def _state(clock: Clock, *, at: datetime, policy: Policy) -> str:
    if at < clock.due_at:
        return f"due {saying.short(clock.due_at, now=at, zone=policy.zone)}"
    return saying.countdown(clock.due_at, now=at)


def worst_first(stages: list[Stage]) -> list[Stage]:
    return sorted(stages, key=lambda stage: StageName.values.index(stage.name), reverse=True)
