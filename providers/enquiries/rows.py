"""An enquiry's row while something is done to it."""

from brokerage.clocks import clock
from providers.enquiries.models import Enquiry
from referrals.intake.models import Referral


def take(enquiry) -> Enquiry:
    """The enquiry's row, then its referral's: locked in that order wherever both are taken."""
    taken = (
        Enquiry.objects.select_for_update(of=("self",))
        .select_related(
            "referral__pathway",
            "referral__person",
            "referral__needs",
            "referral__team",
            "referral__coordinator",
            "referral__referred_by",
            "referral__broker",
        )
        .get(pk=enquiry.pk)
    )
    Referral.objects.select_for_update(of=("self",)).get(pk=taken.referral_id)
    return taken


def save(enquiry, by):
    enquiry.version += 1
    enquiry.changed_at, enquiry.changed_by = clock.now(), by
    enquiry.save()
