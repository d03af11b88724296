"""Who may ring round, record a call, or end it, and why not: a sentence, or None."""

from brokerage.accounts.models import Role
from providers.enquiries.models import EnquiryStatus
from providers.enquiries.rules import reason_it_is_sealed
from providers.ringround.models import ANSWERED, TO_RECORD, Call, LineState, Outcome, RingRound, RingRoundStatus
from referrals.agreements.rules import reason_not_to_search
from referrals.intake.models import SEES_THE_TEAMS_CASES, Priority, Stage

RINGS = frozenset({Role.BROKER, Role.DUTY_BROKER})
READS = frozenset(SEES_THE_TEAMS_CASES)
TRIES = 3  # without an answer, and a provider is rung no more


def reason_not_to_open(referral, user) -> str | None:
    if reason := reason_not_to_ring(referral, user):
        return reason
    if not may_be_rung_round(referral):
        return f"{referral.reference} is routine: write the enquiry instead. A ring-round is for what cannot wait."
    if reason := reason_not_to_search(referral):
        return reason
    if unfinished := referral.enquiries.filter(status=EnquiryStatus.OPEN).first():
        return reason_it_is_sealed(unfinished)
    return None


def may_be_rung_round(referral) -> bool:
    """An emergency, an urgent case, or one that came by phone before its papers (DER-09, DER-16)."""
    return referral.priority != Priority.ROUTINE or getattr(referral, "phone_first", False)


def reason_not_to_ring(referral, user) -> str | None:
    """For everything on the desk."""
    if not user.has_role(*RINGS) or not user.is_in_team(referral.team_id):
        return f"Only a broker of {referral.team} can ring round for {referral.reference}."
    if referral.status == Stage.RECEIVED:
        return f"Start work on {referral.reference} first: nobody is rung before a broker has the case."
    if referral.status != Stage.IN_PROGRESS:
        return f"{referral.reference} is {referral.get_status_display().lower()}, so nobody need be rung about it."
    return None


def reason_it_has_ended(ring_round: RingRound) -> str | None:
    if ring_round.status == RingRoundStatus.OPEN:
        return None
    return f"{ring_round.ended_by} ended this ring-round: {ring_round.get_status_display().lower()}."


def reason_not_to_record(call: Call, user) -> str | None:
    """For the outcome of a call in hand."""
    ring_round = call.line.ring_round
    if reason := reason_not_to_ring(ring_round.referral, user) or reason_it_has_ended(ring_round):
        return reason
    name = call.line.service_name
    if call.ended_at is not None:
        if call.outcome in TO_RECORD:
            return f"{call.recorded_by} already recorded this call to {name}: {call.get_outcome_display().lower()}."
        return f"This call to {name} is no longer yours: {_where_it_went(call)}"
    if call.made_by_id != user.pk:
        return f"{call.made_by} is ringing {name}. Take the call over to record what came of it."
    return None


def reason_not_to_correct(call: Call, user) -> str | None:
    ring_round = call.line.ring_round
    if reason := reason_not_to_ring(ring_round.referral, user):
        return reason
    if call.outcome not in TO_RECORD:
        return "There is no outcome to correct."
    if not call.is_current:
        return "This outcome has been corrected already."
    if call.outcome in ANSWERED and ring_round.status != RingRoundStatus.OPEN:
        return "This ring-round has ended: ask the provider to change its reply by its own link, or ring round again."
    return None


def reason_not_to_take_over(call: Call, user) -> str | None:
    ring_round = call.line.ring_round
    if reason := reason_not_to_ring(ring_round.referral, user) or reason_it_has_ended(ring_round):
        return reason
    if call.ended_at is not None:
        return f"Nobody is ringing {call.line.service_name} any more."
    if call.made_by_id == user.pk:
        return "This call is yours already."
    return None


def reason_not_to_end(ring_round: RingRound, user, *, at) -> str | None:
    if reason := reason_not_to_ring(ring_round.referral, user) or reason_it_has_ended(ring_round):
        return reason
    other = Call.objects.in_hand().filter(line__ring_round=ring_round, lease_until__gt=at).exclude(made_by=user)
    if call := other.select_related("made_by", "line").first():
        return f"{call.made_by} is ringing {call.line.service_name}: wait for what comes of it, or take the call over."
    return None


def reason_not_found(ring_round: RingRound) -> str | None:
    if _recorded(ring_round).filter(outcome=Outcome.CAN_HELP).exists():
        return None
    return "Nobody has said that they can help yet."


def reason_not_nobody(ring_round: RingRound) -> str | None:
    if _recorded(ring_round).filter(outcome=Outcome.CAN_HELP).exists():
        return "Somebody has said that they can help. Say so instead, or correct that call first."
    unrung = ring_round.lines.filter(state=LineState.WAITING, tries=0).count()
    if unrung:
        them = "1 provider has" if unrung == 1 else f"{unrung} providers have"
        return f"{them} not been rung yet. Ring them, or stop the ring-round and say why."
    back = ring_round.lines.filter(state=LineState.WAITING, ring_back_at__isnull=False).first()
    if back:
        return f"{back.service_name} asked to be rung back. Ring them, or stop the ring-round and say why."
    return None


def _recorded(ring_round: RingRound):
    return Call.objects.recorded().filter(line__ring_round=ring_round)


def _where_it_went(call: Call) -> str:
    later = Call.objects.filter(line=call.line_id, pk__gt=call.pk).select_related("made_by").order_by("-pk").first()
    if later is None:
        return "it was given back, so anybody can ring them."
    verb = (
        "took it over"
        if call.outcome == Outcome.TAKEN_OVER
        else "rings them now"
        if later.is_in_hand
        else "rang them since"
    )
    return f"{later.made_by} {verb}."
