"""Writing an enquiry: its words, what is said about warnings, who is left out, and its release."""

from django.db import transaction

from brokerage.audit.recording import record
from brokerage.clocks import clock
from brokerage.errors import Refused
from brokerage.numbers import next_number
from providers.enquiries import anonymise, rules
from providers.enquiries.composing import Composition
from providers.enquiries.models import Clearance, Enquiry
from providers.enquiries.rows import save, take
from referrals.intake.models import Priority
from referrals.intake.rows import take as hold
from referrals.work import actions as work


@transaction.atomic
def begin(referral, *, by):
    """Begin to write to providers, with first words made of coded answers."""
    referral = hold(referral)
    if reason := rules.reason_not_to_begin(referral, by):
        raise Refused(reason)

    now = clock.now()
    enquiry = Enquiry.objects.create(
        number=next_number("E"),
        referral=referral,
        round=referral.enquiries.count() + 1,
        need_in_brief=anonymise.first_words(referral),
        open_from_start=referral.priority == Priority.EMERGENCY,
        created_at=now,
        created_by=by,
        written_by=by,
        changed_at=now,
        changed_by=by,
    )
    work.move_on(referral, next_step="Write and send the enquiry")
    record("enquiry.begun", enquiry, by=by, said=f"Enquiry {enquiry.number} begun")
    return enquiry


@transaction.atomic
def write(enquiry, *, need_in_brief, by, wording=None, open_from_start=None):
    """Choose the words that providers read. A release of other words no longer counts.

    Args:
        wording: the record's own words as providers should read them, by `Text.key`; None leaves them as they are.
        open_from_start: offers may be read as they come; emergencies always are.
    """
    enquiry = take(enquiry)
    if reason := rules.reason_not_to_write(enquiry, by):
        raise Refused(reason)

    enquiry.need_in_brief = need_in_brief.strip()
    if wording is not None:
        enquiry.wording = _reworded(enquiry, wording)
    if open_from_start is not None:
        enquiry.open_from_start = open_from_start or enquiry.referral.priority == Priority.EMERGENCY
    enquiry.written_by = by
    _unrelease(enquiry)
    save(enquiry, by)
    still_warned = {finding.key for finding in Composition(enquiry, at=clock.now()).warnings}
    for clearance in enquiry.clearances.all():
        if (clearance.kind, clearance.found) not in still_warned:
            clearance.delete()
    record("enquiry.written", enquiry, by=by, said=f"What providers read in {enquiry.number} was written")
    return enquiry


@transaction.atomic
def clear(enquiry, *, kind, found, because, by):
    """Let a warning stand, and say why."""
    enquiry = take(enquiry)
    if reason := rules.reason_not_to_write(enquiry, by):
        raise Refused(reason)
    if not because.strip():
        raise Refused("Enter why these words can stay.")
    warned = {finding.key: finding for finding in Composition(enquiry, at=clock.now()).warnings}
    if (kind, found) not in warned:
        raise Refused("These words are not warned about any more.")

    words = warned[kind, found].found
    Clearance.objects.update_or_create(
        enquiry=enquiry,
        kind=kind,
        found=found,
        defaults={"because": because.strip(), "cleared_at": clock.now(), "cleared_by": by},
    )
    _unrelease(enquiry)
    save(enquiry, by)
    record("enquiry.cleared", enquiry, by=by, said=f"Warning about “{words}” cleared", because=because.strip())
    return enquiry


@transaction.atomic
def unclear(enquiry, *, kind, found, by):
    """Take back a clearance: the warning stands again."""
    enquiry = take(enquiry)
    if reason := rules.reason_not_to_write(enquiry, by):
        raise Refused(reason)
    if not enquiry.clearances.filter(kind=kind, found=found).delete()[0]:
        return enquiry
    _unrelease(enquiry)
    save(enquiry, by)
    record("enquiry.uncleared", enquiry, by=by, said=f"The warning about “{found}” stands again")
    return enquiry


@transaction.atomic
def leave_out(enquiry, *, service_id, because, by):
    """Strike one service off the list, and say why: the reason is kept with the enquiry for good."""
    enquiry = take(enquiry)
    if reason := rules.reason_not_to_write(enquiry, by):
        raise Refused(reason)
    if not because.strip():
        raise Refused("Enter why this service should not be asked.")
    one = _candidate(enquiry, service_id)
    if one is None or not one.is_in:
        raise Refused("This service is not among those who will be asked.")

    enquiry.left_out = [*enquiry.left_out, {"service": service_id, "because": because.strip()}]
    save(enquiry, by)
    record("enquiry.left_out", enquiry, by=by, said=f"{one.name} will not be asked", because=because.strip())
    return enquiry


@transaction.atomic
def put_back(enquiry, *, service_id, by):
    enquiry = take(enquiry)
    if reason := rules.reason_not_to_write(enquiry, by):
        raise Refused(reason)
    kept = [row for row in enquiry.left_out if row["service"] != service_id]
    if len(kept) == len(enquiry.left_out):
        return enquiry
    enquiry.left_out = kept
    save(enquiry, by)
    one = _candidate(enquiry, service_id)
    record("enquiry.put_back", enquiry, by=by, said=f"{one.name if one else 'A service'} will be asked after all")
    return enquiry


@transaction.atomic
def release(enquiry, *, by):
    """A second person has read exactly what providers will read. It holds for these words and no others."""
    enquiry = take(enquiry)
    composition = Composition(enquiry, at=clock.now())
    if reason := rules.reason_not_to_release(enquiry, by, composition):
        raise Refused(reason)

    enquiry.released_at = composition.at
    enquiry.released_by = by
    enquiry.released_hash = composition.content_hash
    save(enquiry, by)
    record(
        "enquiry.released",
        enquiry,
        by=by,
        said=f"What providers read in {enquiry.number} was read and released",
        sheet_hash=composition.content_hash,
    )
    return enquiry


def _unrelease(enquiry):
    enquiry.released_at, enquiry.released_by, enquiry.released_hash = None, None, ""


def _reworded(enquiry, wording: dict) -> dict:
    """Only what differs from the record is kept, so that the record's later corrections still come through."""
    texts = {text.key: text for text in anonymise.texts_of(enquiry)}
    said = {key: words.strip() for key, words in wording.items() if key in texts and key != "need_in_brief"}
    return {key: words for key, words in said.items() if words != texts[key].on_record}


def _candidate(enquiry, service_id):
    candidates = Composition(enquiry, at=clock.now()).candidates
    return next((one for one in candidates if one.service_id == service_id), None)
