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
    enquiry = reply.invitation.enquiry
    if enquiry.referral_id != referral.pk or reply.kind == "no" or not reply.is_current:
        return "Select one of the offers made for this person."
    if not (enquiry.open_from_start or enquiry.status == "closed" or enquiry.closes_at <= at):
        return f"Offers to {enquiry.number} are sealed until they close."
    if enquiry.status == "withdrawn":
        return f"{enquiry.number} was withdrawn, so its offers no longer stand."
    if reply.is_late:
        return "This offer came after the deadline. It counts only if the deadline is extended for everyone."
    return None


def reason_not_to_negotiate(reply, user) -> str | None:
    referral = reply.invitation.enquiry.referral
    if reason := reason_not_to_work_on(referral, user):
        return reason
    negotiation = getattr(reply, "negotiation", None)
    if negotiation and negotiation.status != "open":
        return f"The negotiation with {reply.invitation.service_name} has ended."
    return None
