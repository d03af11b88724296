"""Whether a referral has the approval without which brokerage does not take it up."""

from referrals.approval.models import PLANS, Approval, ApprovedBy
from referrals.playscheme import rules as playscheme


def approval_of(referral) -> Approval | None:
    return getattr(referral, "approval", None)


def kinds_allowed(referral) -> list[ApprovedBy]:
    """What its pathway asks for; a case that cannot wait may have its plan's approval in place of panel's (LEI-13)."""
    asked = referral.pathway.terms.approval
    if asked == "line_manager" or (asked and playscheme.comes_without_panel(referral)):
        return [ApprovedBy.LINE_MANAGER]
    return [ApprovedBy.RESOURCE_PANEL, *(PLANS if referral.cannot_wait else ())] if asked else []


def reason_not_approved(referral) -> str | None:
    """A sentence for whoever fills it in."""
    kinds, approval = kinds_allowed(referral), approval_of(referral)
    if not kinds:
        return None
    if approval is None:
        day = "the day it was agreed" if kinds == [ApprovedBy.LINE_MANAGER] else "panel’s date"
        return f"Enter the manager’s approval: name, date and {day}"
    if approval.approved_by in kinds:
        return None
    if approval.approved_by in PLANS:
        return "Enter the date on which the Resource Allocation Panel approved it: it is not marked as urgent"
    return "Enter the manager’s approval again: this kind of referral needs another"


def reason_not_to_take_up(referral) -> str | None:
    """Asked again before any provider hears of it, whichever way the case came (LEI-02, LEI-03, MED-12)."""
    if reason := reason_not_approved(referral):
        return f"{referral.reference} is not approved yet. {reason}."
    return None
