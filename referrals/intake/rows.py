"""A referral's row while something is done to it."""

from brokerage.errors import Refused
from referrals.intake.models import Referral


def take(referral) -> Referral:
    """Held first and read afterwards: what is joined to a row that was waited for would be as it was before the wait."""
    if not Referral.objects.select_for_update().filter(pk=referral.pk).first():
        raise Refused(f"{referral.reference} was thrown away while it was a draft.")
    return Referral.objects.select_related(
        "pathway", "person", "needs", "team", "broker", "coordinator", "referred_by", "started_by"
    ).get(pk=referral.pk)
