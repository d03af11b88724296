"""Who may put a question to panel, who may decide it, and why not."""

from brokerage.accounts.models import Role
from brokerage.design.doors import either
from placements.choosing.rules import reason_offer_no_longer_stands
from placements.panel.models import DECIDES, SubmissionStatus
from referrals.agreements.models import AgreementKind, AgreementStatus
from referrals.agreements.rules import search_agreement
from referrals.documents.rules import reason_papers_missing
from referrals.intake.models import Stage
from referrals.work.rules import reason_not_to_work_on

RANKS = {  # who agrees a search that panel does not see: those of the rank and above (MED-15)
    "team_manager": {Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE, Role.ASSISTANT_DIRECTOR},
    "head_of_service": {Role.HEAD_OF_SERVICE, Role.ASSISTANT_DIRECTOR},
}
CHOOSE_FIRST = "Record the person’s choice first: panel agrees to one offer."


def reason_not_to_ask_to_search(referral, user) -> str | None:
    if reason := _reason_not_to_ask(referral, user):
        return reason
    if not referral.pathway.terms.agreement_to_search:
        return f"{referral.pathway.name} needs no agreement to search."
    agreement = search_agreement(referral)
    if agreement and agreement.status == AgreementStatus.GRANTED:
        return f"Panel already agreed the search for {referral.reference}."
    if referral.submissions.filter(status=SubmissionStatus.AT_PANEL, agreement__kind=AgreementKind.SEARCH).exists():
        return f"{referral.reference} is already with panel."
    return reason_papers_missing(referral)


def reason_not_to_ask_to_pay(referral, user, *, reply, price) -> str | None:
    if reason := _reason_not_to_ask(referral, user):
        return reason
    if not referral.choices.filter(reply=reply, is_current=True).exists():
        return CHOOSE_FIRST
    if reason := reason_offer_no_longer_stands(reply):
        return f"{reason} Record the person’s choice again."
    if price.contracted_weekly is not None and price.weekly <= price.contracted_weekly:
        return "This price is within the contracted rate, so panel need not see it."
    if referral.pathway.terms.negotiate_first:
        negotiation = getattr(reply, "negotiation", None)
        if negotiation is None or negotiation.status == "open":
            return "Negotiate the price and record how it ended before it goes to panel."  # MED-11
    if referral.submissions.filter(status=SubmissionStatus.AT_PANEL, agreement__kind=AgreementKind.ABOVE_RATE).exists():
        return f"{referral.reference} is already with panel."
    return None


def reason_not_to_decide(submission, user) -> str | None:
    if not user.has_role(*DECIDES):
        return "Only a panel chair or a manager can record panel’s decision."
    if not user.teams.filter(pk=submission.referral.team_id).exists():
        return f"{submission.referral.reference} belongs to another team."
    referral = submission.referral
    if user.pk in {
        submission.proposed_by_id,
        submission.broker_id_then,
        submission.referrer_id_then,
        submission.coordinator_id_then,
        referral.broker_id,
        referral.referred_by_id,
        referral.coordinator_id,
    }:
        return f"You have a part in {referral.reference}, so somebody else must decide it."
    if reason := _reason_of_rank(submission, user):
        return reason
    if submission.status != SubmissionStatus.AT_PANEL:
        return f"Panel has already decided this: {submission.get_status_display().lower()}."
    return None


def _reason_of_rank(submission, user) -> str | None:
    """Some searches are agreed by a manager of a rank and not by panel: a block bed, a general respite bed (MED-15)."""
    if submission.agreement.kind != AgreementKind.SEARCH:
        return None
    ranks = RANKS.get(submission.referral.pathway.terms.search_agreed_by)
    if ranks and not user.has_role(*ranks):
        return f"Only {either(ranks)} can agree this search."
    return None


def _reason_not_to_ask(referral, user) -> str | None:
    if reason := reason_not_to_work_on(referral, user):
        return reason
    if referral.status != Stage.IN_PROGRESS:
        return f"{referral.reference} is {referral.get_status_display().lower()}, so it cannot go to panel."
    return None
