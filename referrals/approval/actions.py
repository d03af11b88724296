from django.db import transaction

from brokerage.audit.recording import record
from brokerage.clocks import clock
from referrals.approval.models import Approval


@transaction.atomic
def record_approval(referral, *, by, **facts):
    """Keep whose approval it has, of what day. Said again, it replaces what was said; the rows of both are kept."""
    said = {**facts, "recorded_at": clock.now(), "recorded_by": by}
    approval, _ = Approval.objects.update_or_create(referral=referral, defaults=said)
    record(
        "referral.approved",
        referral,
        by=by,
        said=f"{approval.get_approved_by_display()} on {approval.approved_on:%d %B %Y}; "
        f"{approval.manager_name} approved the referral on {approval.signed_on:%d %B %Y}",
        because=approval.because,
    )
    return approval
