"""Making the call list of a case, and ending it. Claiming a call and recording it stand beside: `claiming`, `recording`."""

import secrets

from django.db import transaction

from brokerage.audit.recording import record
from brokerage.clocks import calendars, clock
from brokerage.errors import Refused
from brokerage.notify.telling import tell_many
from providers.enquiries import by_phone, letters
from providers.enquiries import closing as enquiries
from providers.enquiries.models import EnquiryStatus
from providers.enquiries.rows import take_case
from providers.ringround import queries, rules
from providers.ringround.claiming import claim, give_back, keep, let_go, take_over
from providers.ringround.models import Call, Outcome, RingLine, RingRound, RingRoundStatus
from providers.ringround.order import fair_order
from providers.ringround.recording import correct, finish
from referrals.documents import chasing
from referrals.timing import actions as timing
from referrals.work import actions as work
from referrals.work.models import WaitsOn

__all__ = [
    "claim",
    "correct",
    "finish",
    "found",
    "give_back",
    "keep",
    "nobody",
    "open_list",
    "stop",
    "take_over",
]


@transaction.atomic
def open_list(referral, *, by) -> RingRound:
    """A call list of everybody who could meet the need, in a fair order. The one that is being rung already is the one."""
    referral = take_case(referral)
    if going := RingRound.objects.going().filter(referral=referral).first():
        return going
    if reason := rules.reason_not_to_open(referral, by):
        raise Refused(reason)

    policy, now = calendars.policy(), clock.now()
    looked_at = []

    def considered(enquiry):
        looked_at.extend(queries.candidates(referral, on=policy.local(now).date(), left_out=enquiry.left_out))
        return [one.to_data() for one in looked_at]

    enquiry = by_phone.open_enquiry(referral, considered=considered, by=by)
    if not looked_at:  # it was open already: those who were written to may be rung as well
        considered(enquiry)
    to_ring = [one for one in looked_at if not one.why_not]
    if not to_ring:
        raise Refused(_reason_nobody_to_ring(referral, looked_at))

    terms, area, seed = referral.pathway.terms, referral.person.outward, secrets.randbits(62)
    ring_round = RingRound.objects.create(
        referral=referral,
        enquiry=enquiry,
        service_kind=terms.service_kind,
        area=area,
        seed=seed,
        not_rung=[one.to_data() for one in looked_at if one.why_not],
        opened_at=now,
        opened_by=by,
    )
    last = queries.last_rung([one.service_id for one in to_ring], service_kind=terms.service_kind, area=area)
    among = f"{terms.service_in_words} in {area}" if area else terms.service_in_words
    places = fair_order([one.service_id for one in to_ring], last, seed=seed, zone=policy.zone, among=among)
    _write_down(ring_round, places, {one.service_id: one for one in to_ring})

    work.move_on(referral, next_step=f"Ringing round: 0 of {len(to_ring)} rung")
    count = f"{len(to_ring)} provider{'' if len(to_ring) == 1 else 's'}"
    said = f"Ring-round begun: {count} to ring, whoever was rung longest ago first"
    record("ringround.opened", ring_round, by=by, said=said, seed=str(seed), enquiry=enquiry.number)
    chasing.begin_chasing(referral, by=by)
    return ring_round


@transaction.atomic
def found(ring_round: RingRound, *, by) -> RingRound:
    """Somebody can help: the referrer hears so, and the offers are compared."""
    ring_round = _end(ring_round, RingRoundStatus.FOUND, by=by, reason=rules.reason_not_found)
    names = list(
        Call.objects.recorded()
        .filter(line__ring_round=ring_round, outcome=Outcome.CAN_HELP)
        .order_by("began_at")
        .values_list("line__service_name", flat=True)
    )
    offers = "1 provider" if len(names) == 1 else f"{len(names)} providers"
    _finish_off(ring_round, because=f"{offers} can help: {', '.join(names)}", by=by)
    timing.answer(ring_round.referral, by=by, because=f"Ring-round: {offers} can help")
    work.move_on(ring_round.referral, next_step="Compare the offers")
    work.refresh_due(ring_round.referral)
    tell_many([letters.to_coordinator(ring_round.enquiry, "ring-round-found", offers=offers)])
    return ring_round


@transaction.atomic
def nobody(ring_round: RingRound, *, by, may_flex: str = "") -> RingRound:
    """Everybody was rung and nobody can help: the referrer is asked what may change, and the case goes on from there."""
    ring_round = _end(ring_round, RingRoundStatus.NOBODY, by=by, reason=rules.reason_not_nobody)
    rung = ring_round.lines.count()
    _finish_off(ring_round, because=f"{rung} rung, nobody can help", by=by)
    timing.answer(ring_round.referral, by=by, because="Nothing found: may this flex?")
    timing.expect_words(ring_round.referral, by=by)
    work.move_on(ring_round.referral, next_step="Nobody can help yet: what may change?", waits_on=WaitsOn.REFERRER)
    work.refresh_due(ring_round.referral)
    asked = may_flex.strip() or "The times, the day it begins, or the kind of service?"
    tell_many([letters.to_coordinator(ring_round.enquiry, "ring-round-nobody", rung=rung, may_flex=asked)])
    return ring_round


@transaction.atomic
def stop(ring_round: RingRound, *, because: str, by) -> RingRound:
    """Before its end, for a reason. The response clock runs on: nobody has been answered."""
    if not because.strip():
        raise Refused("Enter why the ring-round is stopped.")
    ring_round = _end(ring_round, RingRoundStatus.STOPPED, by=by)
    _finish_off(ring_round, because=because.strip(), by=by)
    work.move_on(ring_round.referral, next_step="Ring-round stopped: ask another way, or ring again")
    work.refresh_due(ring_round.referral)
    return ring_round


@transaction.atomic
def take_back(referral, *, because: str, by) -> RingRound | None:
    """The case is over, so nobody goes on ringing about it, whoever ended it. Its enquiry is ended by the caller."""
    open_one = RingRound.objects.filter(referral=referral, status=RingRoundStatus.OPEN).first()
    if open_one is None:
        return None
    ring_round = _hold(open_one)
    _stop_ringing(ring_round, RingRoundStatus.STOPPED, by=by)
    ring_round.ended_because = because[:300]
    ring_round.save()
    record("ringround.stopped", ring_round, by=by, said="Ring-round ended: stopped", because=because)
    return ring_round


def _write_down(ring_round, places, by_service):
    RingLine.objects.bulk_create(
        RingLine(
            ring_round=ring_round,
            service_id=place.service_id,
            service_name=by_service[place.service_id].name[:200],
            phone=by_service[place.service_id].phone,
            mailbox=by_service[place.service_id].mailbox,
            miles=by_service[place.service_id].miles,
            position=place.position,
            last_rung_at=place.last_rung_at,
            because=place.because[:200],
        )
        for place in places
    )


def _hold(ring_round) -> RingRound:
    """The list's row and then its lines': a call begun meanwhile is seen, and none begins after."""
    RingRound.objects.select_for_update(no_key=True).get(pk=ring_round.pk)
    list(RingLine.objects.select_for_update(no_key=True).filter(ring_round=ring_round).order_by("pk"))
    return RingRound.objects.select_related(
        "referral__team", "referral__person", "referral__coordinator", "enquiry__referral", "ended_by"
    ).get(pk=ring_round.pk)


def _end(ring_round, status, *, by, reason=None) -> RingRound:
    ring_round = _hold(ring_round)
    why_not = rules.reason_not_to_end(ring_round, by, at=clock.now()) or (reason and reason(ring_round))
    if why_not:
        raise Refused(why_not)
    _stop_ringing(ring_round, status, by=by)
    return ring_round


def _stop_ringing(ring_round, status, *, by):
    for call in Call.objects.in_hand().filter(line__ring_round=ring_round).select_related("line"):
        let_go(call.line, call, outcome=Outcome.GIVEN_BACK, by=by, words="The ring-round ended")
    ring_round.move_to(status)
    ring_round.ended_at, ring_round.ended_by = clock.now(), by


def _finish_off(ring_round, *, because, by):
    ring_round.ended_because = because[:300]
    ring_round.save()
    said = f"Ring-round ended: {ring_round.get_status_display().lower()}"
    record(f"ringround.{ring_round.status}", ring_round, by=by, said=said, because=because)
    enquiry = ring_round.enquiry
    if enquiry.by_phone and enquiry.status == EnquiryStatus.OPEN:
        enquiries.close(enquiry, by=by, because=f"The ring-round ended: {ring_round.ended_because}"[:300])


def _reason_nobody_to_ring(referral, looked_at) -> str:
    if not looked_at and not referral.person.postcode:
        return "Add the person’s postcode to the record: without it nobody near can be found to ring."
    terms = referral.pathway.terms
    return f"Nobody can be rung: no service within {terms.within_miles} miles that offers {terms.service_in_words} has a number."
