"""The moment when a referral that was rung in is all written down (DER-16, GRN-09)."""

from django.db import transaction

from brokerage.audit.recording import record
from brokerage.clocks import clock
from brokerage.errors import Refused
from brokerage.notify.telling import tell
from referrals.documents import actions as documents
from referrals.intake import rules
from referrals.intake.receiving import referrers_of, touch
from referrals.intake.rows import take


@transaction.atomic
def finish(referral, *, by):
    """All of it is written down: its pages close, nobody is chased for them any more, and the broker hears."""
    referral = take(referral)
    if reason := rules.reason_not_to_finish_paperwork(referral, by):
        raise Refused(reason)
    referral.paperwork_at = clock.now()
    touch(referral, by)
    referral.save()
    record("referral.paperwork", referral, by=by, said="The paperwork of the phoned referral is there")
    documents.look_again(referral, by=by)
    for address in {referral.broker_address, *referrers_of(referral)} - {by.email, ""}:
        tell(
            address,
            "paperwork-there",
            case=referral.reference,
            about=referral,
            initials=referral.initials,
            reference=referral.reference,
            by=by.full_name,
        )
    return referral
