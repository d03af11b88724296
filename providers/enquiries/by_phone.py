"""An enquiry that is spoken: declared open from the start, and nobody is written to.

What may be said on the phone is the sheet that a letter would have led to: made by the same door, checked the same way,
and frozen. Words of the record that the check stumbles over are left out at once, since an emergency has no time for them.
"""

from django.db import transaction

from brokerage.audit.recording import record
from brokerage.clocks import clock
from brokerage.errors import Refused
from providers.enquiries import rules
from providers.enquiries.composing import Composition
from providers.enquiries.drafting import begin, write
from providers.enquiries.models import Enquiry, EnquiryStatus, Invitation
from providers.enquiries.rows import save, take
from providers.enquiries.sending import LINKS_LAST


@transaction.atomic
def open_enquiry(referral, *, considered, by) -> Enquiry:
    """The enquiry behind a call list: the one that is open to be read already, or the one being written, or a new one.

    Args:
        considered: from an `Enquiry`, everybody looked at as the enquiry keeps them, in or out and why.

    Raises:
        Refused: what would be said is not fit to be, or a second person must release it first.
    """
    unfinished = referral.enquiries.filter(status__in=[EnquiryStatus.DRAFT, EnquiryStatus.OPEN]).first()
    if unfinished and unfinished.status == EnquiryStatus.OPEN:
        if reason := rules.reason_it_is_sealed(unfinished):
            raise Refused(reason)
        return unfinished
    enquiry = take(unfinished) if unfinished else _without_what_is_doubtful(begin(referral, by=by), by=by)
    enquiry.open_from_start = enquiry.by_phone = True  # before it is composed: the sheet says whether offers are sealed
    composition = Composition(enquiry, at=clock.now())
    if reason := rules.reason_not_to_say(enquiry, by, composition):
        raise Refused(reason)
    return _open(enquiry, composition, considered(enquiry), by=by)


def ask(enquiry, *, service_id, name, mailbox, miles, because, at) -> Invitation:
    """One provider's part in it, once it has been spoken to. Its receipts lead here."""
    return Invitation.objects.get_or_create(
        enquiry=enquiry,
        service_id=service_id,
        defaults={
            "service_name": name[:200],
            "mailbox": mailbox,
            "miles": miles,
            "because": because[:300],
            "asked_at": at,
            "link_expires_at": enquiry.closes_at + LINKS_LAST,
        },
    )[0]


def _open(enquiry, composition, considered, *, by) -> Enquiry:
    sheet = composition.sheet
    enquiry.move_to(EnquiryStatus.OPEN)
    enquiry.sheet, enquiry.sheet_hash, enquiry.considered = sheet.to_data(), sheet.digest(), considered
    enquiry.sent_at, enquiry.sent_by = composition.at, by
    enquiry.closes_at, enquiry.closes_sentence = composition.deadline.due_at, composition.deadline.sentence
    save(enquiry, by)
    record(
        "enquiry.opened_by_phone",
        enquiry,
        by=by,
        said=f"Enquiry {enquiry.number} opened for a ring-round: nobody is written to, offers are open as they come",
        sheet_hash=enquiry.sheet_hash,
        open_from_start=True,
        left_unsaid=sorted(key for key, words in enquiry.wording.items() if not words),
    )
    return enquiry


def _without_what_is_doubtful(enquiry, *, by) -> Enquiry:
    enquiry = take(enquiry)
    checked = Composition(enquiry, at=clock.now()).checked
    left_unsaid = {text.key: "" for text, findings in checked if findings and text.key != "need_in_brief"}
    if not left_unsaid:
        return enquiry
    return take(write(enquiry, need_in_brief=enquiry.need_in_brief, wording=left_unsaid, by=by))
