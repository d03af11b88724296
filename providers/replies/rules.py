"""Whether an invitation may be answered, and whether an answer came too late to count."""

from providers.enquiries.models import EnquiryStatus
from providers.replies.models import OFFERS, ReplyKind


def reason_not_to_reply(invitation) -> str | None:
    enquiry = invitation.enquiry
    if enquiry.status == EnquiryStatus.WITHDRAWN:
        return f"Enquiry {enquiry.number} was withdrawn. Nothing more is needed from you."
    if enquiry.placed_at:
        return f"Enquiry {enquiry.number} has been placed. Nothing more is needed from you."
    return None


def is_late(invitation, *, at) -> bool:
    """After the deadline, or after a close because everyone had answered."""
    enquiry = invitation.enquiry
    return at > enquiry.closes_at or (enquiry.status == EnquiryStatus.CLOSED and at > enquiry.closed_at)


def reason_not_to_say(kind, *, rate, start_on, visits, changes, why_not, lines) -> str | None:
    """Why this answer is not whole. `lines` is how many visits the sheet has."""
    if kind in OFFERS:
        if rate is None or rate <= 0:
            return "Enter your rate."
        if start_on is None:
            return "Enter the day you can start."
    if kind == ReplyKind.PART:
        if not visits:
            return "Select the visits you can do."
        if any(position >= lines for position in visits):
            return "Select visits that are on the page."
        if len(set(visits)) == lines:
            return "You selected every visit, so this is a yes to all of it."
    if kind == ReplyKind.DIFFERENT and not changes.strip():
        return "Enter what would be different."
    if kind == ReplyKind.NO and not why_not:
        return "Select what stood in the way."
    return None
