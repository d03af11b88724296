"""A request to be rung: received, taken, tried, answered. Its clocks are those of any new referral (GRN-04)."""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from brokerage.accounts.models import Team
from brokerage.audit.recording import Outsider, record
from brokerage.clocks import calendars, clock, saying, working_time
from brokerage.deadlines import actions as deadlines
from brokerage.errors import NotAllowed, Refused
from brokerage.notify.telling import tell
from brokerage.numbers import next_number
from referrals.asking import rules
from referrals.asking.models import Attempt, CallRequest, ForWhom, Outcome, Status
from referrals.intake.actions import open_draft
from referrals.intake.models import Route
from referrals.intake.receiving import who_takes_new_work
from referrals.intake.rows import take as take_referral
from referrals.people.models import Person

RECEIPTS_A_DAY = 3
SAME_WITHIN = timedelta(hours=24)
ROUTES = {ForWhom.ME: Route.RESIDENT, ForWhom.SOMEONE: Route.ON_BEHALF, ForWhom.WORK: Route.PROFESSIONAL}


@dataclass(frozen=True)
class Received:
    call: CallRequest
    is_new: bool  # or the same words came from the same person within a day


def ring_by(at=None) -> working_time.Deadline:
    """When whoever asks now will have been rung: as a routine referral is answered."""
    return working_time.response("routine", at or clock.now(), calendars.policy())


def teams_that_ring():
    return Team.objects.filter(takes_calls=True)


@transaction.atomic
def ask(*, team, by=None, **said) -> Received:
    """Somebody asks to be rung. The same request sent again is not kept twice.

    Args:
        by: who wrote it down for them; nobody, on the public page.
    """
    Team.objects.select_for_update().get(pk=team.pk)  # two of the same at once: the second finds the first
    said["phone_digits"] = digits_of(said.get("phone", ""))
    if earlier := _asked_already(team, said):
        return Received(earlier, is_new=False)
    now = clock.now()
    response = ring_by(now)
    call = CallRequest.objects.create(
        reference=next_number("Q"), team=team, received_at=now, ring_by=response.due_at, **said
    )
    asker = by or Outsider(name=call.initials, role=call.get_for_whom_display().lower())
    _start_clocks(call, response, by=by)
    taken_down = f"{by.full_name} wrote down a request to be rung" if by else "Asked on the public page to be rung"
    record("call.asked", call, by=asker, said=taken_down, because=response.sentence)
    for address in who_takes_new_work(team):
        tell(
            address,
            "call-to-make",
            case=call.reference,
            about=call,
            initials=call.initials,
            reference=call.reference,
            sentence=response.sentence,
        )
    if call.email and by is None and not _has_had_enough(call.email):
        _send_receipt(call)
    return Received(call, is_new=True)


def _asked_already(team, said):
    since = clock.now() - SAME_WITHIN
    same = {name: said.get(name, "") for name in ("name", "about", "phone_digits", "email")}
    return CallRequest.objects.filter(team=team, received_at__gte=since, **same).order_by("-id").first()


def _start_clocks(call, response, *, by):
    start = working_time.start_of_work("routine", call.received_at, calendars.policy())
    for kind, deadline in (("start", start), ("response", response)):
        deadlines.start(call, kind, deadline=deadline, case=call.reference, team_id=call.team_id, by=by)


def _has_had_enough(address) -> bool:
    """An address that nobody has checked gets so many receipts a day, whoever types it."""
    lately = CallRequest.objects.filter(email__iexact=address, received_at__gte=clock.now() - timedelta(days=1))
    return lately.count() > RECEIPTS_A_DAY


def _send_receipt(call):
    """To an address that nobody has checked: nothing of what was asked, nor by whom."""
    policy = calendars.policy()
    tell(
        call.email,
        "call-received",
        case=call.reference,
        about=call,
        reference=call.reference,
        by_when=f"{saying.full_day(policy.local(call.ring_by).date())}, {saying.face(call.ring_by, zone=policy.zone)}",
        phone=call.team.duty_phone,
        team=call.team.name,
    )


@transaction.atomic
def take(call, *, by):
    """Whoever takes it rings; nobody else does."""
    call = _hold(call)
    _check(rules.reason_not_to_take(call, by), by)
    call.move_to(Status.TAKEN)
    call.taken_by, call.taken_at = by, clock.now()
    _save(call, by)
    deadlines.hand_case_to(call.reference, owner_id=by.pk)
    record("call.taken", call, by=by, said=f"{by.full_name} took the call")
    return call


@transaction.atomic
def put_back(call, *, by):
    """For somebody else to take. Its answer is due when it was."""
    call = _hold(call)
    _check(rules.reason_not_to_put_back(call, by), by)
    before = call.taken_by
    call.move_to(Status.NEW)
    call.taken_by = call.taken_at = None
    _save(call, by)
    deadlines.hand_case_to(call.reference, owner_id=None)
    whose = "" if before == by else f", {before.full_name} had it"
    record("call.put_back", call, by=by, said=f"Put back among the calls to make{whose}")
    return call


@transaction.atomic
def log_attempt(call, *, what, words="", by):
    """One try that reached nobody, or not for a talk. Work on the request has begun with the first."""
    call = _hold(call)
    _check(rules.reason_not_to_ring(call, by), by)
    attempt = Attempt.objects.create(call=call, what=what, words=words.strip(), made_at=clock.now(), made_by=by)
    deadlines.stop(call, "start", by=by, because="They were rung")
    _save(call, by)
    record("call.tried", attempt, by=by, case=call.reference, said=attempt.get_what_display(), because=words.strip())
    return attempt


@transaction.atomic
def answer(call, *, outcome, words, by):
    """What they were told, in words: the request is answered, and its clocks stop.

    Somebody who could not be reached is written to, where they gave an e-mail address.
    """
    call = _hold(call)
    _check(rules.reason_not_to_ring(call, by), by)
    _check(rules.reason_not_to_end_so(call, outcome), by)
    if not words.strip():
        raise Refused("Enter what they were told.")
    _end(call, outcome, words.strip(), by=by)
    if outcome == Outcome.UNREACHABLE and call.email:
        tell(
            call.email,
            "call-not-reached",
            case=call.reference,
            about=call,
            reference=call.reference,
            phone=call.team.duty_phone,
            team=call.team.name,
        )
    return call


@transaction.atomic
def open_referral(call, *, pathway, first_names, last_name, by):
    """A referral from what was said, begun with what they told us; the request is answered by it."""
    call = _hold(call)
    _check(rules.reason_not_to_ring(call, by), by)
    is_for_them = call.for_whom == ForWhom.ME
    draft = open_draft(
        pathway=pathway,
        team=call.team,
        by=by,
        route=ROUTES[call.for_whom],
        organisation=call.organisation,
        contact_name=call.name,
        contact_phone=call.phone,
        contact_email=call.email,
        referrer_is_outside=True,
    )
    draft = take_referral(draft)
    draft.person = Person.objects.create(
        first_names=first_names,
        last_name=last_name,
        phone=call.phone if is_for_them else "",
        email=call.email if is_for_them else "",
        format=call.format,
        format_detail=call.format_detail,
    )
    if not is_for_them:
        draft.person.contacts.create(
            name=call.name,
            relationship=call.relationship or call.organisation or "who asked for them",
            phone=call.phone,
            email=call.email,
            is_main=True,
        )
    draft.save()
    draft.needs.summary = call.about
    draft.needs.save()
    call.referral = draft
    _end(call, Outcome.REFERRAL, f"We will look for support: {draft.reference}", by=by)
    record("referral.from_call", draft, by=by, said=f"Begun from {call.reference}, a request to be rung")
    return draft


def _hold(call) -> CallRequest:
    CallRequest.objects.select_for_update().get(pk=call.pk)
    return CallRequest.objects.select_related("team", "taken_by", "answered_by").get(pk=call.pk)


def _check(reason, by):
    if reason:
        raise Refused(reason) if by.has_role(*rules.WORKS_CASES) else NotAllowed(reason)


def _end(call, outcome, words, *, by):
    call.move_to(Status.ANSWERED)
    call.outcome, call.answer = outcome, words
    call.answered_at, call.answered_by = clock.now(), by
    _save(call, by)
    label = call.get_outcome_display()
    deadlines.stop_case(call.reference, by=by, because=label)
    record("call.answered", call, by=by, said=f"Answered: {label.lower()}", because=words)


def _save(call, by):
    call.version += 1
    call.changed_at, call.changed_by = clock.now(), by
    call.save()


def digits_of(phone: str) -> str:
    """A number as it is dialled here, whether it was written from home or from abroad."""
    digits = re.sub(r"\D", "", phone)
    return (f"0{digits[2:]}" if digits.startswith("44") else digits)[:20]
