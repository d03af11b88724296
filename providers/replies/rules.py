"""Whether an invitation may be answered, whether an answer is whole, and whether it came in time."""

from datetime import timedelta
from decimal import Decimal

from brokerage.council import settings as council
from providers.enquiries.models import EnquiryStatus
from providers.replies.models import ReplyKind, WhyNot

TOO_MUCH = {"hour": Decimal(500), "week": Decimal(20_000)}  # a slip of the finger
A_YEAR = timedelta(days=366)


def reason_not_to_reply(invitation) -> str | None:
    enquiry = invitation.enquiry
    if enquiry.status == EnquiryStatus.WITHDRAWN:
        return f"Enquiry {enquiry.number} was withdrawn. Nothing more is needed from you."
    if enquiry.placed_at:
        return f"Enquiry {enquiry.number} has been placed. Nothing more is needed from you."
    return None


def reason_not_to_disown(invitation) -> str | None:
    """Also when it has been placed: that is when somebody must know."""
    enquiry = invitation.enquiry
    if enquiry.status == EnquiryStatus.WITHDRAWN:
        return f"Enquiry {enquiry.number} was withdrawn, so no reply to it counts."
    if not invitation.replies.stands().exists():
        return "There is no reply to take back."
    return None


def over_at(enquiry):
    """When replies stopped counting: at the deadline, or earlier, once everybody asked had answered."""
    if enquiry.status == EnquiryStatus.CLOSED and enquiry.closed_at < enquiry.closes_at:
        return enquiry.closed_at
    return enquiry.closes_at


def is_late(invitation, *, at) -> bool:
    """From the very moment on at which others' offers may be read."""
    return at >= over_at(invitation.enquiry)


def needs_code(kind) -> bool:
    """Where the council sets it; never to be called back."""
    return kind != ReplyKind.INTERESTED and council.current().replies_need_code


def reason_not_to_say(answer, *, sheet, today) -> str | None:
    """Why this answer is not whole."""
    if not answer.by_name or not answer.by_role:
        return "Enter your name and your role."
    if answer.offers:
        return _reason_not_to_offer(answer, sheet, today)
    if answer.kind == ReplyKind.NO and not answer.why_not:
        return "Select what stood in the way."
    if answer.why_not == WhyNot.OTHER and not answer.would_say_yes_if:
        return "Enter what would have made you say yes."
    if answer.kind == ReplyKind.INTERESTED and not answer.phone:
        return "Enter the number we should call."
    return None


def _reason_not_to_offer(answer, sheet, today) -> str | None:
    if answer.rate is None or answer.rate <= 0:
        return "Enter your rate."
    if answer.rate > TOO_MUCH[sheet.unit]:
        return f"Enter your rate for one {sheet.unit}: this one is over £{TOO_MUCH[sheet.unit]:,}."
    if answer.start_on is None:
        return "Enter the day you can start."
    if answer.start_on < today:
        return "Enter a day that has not passed."
    if answer.start_on > today + A_YEAR:
        return "Enter a day within a year from now."
    if answer.kind == ReplyKind.PART:
        return _reason_not_these_visits(answer.visits, len(sheet.timetable))
    if answer.kind == ReplyKind.DIFFERENT and not answer.changes:
        return "Enter what would be different."
    return None


def _reason_not_these_visits(visits, lines) -> str | None:
    if not visits:
        return "Select the visits you can do."
    if any(not 0 <= position < lines for position in visits):
        return "Select visits that are on the page."
    if len(visits) == lines:
        return "You selected every visit. Go back and choose “Yes, all of it”."
    return None


def reasons_that_fit(sheet) -> list[tuple[str, str]]:
    """What can have stood in the way of this service: a room has no visits, and a visit no room."""
    unfit = {WhyNot.NO_BED}
    if sheet.unit == "week":
        unfit = {WhyNot.NO_STAFF, WhyNot.TIMES, WhyNot.TOO_SHORT, WhyNot.TWO_CARERS}
    elif all(line.carers == 1 for line in sheet.timetable):
        unfit |= {WhyNot.TWO_CARERS}
    return [(value, label) for value, label in WhyNot.choices if value not in unfit]
