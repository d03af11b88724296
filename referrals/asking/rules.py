"""Who may take, ring and answer a request to be rung, and why not."""

from referrals.asking.models import Outcome, Status
from referrals.work.rules import WORKS_CASES

TRIES = 3  # unanswered, before somebody may be written to instead


def reason_not_to_work_on_call(call, user) -> str | None:
    if not user.has_role(*WORKS_CASES):
        return "Only a broker can do this."
    if not user.is_in_team(call.team_id):
        return f"{call.reference} belongs to another team."
    if call.status == Status.ANSWERED:
        return f"{call.answered_by.full_name} answered {call.reference}: {call.get_outcome_display().lower()}."
    return None


def reason_not_to_take(call, user) -> str | None:
    if reason := reason_not_to_work_on_call(call, user):
        return reason
    if call.status == Status.TAKEN:
        if call.taken_by_id == user.pk:
            return f"You have already taken {call.reference}."
        return f"{call.taken_by.full_name} already took {call.reference}."
    return None


def reason_not_to_ring(call, user) -> str | None:
    """Whoever took it rings, notes each try and answers it."""
    if reason := reason_not_to_work_on_call(call, user):
        return reason
    if call.status == Status.NEW:
        return f"Take {call.reference} first, so that nobody else rings too."
    if call.taken_by_id != user.pk:
        return f"{call.taken_by.full_name} took {call.reference}. Ask them to put it back first."
    return None


def reason_not_to_put_back(call, user) -> str | None:
    """A call taken by somebody who is away is put back by a colleague."""
    if reason := reason_not_to_work_on_call(call, user):
        return reason
    return f"Nobody has taken {call.reference}." if call.status == Status.NEW else None


def reason_not_to_end_so(call, outcome: str) -> str | None:
    """Each request is answered; that somebody cannot be reached is no answer before three tries (GRN-04)."""
    tried = call.attempts.count()
    if outcome == Outcome.UNREACHABLE and tried < TRIES:
        left = TRIES - tried
        return f"Try {left} more time{'' if left == 1 else 's'} before you write that they could not be reached."
    return None
