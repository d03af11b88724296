from django.db import transaction

from brokerage.audit.recording import record
from brokerage.clocks import clock
from referrals.documents.models import Paper, PaperKind


@transaction.atomic
def record_paper(referral, *, kind, dated_on, by, where="", words=""):
    """Note that a document is on the person's record. Recorded again, it replaces what was said before."""
    paper, is_new = Paper.objects.update_or_create(
        referral=referral,
        kind=kind,
        defaults={"dated_on": dated_on, "where": where, "words": words, "recorded_at": clock.now(), "recorded_by": by},
    )
    if referral.received_at:
        label = PaperKind(kind).label
        record(
            "paper.recorded",
            paper,
            by=by,
            case=referral.reference,
            said=f"{label}, dated {dated_on:%d %B %Y}, is on record",
        )
    return paper
