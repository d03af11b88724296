"""What came of a call: one key's worth of it, or an offer taken down; and putting right what was recorded."""

from django.conf import settings
from django.db import transaction

from brokerage.audit.recording import record
from brokerage.clocks import clock
from brokerage.design.wording import short
from brokerage.errors import Refused
from providers.directory import actions as directory
from providers.enquiries import by_phone
from providers.replies import actions as replies
from providers.replies.models import ReplyKind
from providers.ringround import claiming, rules
from providers.ringround.models import ANSWERED, TO_RECORD, Call, LineState, Outcome
from referrals.work import actions as work

NOT_SAID = "not given"


@transaction.atomic
def finish(call: Call, *, outcome: str, by, words: str = "", **said) -> Call:
    """Record what came of the call in hand.

    Args:
        said: `spoke_to` and `spoke_role`; `ring_back_at`; for "cannot" `why_not` and `would_say_yes_if`; for "can help"
            `kind`, `rate`, `start_on` and the rest of an `Answer`, and `mailbox` where none is registered.
    """
    line, call = claiming.take(call)
    if reason := rules.reason_not_to_record(call, by):
        raise Refused(reason)
    if reason := _reason_not_whole(outcome, said, at=clock.now()):
        raise Refused(reason)
    now = clock.now()
    reply = _reply(line, outcome, said, by=by, at=now)
    call.ended_at = call.recorded_at = now
    _write(call, outcome, words, said, reply, by=by)
    call.save()
    _place(line, outcome, call)
    record("ringround.rung", call, by=by, said=_in_words(line, call), because=call.words, outcome=outcome)
    _in_the_queue(line.ring_round)
    return call


@transaction.atomic
def correct(call: Call, *, outcome: str, because: str, by, words: str = "", **said) -> Call:
    """What was recorded was wrong. The earlier outcome is kept beside the one that counts."""
    line, call = claiming.take(call)
    if reason := rules.reason_not_to_correct(call, by):
        raise Refused(reason)
    if not because.strip():
        raise Refused("Enter why this is corrected.")
    now = clock.now()
    if reason := _reason_not_whole(outcome, said, at=now):
        raise Refused(reason)
    if call.reply_id and outcome not in ANSWERED:
        replies.take_back(call.reply.invitation, because=because.strip(), by=by)
    reply = _reply(line, outcome, said, by=by, at=now)
    Call.objects.filter(pk=call.pk).update(is_current=False)
    right = Call(
        line=line,
        service_id=line.service_id,
        made_by=call.made_by,
        began_at=call.began_at,
        lease_until=call.lease_until,
        ended_at=call.ended_at,
        recorded_at=now,
        corrects=call,
        corrected_because=because.strip()[:300],
    )
    _write(right, outcome, words, said, reply, by=by)
    right.save()
    line.tries -= 1  # counted again below
    _place(line, outcome, right)
    told = f"{_in_words(line, right)} (recorded before: {call.get_outcome_display().lower()})"
    record("ringround.corrected", right, by=by, said=told, because=because.strip(), outcome=outcome, corrects=call.pk)
    _in_the_queue(line.ring_round)
    return right


def _reason_not_whole(outcome, said, *, at) -> str | None:
    if outcome not in TO_RECORD:
        return "Select what came of the call."
    if outcome == Outcome.CAN_HELP and not (said.get("spoke_to", "").strip() and said.get("spoke_role", "").strip()):
        return "Enter who at the provider said so, and their role."
    if outcome == Outcome.RING_BACK and not said.get("ring_back_at"):
        return "Enter when to ring back."
    if outcome == Outcome.RING_BACK and said["ring_back_at"] <= at:
        return "Enter a time to ring back that has not passed."
    return None


def _reply(line, outcome, said, *, by, at):
    """A spoken yes or no stands among the written ones: the same offer, named as taken down by phone."""
    if outcome not in ANSWERED:
        return None
    mailbox = line.mailbox or said.get("mailbox", "").strip()
    if not mailbox:
        if outcome == Outcome.CAN_HELP:
            raise Refused(f"Enter an e-mail address for {line.service_name}: their receipt and the agreement go there.")
        return None  # a no from somebody we cannot write to is kept with the call alone
    if not line.mailbox:
        _register(line, mailbox, by=by)
    ring_round = line.ring_round
    invitation = by_phone.ask(
        ring_round.enquiry,
        service_id=line.service_id,
        name=line.service_name,
        mailbox=mailbox,
        miles=line.miles,
        because=f"Rung. {line.because}",
        at=at,
    )
    who = {"by_name": said.get("spoke_to") or "Whoever answered", "by_role": said.get("spoke_role") or NOT_SAID}
    if outcome == Outcome.CANNOT:
        facts = {name: said[name] for name in ("why_not", "would_say_yes_if") if said.get(name)}
        return replies.reply(invitation, kind=ReplyKind.NO, entered_by=by, **who, **facts)
    offer = {name: said[name] for name in _OF_AN_OFFER if said.get(name) not in (None, "")}
    return replies.reply(invitation, kind=said.get("kind") or ReplyKind.WHOLE, entered_by=by, **who, **offer)


_OF_AN_OFFER = ("rate", "start_on", "visits", "changes", "who_will_come", "conditions")


def _register(line, mailbox, *, by):
    directory.correct_mailboxes(
        line.service,
        enquiries=mailbox,
        signing=mailbox,
        because=f"Given on the phone during a ring-round ({settings.SITE_URL}{line.ring_round.get_absolute_url()})",
        by=by,
    )
    line.mailbox = mailbox
    line.save(update_fields=["mailbox"])


def _write(call, outcome, words, said, reply, *, by):
    call.outcome, call.reply, call.recorded_by = outcome, reply, by
    call.words = words.strip()[:1000]
    call.spoke_to = " ".join(said.get("spoke_to", "").split())[:120]
    call.spoke_role = " ".join(said.get("spoke_role", "").split())[:120]
    call.ring_back_at = said.get("ring_back_at") if outcome == Outcome.RING_BACK else None


def _place(line, outcome, call):
    """Where the provider stands now: rung for good, or to be rung again after the others."""
    line.tries += 1
    line.held_by = line.held_until = None
    line.ring_back_at = call.ring_back_at
    again = outcome == Outcome.RING_BACK or (outcome == Outcome.NO_ANSWER and line.tries < rules.TRIES)
    line.state = LineState.WAITING if again else LineState.DONE
    line.save(update_fields=["tries", "held_by", "held_until", "ring_back_at", "state", "mailbox"])


def _in_words(line, call) -> str:
    said = f"Rang {line.service_name}: {call.get_outcome_display().lower()}"
    if call.outcome == Outcome.RING_BACK:
        return f"Rang {line.service_name}: to be rung back {short(call.ring_back_at)}"
    if call.outcome == Outcome.CANNOT and call.reply:
        said += f" ({call.reply.get_why_not_display().lower()})"
    who = ", ".join(part for part in (call.spoke_to, call.spoke_role) if part)
    return f"{said}, said {who}" if who else said


def _in_the_queue(ring_round):
    lines = list(ring_round.lines.all())
    rung = sum(line.tries > 0 for line in lines)
    can = Call.objects.recorded().filter(line__ring_round=ring_round, outcome=Outcome.CAN_HELP).count()
    helped = f", {can} can help" if can else ""
    work.move_on(ring_round.referral, next_step=f"Ringing round: {rung} of {len(lines)} rung{helped}")
