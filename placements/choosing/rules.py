from brokerage.clocks import clock
from referrals.intake.models import Stage
from referrals.work.rules import reason_not_to_work_on


def reason_not_to_choose(referral, user) -> str | None:
    if reason := reason_not_to_work_on(referral, user):
        return reason
    if referral.status != Stage.IN_PROGRESS:
        return f"{referral.reference} is {referral.get_status_display().lower()}, so no choice can be recorded."
    return None


def reason_not_to_choose_offer(referral, reply, user, *, at) -> str | None:
    if reason := reason_not_to_choose(referral, user):
        return reason
    if reply.invitation.enquiry.referral_id != referral.pk or reply.rate is None:
        return "Select one of the offers made for this person."
    if reason := _reason_sealed(reply, at=at) or reason_offer_no_longer_stands(reply):
        return reason
    if reply.is_late:
        return "This offer came after the deadline. It counts only if the deadline is extended for everyone."
    return None


def reason_not_to_negotiate(reply, user) -> str | None:
    referral = reply.invitation.enquiry.referral
    if reason := reason_not_to_work_on(referral, user):
        return reason
    if referral.status != Stage.IN_PROGRESS:
        return f"{referral.reference} is {referral.get_status_display().lower()}, so its price is not talked about now."
    if reply.rate is None:
        return f"{reply.invitation.service_name} offered no price to talk about."
    if reason := _reason_sealed(reply, at=clock.now()) or reason_offer_no_longer_stands(reply):
        return reason
    negotiation = getattr(reply, "negotiation", None)
    if negotiation and negotiation.status != "open":
        return f"The negotiation with {reply.invitation.service_name} has ended."
    return None


def reason_offer_no_longer_stands(reply) -> str | None:
    """Asked again at every step after the choice: providers may change their minds, or say that it was not them."""
    invitation = reply.invitation
    if invitation.enquiry.status == "withdrawn":
        return f"{invitation.enquiry.number} was withdrawn, so its offers no longer stand."
    if not reply.is_current:
        return f"{invitation.service_name} has changed its reply or taken it back, so this offer no longer stands."
    return None


def _reason_sealed(reply, *, at) -> str | None:
    enquiry = reply.invitation.enquiry
    if (
        enquiry.status == "withdrawn"
        or enquiry.open_from_start
        or enquiry.status == "closed"
        or enquiry.closes_at <= at
    ):
        return None
    return f"Offers to {enquiry.number} are sealed until they close."
