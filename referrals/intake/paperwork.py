"""What a referral that was rung in still lacks, and the moment when it is all there (DER-16, GRN-09)."""

from django.db import transaction

from brokerage.audit.recording import record
from brokerage.clocks import clock
from brokerage.errors import Refused
from brokerage.notify.telling import tell
from referrals.documents import actions as documents
from referrals.documents.chasing import owed_as_well
from referrals.intake import rules
from referrals.intake.completeness import unanswered
from referrals.intake.receiving import referrers_of, touch
from referrals.intake.rows import take


def pages_owed(referral) -> list[str]:
    """In words, for whoever is chased."""
    if not referral.owes_paperwork:
        return []
    missing = len({page for page, _ in unanswered(referral)})
    if not missing:
        return ["The referral itself: it is complete, and waits for you to send it"]
    return [f"The referral itself: {missing} page{'' if missing == 1 else 's'} to fill in"]


owed_as_well(pages_owed)


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
