"""The support is not wanted any more: what is open closes, the latest first, and everyone who must know is told once."""

from django.db import transaction

from brokerage.audit.recording import record
from brokerage.clocks import clock
from brokerage.deadlines import actions as deadlines
from brokerage.errors import NotAllowed, Refused
from brokerage.links import links
from brokerage.notify.telling import Letter, tell_many
from brokerage.oncall import actions as oncall
from brokerage.oncall.models import How
from placements.contracts import actions as contracts
from placements.contracts import letters as contract_letters
from placements.contracts.models import Contract, ContractStatus
from placements.panel.models import Submission, SubmissionStatus
from placements.placing.models import Placement, PlacementStatus
from placements.withdrawal import rules
from providers.enquiries import closing
from providers.enquiries import letters as enquiry_letters
from providers.enquiries.models import Enquiry, EnquiryStatus
from providers.enquiries.rows import take_case
from providers.replies.models import Reply
from providers.ringround import actions as ringround
from referrals.documents import actions as documents
from referrals.intake.models import Stage
from referrals.work import actions as work


@transaction.atomic
def withdraw(referral, *, because, by):
    """Withdraw the case at once, also after an offer was chosen and before both have signed (LEI-11).

    Raises:
        Refused: the service has started, both have signed, the case is over, or no reason is given.
    """
    ringround.take_back(referral, because=because.strip() or "Withdrawn", by=by)  # its rows are taken before the case's
    referral = take_case(referral)
    if reason := rules.reason_not_to_withdraw(referral, by):
        raise _refusal(referral, reason, by)
    because = because.strip()
    if not because:
        raise Refused("Enter why the support is not needed any more.")

    told = _take_back_agreements(referral, because=because, by=by)
    _cancel_placements(referral, because=because, by=by, told=told)
    _take_back_from_panel(referral, because=because, by=by)
    _end_enquiries(referral, because=because, by=by)
    documents.let_go(referral, by=by, because="The case was withdrawn")
    oncall.acknowledge_case(referral.reference, by=by, how=How.OVER)
    deadlines.stop_case(referral.reference, by=by, because="The case was withdrawn")

    referral.move_to(Stage.WITHDRAWN)
    referral.version += 1
    referral.changed_at, referral.changed_by = clock.now(), by
    referral.save()
    work.close(referral, next_step="Withdrawn")
    record("referral.withdrawn", referral, by=by, said=f"{referral.reference} withdrawn", because=because)
    _tell_staff(referral, because=because, by=by)
    return referral


def _refusal(referral, reason, by):
    may = by.pk in {referral.referred_by_id, referral.coordinator_id} or by.is_in_team(referral.team_id)
    return Refused(reason) if may else NotAllowed(reason)


def _take_back_agreements(referral, *, because, by) -> set[int]:
    """The provider that was asked to sign reads that it need not. Returns the placements whose providers have been told."""
    told = set()
    for found in Contract.objects.live().filter(placement__referral=referral).order_by("-pk"):
        contract = contracts.take(found)
        contracts.close(contract, ContractStatus.WITHDRAWN, name=by.full_name, role="", because=because, by=by)
        links.withdraw(contract)
        record("contract.withdrawn", contract, by=by, because=because, said=f"Agreement {contract} withdrawn")
        contract_letters.to_provider(contract, "agreement-withdrawn", link=False)
        told.add(contract.placement_id)
    return told


def _cancel_placements(referral, *, because, by, told):
    """Nothing starts. The provider that had been chosen is told, unless its agreement has just told it."""
    rows = Placement.objects.filter(referral=referral, status=PlacementStatus.ARRANGED)
    for placement in rows.select_for_update(of=("self",)).select_related("reply__invitation__enquiry"):
        placement.move_to(PlacementStatus.CANCELLED)
        placement.version += 1
        placement.save(update_fields=["status", "version"])
        record("placement.cancelled", placement, by=by, said=f"Placement {placement} cancelled", because=because)
        if placement.pk not in told:
            chosen = placement.reply.invitation
            tell_many(enquiry_letters.no_longer_needed(chosen.enquiry, [chosen]))


def _take_back_from_panel(referral, *, because, by):
    rows = Submission.objects.waiting().filter(referral=referral).select_for_update(of=("self",))
    for submission in rows.select_related("agreement"):
        submission.move_to(SubmissionStatus.WITHDRAWN)
        submission.version += 1
        submission.save(update_fields=["status", "version"])
        deadlines.stop(submission, "panel", by=by, because="The case was withdrawn")
        question = submission.agreement.get_kind_display()
        record("panel.withdrawn", submission, by=by, said=f"{question}: taken back from panel", because=because)


def _end_enquiries(referral, *, because, by):
    """Whoever might still wait is told, once: all who were asked while it is open, and all who offered once it is closed.

    Where a service had been arranged, those not chosen have long heard that it was placed.
    """
    placed = set(Placement.objects.filter(referral=referral).values_list("reply__invitation__enquiry", flat=True))
    for enquiry in Enquiry.objects.filter(referral=referral).order_by("-pk"):
        if enquiry.can_move_to(EnquiryStatus.WITHDRAWN):
            closing.take_back(enquiry, because=because, by=by)
        elif enquiry.status == EnquiryStatus.CLOSED and enquiry.pk not in placed:
            offers = Reply.objects.current().offers().filter(invitation__enquiry=enquiry).select_related("invitation")
            tell_many(enquiry_letters.no_longer_needed(enquiry, [offer.invitation for offer in offers]))


def _tell_staff(referral, *, because, by):
    people = {referral.coordinator, referral.referred_by, referral.broker} - {None, by}
    tell_many(
        Letter(
            address=address,
            template="case-withdrawn",
            case=referral.reference,
            about=referral,
            context={
                "initials": referral.initials,
                "reference": referral.reference,
                "by": by.full_name,
                "because": because,
            },
        )
        for address in sorted({person.email if person.is_active else referral.team.mailbox for person in people} - {""})
    )
