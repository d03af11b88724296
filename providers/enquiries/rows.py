"""An enquiry's row while something is done to it."""

from brokerage.clocks import clock
from providers.enquiries.models import Enquiry
from referrals.intake.models import Referral
from referrals.intake.rows import take as hold


def take(enquiry) -> Enquiry:
    """The enquiry's row, then its referral's: locked in that order wherever both are taken, and read only then."""
    held = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    Referral.objects.select_for_update().get(pk=held.referral_id)
    return Enquiry.objects.select_related(
        "referral__pathway",
        "referral__person",
        "referral__needs",
        "referral__team",
        "referral__coordinator",
        "referral__referred_by",
        "referral__broker",
    ).get(pk=enquiry.pk)


def take_case(referral) -> Referral:
    """All its enquiries' rows and its own, in the same order: for what concerns its offers."""
    list(Enquiry.objects.select_for_update(no_key=True).filter(referral_id=referral.pk).order_by("pk"))
    return hold(referral)


def save(enquiry, by):
    enquiry.version += 1
    enquiry.changed_at, enquiry.changed_by = clock.now(), by
    enquiry.save()
