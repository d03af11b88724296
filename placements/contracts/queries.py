"""Services whose agreement is not signed by both sides yet, longest exposed first (AMB-10)."""

from django.db.models import OuterRef, Subquery

from placements.contracts.models import Contract, ContractStatus
from placements.models import Placement
from placements.placing.models import PlacementStatus

LABELS = dict(ContractStatus.choices)


def unsigned(user):
    """Placements arranged or running without a signed agreement, with their newest agreement's status and number."""
    newest = Contract.objects.filter(placement=OuterRef("pk")).order_by("-pk")
    signed = Contract.objects.filter(status=ContractStatus.SIGNED).values("placement")
    return (
        Placement.objects.visible_to(user)
        .filter(status__in=[PlacementStatus.ARRANGED, PlacementStatus.STARTED])
        .exclude(pk__in=signed)
        .annotate(
            contract_number=Subquery(newest.values("number")[:1]), contract_status=Subquery(newest.values("status")[:1])
        )
        .select_related("referral__person", "service")
        .order_by("start_on", "pk")
    )


def days_exposed(placement, on) -> int:
    """How many days the service has run, or been due to run, without a signed agreement."""
    return max((on - placement.start_on).days + 1, 0)


def status_in_words(placement) -> str:
    return LABELS.get(placement.contract_status, "Not issued")
