"""Which services could meet a need, nearest first, and what the council has agreed to pay."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Avg, Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from providers.directory import places, rules
from providers.directory.fields import Metres
from providers.directory.models import Contact, ContactKind, Kind, Membership, Postcode, Rate, Service, Standing
from providers.directory.places import Place


@dataclass(frozen=True)
class Considered:
    """One service, in or out of an enquiry, with the reason in words."""

    service: Service
    in_: bool
    because: str
    miles: float
    mailbox: str


def nearest(kind: str, point: Place, limit: int | None, within_miles: float | None = None) -> QuerySet[Service]:
    """Services that offer this kind of care, the nearest first, each with its `metres`. Read through the index."""
    wanted = {"offerings__kind": kind}
    if within_miles is not None:
        wanted["offerings__point__within"] = (point, places.metres(within_miles))
    services = Service.objects.filter(**wanted).annotate(metres=Metres("offerings__point", point))
    return services.order_by("metres", "pk")[:limit]


def could_meet(
    kind: str, point: Place, on: date, *, within_miles: float | None = None, limit: int = 100
) -> list[Considered]:
    """The nearest `limit` services of a kind, each in or out with its reason. Two queries, however many services."""
    services = list(
        nearest(kind, point, limit).select_related("provider", "succeeded_by").annotate(mailbox=mailbox_of())
    )
    standings = standings_of(services, on)
    return [_considered(service, kind, on, within_miles, standings[service.pk]) for service in services]


def _considered(service, kind, on, within_miles, standings):
    miles = places.miles(service.metres)
    out = rules.reasons_not_to_ask(service, on=on, standings=standings, mailbox=service.mailbox)
    if too_far := rules.reason_too_far(miles, within_miles):
        out.insert(0, too_far)
    because = " ".join(out) or f"{Kind(kind).label}, {rules.distance(miles)} away."
    return Considered(service, not out, because, miles, service.mailbox)


def standings_of(services: list[Service], on: date) -> dict[int, list[Standing]]:
    by_service = defaultdict(list)
    for standing in Standing.objects.in_force(on).filter(service__in=services).order_by("from_on"):
        by_service[standing.service_id].append(standing)
    return by_service


def mailbox_of(kind: str = ContactKind.ENQUIRIES) -> Coalesce:
    """An annotation: where to write to a service, its own mailbox before its provider's; "" when there is none."""
    reachable = Contact.objects.filter(kind=kind)
    own = reachable.filter(service=OuterRef("pk")).values("mailbox")
    providers = reachable.filter(provider=OuterRef("provider")).values("mailbox")
    return Coalesce(Subquery(own), Subquery(providers), Value(""))


def mailbox(service: Service, kind: str = ContactKind.ENQUIRIES) -> str:
    return Service.objects.filter(pk=service.pk).annotate(found=mailbox_of(kind)).values_list("found", flat=True).get()


def place_of(text: str) -> Place | None:
    """Where a postcode is, or the middle of an area such as EX4; None when we do not know it."""
    if code := places.postcode(text):
        found = Postcode.objects.filter(code=code).first()
        return found.point if found else None
    if area := places.outward(text):
        middle = Postcode.objects.in_area(area).aggregate(easting=Avg("easting"), northing=Avg("northing"))
        return Place(middle["easting"], middle["northing"]) if middle["easting"] is not None else None
    return None


def contracted_rate(kind: str, service: Service | None = None, *, on: date) -> Rate | None:
    """What the council has agreed to pay: the service's own rate, else its lot's, its area's, or everybody's."""
    everybody = Q(service=None, lot=None, area=None)
    rates = Rate.objects.in_force(on).filter(kind=kind)
    if service is None:
        return rates.filter(everybody).order_by("-from_on", "-pk").first()
    on_lots = Membership.objects.in_force(on).filter(service=service).values("lot")
    nearness = Case(
        When(service=service, then=0),
        When(service=None, lot__in=on_lots, then=1),
        When(service=None, lot=None, area=service.local_authority, then=2),
        When(everybody, then=3),
        output_field=IntegerField(),
    )
    return rates.annotate(nearness=nearness).exclude(nearness=None).order_by("nearness", "-from_on", "-pk").first()
