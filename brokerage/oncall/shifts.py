"""Looking after the rota: a shift put on, changed, taken off, and last week's copied."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction

from brokerage.audit.recording import record
from brokerage.clocks import calendars, clock
from brokerage.clocks.saying import short
from brokerage.errors import NotAllowed, Refused
from brokerage.notify import numbers

from . import rota, rules
from .models import Shift


@transaction.atomic
def put_on(*, by, from_at, until_at, line, team=None, person=None, name="", mobile="", email="") -> Shift:
    """Somebody's turn. Of somebody with an account, what is left out is taken from it."""
    facts = _facts(by, person, name, mobile, email, team, line, from_at, until_at)
    shift = _save(Shift(**facts, changed_at=clock.now(), changed_by=by))
    record("rota.put_on", shift, by=by, said=f"{_in_words(shift)} put on the rota")
    return shift


@transaction.atomic
def change(shift: Shift, *, by, from_at, until_at, line, team=None, person=None, name="", mobile="", email="") -> Shift:
    shift = _held(shift, by)
    before = _in_words(shift)
    for fact, value in _facts(by, person, name, mobile, email, team, line, from_at, until_at).items():
        setattr(shift, fact, value)
    shift.version += 1
    shift.changed_at, shift.changed_by = clock.now(), by
    _save(shift)
    record("rota.changed", shift, by=by, said=f"{_in_words(shift)} on the rota", because=f"Before: {before}")
    return shift


@transaction.atomic
def take_off(shift: Shift, *, by) -> None:
    shift = _held(shift, by)
    record("rota.taken_off", shift, by=by, said=f"{_in_words(shift)} taken off the rota")
    shift.delete()


@transaction.atomic
def copy_week(*, to: date, by) -> tuple[int, list[str]]:
    """The shifts that begin in the week before, at the same times by the clock. What is taken already stays as it is.

    Args:
        to: the Monday of the week they are wanted in.

    Returns:
        how many were put on, and why others were not.
    """
    if reason := rules.reason_not_to_change(by):
        raise NotAllowed(reason)
    policy = calendars.policy()
    begins, ends = (rota.midnight(day, policy) for day in (to - timedelta(weeks=1), to))
    last = Shift.objects.visible_to(by).filter(from_at__gte=begins, from_at__lt=ends).exclude(person__is_active=False)
    copied, left = 0, []
    for shift in last.select_related("person", "team"):
        try:
            with transaction.atomic():
                put_on(
                    by=by,
                    person=shift.person,
                    name=shift.name,
                    mobile=shift.mobile,
                    email=shift.email,
                    team=shift.team,
                    line=shift.line,
                    from_at=rota.a_week_on(shift.from_at, policy),
                    until_at=rota.a_week_on(shift.until_at, policy),
                )
                copied += 1
        except Refused as refusal:
            left.append(str(refusal))
    if not copied and not left:
        raise Refused("There is nothing to copy: nobody was on the rota in the week before.")
    return copied, left


def _facts(by, person, name, mobile, email, team, line, from_at, until_at) -> dict:
    now = clock.now()
    if reason := rules.reason_not_to_change(by):
        raise NotAllowed(reason)
    if reason := rules.reason_not_this_team(by, team) or rules.reason_not_these_times(from_at, until_at, now=now):
        raise Refused(reason)
    if person is not None:
        name, email = person.full_name, email or person.email
        mobile = mobile or numbers.mobile(person.phone)
    if mobile and not numbers.mobile(mobile):
        raise Refused("Enter a mobile number: a landline cannot read a text message.")
    if not name.strip():
        raise Refused("Enter their name, or select somebody with an account.")
    if not mobile and not email:
        raise Refused("Enter a mobile number or an e-mail address: without one nobody can be called.")
    who = {"person": person, "name": name.strip(), "mobile": numbers.mobile(mobile), "email": email.strip()}
    return who | {"team": team, "line": line, "from_at": from_at, "until_at": until_at}


def _save(shift: Shift) -> Shift:
    now = clock.now()
    if reason := rules.reason_it_overlaps(shift, now=now):
        raise Refused(reason)
    try:
        with transaction.atomic():
            shift.save()
    except IntegrityError as conflict:
        if "oncall_one_on_a_line_at_a_time" not in str(conflict):
            raise
        raise Refused(
            rules.reason_it_overlaps(shift, now=now) or "Somebody else was put on for these times just now."
        ) from None
    return shift


def _held(shift: Shift, by) -> Shift:
    held = Shift.objects.select_for_update(of=("self",)).select_related("team", "person").filter(pk=shift.pk).first()
    if held is None:
        raise Refused("This shift was taken off the rota meanwhile.")
    if reason := rules.reason_not_to_change(by, held):
        raise NotAllowed(reason)
    return held


def _in_words(shift: Shift) -> str:
    now = clock.now()
    times = f"{short(shift.from_at, now=now)} to {short(shift.until_at, now=now)}"
    whom = shift.team.name if shift.team else "all teams"
    return f"{shift.name}, {shift.get_line_display().lower()} for {whom}, {times}"
