"""The end of an enquiry: closed when its time is up or all have answered, or taken back."""

from django.db import transaction

from brokerage.audit.recording import record
from brokerage.clocks import clock
from brokerage.deadlines import actions as deadlines
from brokerage.errors import Refused
from brokerage.notify.telling import tell_many
from providers.enquiries import letters, rules
from providers.enquiries.models import Enquiry, EnquiryStatus
from providers.enquiries.rows import save, take
from referrals.work import actions as work


@transaction.atomic
def close(enquiry, *, by, at=None, because=""):
    """The offers can be compared. `by` is None where the deadline closed it; `because` is for one that was spoken."""
    enquiry, at = take(enquiry), at or clock.now()
    if reason := rules.reason_not_to_close(enquiry, by, at=at):
        raise Refused(reason)

    passed = at >= enquiry.closes_at
    enquiry.move_to(EnquiryStatus.CLOSED)
    enquiry.closed_at = at
    enquiry.closed_because = because or ("The deadline passed" if passed else "Every provider asked has answered")
    save(enquiry, by)
    deadlines.stop(enquiry, "reply", by=by, because=enquiry.closed_because)
    asked = enquiry.invitations.count()
    answered = asked - enquiry.invitations.unanswered().count()
    work.move_on(enquiry.referral, next_step="Compare the offers" if answered else "Nobody answered: ask again")
    work.refresh_due(enquiry.referral)
    said = f"Enquiry {enquiry.number} closed: {answered} of {_providers(asked)} answered"
    record("enquiry.closed", enquiry, by=by, said=said, because=enquiry.closed_because)
    if because:  # whoever ended it by hand knows
        return enquiry
    tell_many([letters.to_broker(enquiry, "enquiry-closed", answered=f"{answered} of {_providers(asked)}")])
    return enquiry


@transaction.atomic
def withdraw(enquiry, *, because, by):
    """Take it back: the links stop opening, and everybody who was asked hears that no reply is needed."""
    enquiry = take(enquiry)
    if reason := rules.reason_not_to_withdraw(enquiry, by):
        raise Refused(reason)
    if not because.strip():
        raise Refused("Enter why this enquiry is withdrawn.")
    work.move_on(enquiry.referral, next_step="Enquiry withdrawn: ask again, or tell the referrer")
    was_open = take_back(enquiry, because=because, by=by)
    if was_open:
        work.refresh_due(enquiry.referral)
        tell_many([letters.to_coordinator(enquiry, "enquiry-stopped")])
    return enquiry


def take_back(enquiry, *, because, by) -> bool:
    """End an enquiry held by the caller, whoever it is that ends the case. Returns whether providers were waiting on it."""
    was_open = enquiry.status == EnquiryStatus.OPEN
    enquiry.move_to(EnquiryStatus.WITHDRAWN)
    enquiry.closed_at = clock.now()
    enquiry.closed_because = because.strip()[:300]
    save(enquiry, by)
    record("enquiry.withdrawn", enquiry, by=by, said=f"Enquiry {enquiry.number} withdrawn", because=because.strip())
    if was_open:
        invitations = list(enquiry.invitations.all())
        enquiry.invitations.update(link_withdrawn_at=enquiry.closed_at)
        deadlines.stop(enquiry, "reply", by=by, because="The enquiry was withdrawn")
        tell_many(letters.withdrawn(enquiry, invitations))
    return was_open


def close_due(*, at) -> int:
    """Close every enquiry whose deadline has passed, each by itself: one that fails stops no other."""
    closed = 0
    for pk in (
        Enquiry.objects.filter(status=EnquiryStatus.OPEN, closes_at__lte=at)
        .order_by("closes_at")
        .values_list("pk", flat=True)
    ):
        closed += _close_if_still_due(pk, at)
    return closed


@transaction.atomic
def _close_if_still_due(pk, at) -> bool:
    mine = (
        Enquiry.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(pk=pk, status=EnquiryStatus.OPEN)
        .first()
    )
    if mine is None:
        return False  # in somebody's hands: the next round sees to it
    close(mine, by=None, at=at)
    return True


def _providers(count: int) -> str:
    return f"{count} provider{'' if count == 1 else 's'}"
