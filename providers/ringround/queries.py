"""Who could be rung for a case, when each was rung last, and the desk as its page shows it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.db.models import Count, Max, Q

from brokerage.clocks import clock
from brokerage.deadlines.models import Clock, Kind
from providers.directory import places, rules
from providers.directory.models import Contact, ContactKind
from providers.directory.queries import mailbox_of, nearest, place_of, standings_of
from providers.enquiries.sheet import Sheet
from providers.ringround.models import HAD_ITS_TURN, TO_RECORD, Call, LineState, Outcome, RingLine, RingRound

LOOKED_AT = 200


@dataclass(frozen=True)
class Candidate:
    """One service looked at for a call list."""

    service_id: int
    name: str
    phone: str
    mailbox: str
    miles: Decimal
    why_not: str = ""

    def to_data(self) -> dict:
        """As an enquiry keeps whom it considered."""
        because = self.why_not or f"Rung, {self.miles} miles away"
        facts = {"service": self.service_id, "name": self.name, "in": not self.why_not, "because": because}
        return facts | {"miles": str(self.miles), "left_out": False}


def candidates(referral, *, on: date, left_out=()) -> list[Candidate]:
    """Everybody near enough to be looked at, the nearest first. To be rung takes a number, where to be asked takes a mailbox."""
    terms, person = referral.pathway.terms, referral.person
    here = place_of(person.postcode) or place_of(person.outward)
    if here is None:
        return []
    found = nearest(terms.service_kind, here, LOOKED_AT, within_miles=None).select_related("provider", "succeeded_by")
    services = list(found.annotate(mailbox=mailbox_of()))
    standings, phones = standings_of(services, on), _phones(services)
    struck = {row["service"]: row["because"] for row in left_out}
    return [_candidate(one, phones[one.pk], standings[one.pk], struck.get(one.pk), terms, on) for one in services]


def last_rung(service_ids, *, service_kind: str, area: str) -> dict[int, datetime]:
    """When each was last rung for this kind of service in this area, whoever the call was for."""
    calls = Call.objects.current().filter(
        service__in=service_ids,
        outcome__in=HAD_ITS_TURN,
        line__ring_round__service_kind=service_kind,
        line__ring_round__area=area,
    )
    return dict(calls.values_list("service").annotate(last=Max("began_at")).values_list("service", "last"))


def _candidate(service, phone, standings, struck, terms, on) -> Candidate:
    miles = places.miles(service.metres)
    why_not = rules.reasons_not_to_ask(service, on=on, standings=standings, mailbox="not asked for")
    if too_far := rules.reason_too_far(miles, terms.within_miles):
        why_not.insert(0, too_far)
    if not phone:
        why_not.append("No phone number.")
    if struck:
        why_not.append(f"Left out: {struck}")
    rounded = Decimal(miles).quantize(Decimal("0.1"))
    return Candidate(service.pk, service.name, phone, service.mailbox, rounded, " ".join(why_not))


def _phones(services) -> dict[int, str]:
    """Where each is rung: a number given for it, else for its provider, else the register's."""
    ids, owners = [one.pk for one in services], {one.provider_id for one in services} - {None}
    contacts = Contact.objects.filter(kind=ContactKind.PHONE).filter(Q(service__in=ids) | Q(provider__in=owners))
    given = {(contact.service_id, contact.provider_id): contact.phone for contact in contacts}
    return {
        one.pk: given.get((one.pk, None))
        or given.get((None, one.provider_id))
        or one.phone
        or (one.provider.phone if one.provider else "")
        for one in services
    }


# -- the desk


@dataclass
class Desk:
    """A ring-round as its page shows it, in a constant number of queries."""

    ring_round: RingRound
    user: object
    now: datetime

    @cached_property
    def sheet(self) -> Sheet:
        return Sheet.from_data(self.ring_round.enquiry.sheet)

    @cached_property
    def clock(self) -> Clock | None:
        return Clock.objects.of(self.ring_round.referral).filter(kind=Kind.RESPONSE).order_by("-started_at").first()

    @cached_property
    def calls(self) -> list[Call]:
        calls = Call.objects.filter(line__ring_round=self.ring_round, is_current=True)
        return list(calls.select_related("made_by", "recorded_by", "corrects", "reply").order_by("-began_at", "-pk"))

    @cached_property
    def lines(self) -> list[RingLine]:
        """In the order of the list, each with its call in hand and what was recorded, the latest first."""
        lines = list(self.ring_round.lines.select_related("held_by"))
        for line in lines:
            mine = [call for call in self.calls if call.line_id == line.pk]
            line.call = next((call for call in mine if call.is_in_hand), None)
            line.recorded = [call for call in mine if call.outcome in TO_RECORD]
            line.latest = line.recorded[0] if line.recorded else None
            line.is_held = line.is_held_at(self.now)
            line.is_mine = line.call is not None and line.call.made_by_id == self.user.pk
            line.tone = _tone(line)
        return lines

    @cached_property
    def my_line(self) -> RingLine | None:
        return next((line for line in self.lines if line.is_mine), None)

    @property
    def others(self) -> list[RingLine]:
        return [line for line in self.lines if line.call and not line.is_mine and line.is_held]

    @property
    def can_help(self) -> list[RingLine]:
        return [line for line in self.lines if line.latest and line.latest.outcome == Outcome.CAN_HELP]

    @property
    def rung(self) -> int:
        return sum(bool(line.recorded) for line in self.lines)

    @property
    def to_ring(self) -> list[RingLine]:
        """Who comes next, in order; those to be rung back later not before their time."""
        return sorted((line for line in self.lines if self._is_free(line)), key=lambda line: _turn(line, self.now))

    def _is_free(self, line) -> bool:
        later = line.ring_back_at is not None and line.ring_back_at > self.now
        return line.state == LineState.WAITING and not line.is_held and not later

    @property
    def later(self) -> list[RingLine]:
        waiting = [line for line in self.lines if line.ring_back_at and line.ring_back_at > self.now]
        return sorted((line for line in waiting if line.state == LineState.WAITING), key=lambda line: line.ring_back_at)


def _turn(line, now):
    due_back = line.ring_back_at is not None and line.ring_back_at <= now
    return (not due_back, line.ring_back_at if due_back else now, line.tries, line.position)


def _tone(line) -> str:
    if line.latest is None:
        return "grey"
    tones = {Outcome.CAN_HELP: "green", Outcome.CANNOT: "red", Outcome.RING_BACK: "yellow"}
    return tones.get(line.latest.outcome, "orange")


def desk_of(ring_round: RingRound, user) -> Desk:
    return Desk(ring_round, user, clock.now())


def stamp_of(ring_round: RingRound, *, at: datetime) -> str:
    """Changes with anything the desk shows: one query, so that asking again and again costs little."""
    seen = Call.objects.filter(line__ring_round=ring_round).aggregate(
        calls=Count("pk"),
        newest=Max("pk"),
        ended=Count("ended_at"),
        current=Count("pk", filter=Q(is_current=True)),
        leased=Max("lease_until", filter=Q(ended_at=None)),
        back=Max("ring_back_at", filter=Q(ring_back_at__lte=at)),
        run_out=Count("pk", filter=Q(ended_at=None, lease_until__lte=at)),
    )
    return "-".join(str(part) for part in (ring_round.status, *seen.values())).replace(" ", "_")
