"""What the referrer and brokerage write to each other about a case. The letters say that there is one, and no more."""

from django.db import transaction

from brokerage.errors import Refused
from brokerage.notify.telling import tell
from referrals.documents.rules import open_request
from referrals.intake.models import Stage
from referrals.intake.receiving import referrers_of, who_takes_new_work
from referrals.intake.rows import take
from referrals.timing import actions as timing
from referrals.work import actions as work
from referrals.work.models import WaitsOn, WorkItem


def reason_not_to_write(referral, user) -> str | None:
    if referral.status == Stage.DRAFT:
        return f"{referral.reference} has not been submitted, so nobody would read it."
    return None


@transaction.atomic
def write(referral, *, words, by):
    """One message, by either side; the other is told by letter."""
    referral = take(referral)
    if reason := reason_not_to_write(referral, by):
        raise Refused(reason)
    note = work.add_note(referral, words=words, by=by, for_referrer=True)
    from_referrer = by.pk in {referral.referred_by_id, referral.coordinator_id} and by.pk != referral.broker_id
    if from_referrer and _waited_for_words(referral):
        timing.words_came(referral, by=by)
        work.move_on(referral, next_step="Read what the referrer wrote")
    brokers = [referral.broker_address] if referral.broker_id else who_takes_new_work(referral.team)
    for address in {*(brokers if from_referrer else referrers_of(referral))} - {by.email, ""}:
        tell(
            address,
            "message",
            case=referral.reference,
            about=referral,
            initials=referral.initials,
            reference=referral.reference,
            by=by.full_name,
            outside=referral.referrer_is_outside and not from_referrer,
            page=f"/cases/{referral.reference}/" if from_referrer else f"/referrals/{referral.reference}/",
            phone=by.phone or referral.team.duty_phone,
        )
    return note


def _waited_for_words(referral) -> bool:
    """The case waited for the referrer to say something: neither for papers, nor with its clock paused by hand."""
    waits = WorkItem.objects.filter(referral=referral, is_open=True, waits_on=WaitsOn.REFERRER).exists()
    return waits and open_request(referral) is None and timing.open_pause(referral) is None


def of(referral):
    """Newest last, as a talk is read."""
    return referral.notes.filter(for_referrer=True).select_related("made_by").order_by("made_at")
