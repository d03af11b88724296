from django.db import transaction

from brokerage.audit.recording import record
from brokerage.clocks import clock
from brokerage.errors import NotAllowed, Refused
from referrals.agreements.models import DECIDES, Agreement, AgreementKind, AgreementStatus


@transaction.atomic
def require(referral, kind, *, because, by, reply_id=None, provider_name="", weekly_cost=None):
    """Say that the case needs this yes. Asked for again while it stands undecided, it is the same one, brought up to date."""
    agreement, is_new = Agreement.objects.select_for_update().get_or_create(
        referral=referral,
        kind=kind,
        status=AgreementStatus.NEEDED,
        defaults={
            "because": because,
            "reply_id_then": reply_id,
            "provider_name": provider_name,
            "weekly_cost": weekly_cost,
            "created_at": clock.now(),
        },
    )
    if not is_new:
        agreement.because, agreement.reply_id_then = because, reply_id
        agreement.provider_name, agreement.weekly_cost = provider_name, weekly_cost
        agreement.save()
    else:
        record("agreement.needed", agreement, by=by, said=f"{agreement.get_kind_display()} is needed", because=because)
    return agreement


@transaction.atomic
def grant(agreement, *, by, proposer_id, cost=None, conditions="", because=""):
    """Record the yes, frozen with its cost and conditions. The database refuses it to whoever has a hand in the case."""
    return _decide(
        agreement,
        AgreementStatus.GRANTED,
        by=by,
        proposer_id=proposer_id,
        cost=cost,
        conditions=conditions,
        because=because,
    )


@transaction.atomic
def decline(agreement, *, by, proposer_id, because):
    return _decide(agreement, AgreementStatus.DECLINED, by=by, proposer_id=proposer_id, because=because)


def _decide(agreement, status, *, by, proposer_id, because, cost=None, conditions=""):
    agreement = Agreement.objects.select_for_update().select_related("referral").get(pk=agreement.pk)
    referral = agreement.referral
    if not by.has_role(*DECIDES):
        raise NotAllowed("Only a panel chair or a manager can decide this.")
    if by.pk in {proposer_id, referral.broker_id, referral.referred_by_id, referral.coordinator_id}:
        raise NotAllowed(f"You have a part in {referral.reference}, so somebody else must decide it.")
    if agreement.kind == AgreementKind.ABOVE_RATE and status == AgreementStatus.GRANTED and cost is None:
        raise Refused("Enter the weekly cost that is agreed.")
    agreement.move_to(status)
    agreement.decided_at, agreement.decided_by, agreement.decided_because = (clock.now(), by, because)
    agreement.conditions = conditions
    if cost is not None:
        agreement.weekly_cost = cost
    agreement.proposer_id_then = proposer_id
    agreement.broker_id_then, agreement.referrer_id_then = (referral.broker_id, referral.referred_by_id)
    agreement.save()
    kind = agreement.get_kind_display()
    said = f"{kind}: agreed" if status == AgreementStatus.GRANTED else f"{kind}: declined"
    if cost is not None:
        said += f", up to £{cost:,.2f} a week"
    record(f"agreement.{status}", agreement, by=by, said=said, because=because, conditions=conditions)
    return agreement
