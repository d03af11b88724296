"""Whose call it is: the next provider claimed for one broker alone, kept, given back, or taken over.

A line is locked where it stands and skipped where it is locked; the database itself refuses a second call to a provider
that is being rung, on whatever list. A lease that has run out frees the provider for the next who asks.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Q, Value, When

from brokerage.audit.recording import record
from brokerage.clocks import clock
from brokerage.errors import Refused
from providers.ringround import rules
from providers.ringround.models import Call, LineState, Outcome, RingLine, RingRound

LEASE = timedelta(minutes=10)
AGAIN = 5  # providers snatched from under us, one after the other, before we say so


def claim(ring_round: RingRound, *, by, line: RingLine | None = None, because: str = "") -> Call:
    """Take the next provider in the order, or this one, to ring it now. Asked again, it is the call that is in hand.

    Args:
        line: out of turn, and then `because` says why.
    """
    if line is not None and not because.strip():
        raise Refused("Enter why this provider is rung out of turn.")
    for _ in range(AGAIN):
        try:
            with transaction.atomic():
                return _claim(ring_round, by=by, line=line, because=because.strip())
        except IntegrityError as conflict:
            if not any(name in str(conflict) for name in ("call_one_to_a_provider", "call_one_by_a_broker")):
                raise
    raise Refused("Others are ringing just now. Try again in a moment.")


@transaction.atomic
def keep(call: Call, *, by) -> Call:
    """This call takes longer."""
    line, call = take(call)
    if reason := rules.reason_not_to_record(call, by):
        raise Refused(reason)
    call.lease_until = line.held_until = clock.now() + LEASE
    call.save(update_fields=["lease_until"])
    line.save(update_fields=["held_until"])
    return call


@transaction.atomic
def give_back(call: Call, *, by) -> Call:
    """Not rung after all: the provider keeps its place, and anybody may ring it."""
    line, call = take(call)
    if reason := rules.reason_not_to_record(call, by):
        raise Refused(reason)
    let_go(line, call, outcome=Outcome.GIVEN_BACK, by=by)
    return call


@transaction.atomic
def take_over(call: Call, *, because: str, by) -> Call:
    """Somebody else's call, with a word why: their laptop closed, or they were called away."""
    line, call = take(call)
    if reason := rules.reason_not_to_take_over(call, by):
        raise Refused(reason)
    if not because.strip():
        raise Refused("Enter why you take this call over.")
    now = clock.now()
    mine = _in_hand_elsewhere(by, now)
    if mine is not None:
        raise Refused(f"You are ringing {mine.line.service_name}. Record what came of it, or give it back, first.")
    let_go(line, call, outcome=Outcome.TAKEN_OVER, by=by, words=because.strip())
    taken = _begin(line, by=by, now=now, because=because.strip())
    said = f"{by} took over the call to {line.service_name} from {call.made_by}"
    record("ringround.taken_over", taken, by=by, said=said, because=because.strip())
    return taken


def take(call: Call) -> tuple[RingLine, Call]:
    """The line's row and then the call's: locked in that order wherever both are taken."""
    line = RingLine.objects.select_for_update(of=("self",), no_key=True).get(pk=call.line_id)
    call = (
        Call.objects.select_for_update(of=("self",), no_key=True)
        .select_related("line__ring_round__referral__team", "line__ring_round__ended_by", "made_by", "recorded_by")
        .get(pk=call.pk)
    )
    call.line = line
    line.ring_round = RingRound.objects.select_related(
        "referral__team", "referral__person", "referral__pathway", "enquiry", "ended_by"
    ).get(pk=line.ring_round_id)
    return line, call


def let_go(line: RingLine, call: Call, *, outcome: str, by, words: str = "") -> None:
    """End a call without an outcome of its own; the provider keeps its place."""
    call.outcome, call.words = outcome, words[:1000]
    call.ended_at = call.recorded_at = clock.now()
    call.recorded_by = by
    call.save(update_fields=["outcome", "words", "ended_at", "recorded_at", "recorded_by"])
    line.held_by = line.held_until = None
    line.save(update_fields=["held_by", "held_until"])


def _claim(ring_round, *, by, line, because) -> Call:
    now = clock.now()
    if reason := rules.reason_not_to_ring(ring_round.referral, by):
        raise Refused(reason)
    if mine := _in_hand_elsewhere(by, now):
        if mine.line.ring_round_id == ring_round.pk and line is None:
            return mine
        raise Refused(
            f"You are ringing {mine.line.service_name} for {mine.case_reference}. "
            "Record what came of it, or give it back, first."
        )
    found = _lock(ring_round, now, only=line)
    if reason := rules.reason_it_has_ended(RingRound.objects.select_related("ended_by").get(pk=ring_round.pk)):
        raise Refused(reason)
    if found is None:
        raise Refused(_reason_nobody_free(ring_round, line, now))
    for lapsed in Call.objects.in_hand().filter(service=found.service_id, lease_until__lte=now).select_related("line"):
        _lapse(lapsed)
    found.refresh_from_db()
    call = _begin(found, by=by, now=now, because=because)
    if because:
        record("ringround.out_of_turn", call, by=by, said=f"{found.service_name} is rung out of turn", because=because)
    return call


def _lock(ring_round, now, *, only) -> RingLine | None:
    """The next free line, locked; those that somebody else has locked are passed over."""
    being_rung = Call.objects.in_hand().filter(lease_until__gt=now).values("service")
    free = (
        RingLine.objects.filter(ring_round=ring_round, state=LineState.WAITING)
        .filter(Q(held_until=None) | Q(held_until__lte=now))
        .exclude(service__in=being_rung)
    )
    if only is not None:
        return free.filter(pk=only.pk).select_for_update(skip_locked=True, no_key=True).first()
    promised = Case(When(ring_back_at__lte=now, then=Value(0)), default=Value(1))
    in_turn = free.filter(Q(ring_back_at=None) | Q(ring_back_at__lte=now)).order_by(
        promised, F("ring_back_at").asc(nulls_last=True), "tries", "position"
    )
    return in_turn.select_for_update(skip_locked=True, no_key=True).first()


def _begin(line, *, by, now, because="") -> Call:
    call = Call.objects.create(
        line=line, service_id=line.service_id, made_by=by, began_at=now, lease_until=now + LEASE, because=because[:300]
    )
    line.held_by, line.held_until = by, call.lease_until
    line.save(update_fields=["held_by", "held_until"])
    return call


def _lapse(call: Call) -> None:
    """Its lease ran out: whoever made it closed their laptop."""
    now = clock.now()
    mine = Call.objects.in_hand().filter(pk=call.pk, lease_until__lte=now)
    if mine.update(outcome=Outcome.LAPSED, ended_at=now, recorded_at=now):
        RingLine.objects.filter(pk=call.line_id, held_by=call.made_by_id).update(held_by=None, held_until=None)


def _in_hand_elsewhere(by, now) -> Call | None:
    """The call this broker is making; one whose lease ran out is ended."""
    mine = Call.objects.in_hand().filter(made_by=by).select_related("line__ring_round__referral").first()
    if mine is not None and mine.lease_until <= now:
        _lapse(mine)
        return None
    return mine


def _reason_nobody_free(ring_round, line, now) -> str:
    if line is not None:
        held = Call.objects.in_hand().filter(service=line.service_id).select_related("made_by").first()
        if held is not None:
            return f"{held.made_by} is ringing {line.service_name} now."
        return f"{line.service_name} need not be rung any more."
    waiting = ring_round.lines.filter(state=LineState.WAITING)
    if not waiting.exists():
        return "Everybody on the list has been rung."
    if later := waiting.filter(ring_back_at__gt=now, held_by=None).order_by("ring_back_at").first():
        return f"Nobody is left to ring now. {later.service_name} is to be rung back later."
    return "Everybody left on the list is being rung by somebody else."
