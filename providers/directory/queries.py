"""Which services could meet a need, nearest first, and what the council has agreed to pay."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Avg, Case, CharField, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from providers.directory import places, rules
from providers.directory.fields import Metres, PointField
from providers.directory.models import (
    Contact,
    ContactKind,
    Kind,
    Membership,
    Offering,
    Postcode,
    Rate,
    RegisterStatus,
    Service,
    Standing,
    State,
)
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
    """An annotation: where to write to a service; "" when nowhere.

    Its own mailbox goes before its provider's, and where none is for signing, the one for enquiries is.
    """
    kinds = dict.fromkeys([kind, ContactKind.ENQUIRIES])
    found = [
        Subquery(Contact.objects.filter(kind=kind, **{whose: OuterRef(key)}).values("mailbox"))
        for kind in kinds
        for whose, key in (("service", "pk"), ("provider", "provider"))
    ]
    return Coalesce(*found, Value(""))


def mailbox(service: Service, kind: str = ContactKind.ENQUIRIES) -> str:
    return Service.objects.filter(pk=service.pk).annotate(found=mailbox_of(kind)).values_list("found", flat=True).get()


def contacts_of(service: Service) -> list[Contact]:
    """Its own contacts, and its provider's for what it has none of."""
    theirs = Q(service=service) | Q(provider__isnull=False, provider=service.provider_id)
    contacts = Contact.objects.filter(theirs).order_by("kind", F("service").asc(nulls_last=True))
    return list(contacts.distinct("kind"))


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
    return _rates(service, on).filter(kind=kind).order_by(*_NEAREST).first()


def contracted_rate_of_each(kind: str, *, service: str, on: str) -> Subquery:
    """The same for each row of another query, as the rate's key: `service` and `on` are paths from that row."""
    on_lots = Membership.objects.in_force(OuterRef(OuterRef(on))).filter(service=OuterRef(OuterRef(service)))
    area = OuterRef(f"{service}__local_authority")
    rates = _by_nearness(OuterRef(on), OuterRef(service), on_lots.values("lot"), area)
    return Subquery(rates.filter(kind=kind).order_by(*_NEAREST).values("pk")[:1])


def contracted_rates(service: Service, on: date) -> list[Rate]:
    """The contracted rate of each kind the service offers, where there is one. One query."""
    rates = _rates(service, on).filter(kind__in=service.kinds).select_related("lot__framework")
    return list(rates.order_by("kind", *_NEAREST).distinct("kind"))


_NEAREST = ("nearness", "-from_on", "-pk")
_EVERYBODYS = When(service=None, lot=None, area=None, then=3)


def _rates(service, on):
    if service is None:
        return _near(on, _EVERYBODYS)
    on_lots = Membership.objects.in_force(on).filter(service=service).values("lot")
    return _by_nearness(on, service, on_lots, service.local_authority)


def _by_nearness(on, service, on_lots, area):
    return _near(
        on,
        When(service=service, then=0),
        When(service=None, lot__in=on_lots, then=1),
        When(service=None, lot=None, area=area, then=2),
        _EVERYBODYS,
    )


def _near(on, *whens):
    nearness = Case(*whens, output_field=IntegerField())
    return Rate.objects.in_force(on).annotate(nearness=nearness).exclude(nearness=None)


def with_state(services: QuerySet[Service], on: date) -> QuerySet[Service]:
    """Annotates `mailbox`, and `state`: whether a service can be asked on a day, or what first stands in the way."""
    standing = Standing.objects.in_force(on).filter(service=OuterRef("pk")).values("status")
    ended = Q(register_status=RegisterStatus.DEREGISTERED) & (Q(deregistered_on=None) | Q(deregistered_on__lte=on))
    state = Case(
        When(ended, then=Value(State.DEREGISTERED)),
        When(standing_today__isnull=False, then=F("standing_today")),
        When(dormant=True, then=Value(State.DORMANT)),
        When(mailbox="", then=Value(State.NO_MAILBOX)),
        default=Value(State.CAN_BE_ASKED),
        output_field=CharField(),
    )
    return services.annotate(mailbox=mailbox_of(), standing_today=Subquery(standing)).annotate(state=state)


def in_state(services: QuerySet[Service], state: str, on: date) -> QuerySet[Service]:
    """Those of `with_state` in one state. What an index can find is asked first, so that few have to be worked out."""
    reachable = Contact.objects.filter(kind=ContactKind.ENQUIRIES)
    among = {
        State.DEREGISTERED: Q(register_status=RegisterStatus.DEREGISTERED),
        State.SUSPENDED: Q(pk__in=Standing.objects.in_force(on).values("service")),
        State.EMBARGOED: Q(pk__in=Standing.objects.in_force(on).values("service")),
        State.DORMANT: Q(dormant=True),
        State.CAN_BE_ASKED: Q(pk__in=reachable.exclude(service=None).values("service"))
        | Q(provider__in=reachable.exclude(provider=None).values("provider")),
    }
    return services.filter(among.get(state, Q()), state=state)


def within(services: QuerySet[Service], point: Place, miles: float, kind: str = "") -> QuerySet[Service]:
    """Those that offer care (of a kind) within so many miles, the nearest first, each with its `metres`."""
    inside = Offering.objects.filter(point__within=(point, places.metres(miles)))
    if kind:
        inside = inside.filter(kind=kind)
    here = Func("easting", "northing", function="point", output_field=PointField())
    return (
        services.filter(pk__in=inside.values("service")).annotate(metres=Metres(here, point)).order_by("metres", "pk")
    )
