"""Saying that somebody is away, and that they are back."""

from datetime import date

from django.db import IntegrityError, transaction

from brokerage.accounts.models import User
from brokerage.audit.recording import record
from brokerage.clocks import calendars, clock
from brokerage.errors import NotAllowed, Refused
from brokerage.notify.telling import tell

from . import rules
from .models import Absence


@transaction.atomic
def go_away(who, *, from_on: date, until_on: date, deputy, by, because: str = "") -> Absence:
    """Somebody is away from one day to another, both included. Whoever stands in is told, and gets their letters."""
    held = {user.pk: user for user in _hold(who, deputy)}
    who, deputy = held[who.pk], held[deputy.pk] if deputy else None
    if reason := rules.reason_not_to_record_for(who, by):
        raise NotAllowed(reason)
    if reason := rules.reason_not_to_be_away(who, from_on, until_on, today=today()):
        raise Refused(reason)
    if deputy and (reason := rules.reason_not_to_stand_in(deputy, who, from_on, until_on)):
        raise Refused(reason)
    try:
        with transaction.atomic():
            absence = Absence.objects.create(
                who=who,
                from_on=from_on,
                until_on=until_on,
                deputy=deputy,
                because=because.strip(),
                recorded_at=clock.now(),
                recorded_by=by,
            )
    except IntegrityError as conflict:
        if "absence_is_one_at_a_time" not in str(conflict):
            raise
        raise Refused(f"{who} is already away then.") from None
    stands_in = f"{deputy} stands in" if deputy else "nobody stands in"
    said = f"{who} is away {rules.in_words(absence)}: {stands_in}"
    record("absence.recorded", absence, by=by, said=said, because=absence.because, who=who.pk)
    if deputy and deputy != by:
        _tell(deputy, absence, "you-stand-in")
    if who != by:
        _tell(who, absence, "you-are-away")
    return absence


@transaction.atomic
def come_back(absence, *, by) -> Absence:
    """They are back, or do not go: from now on their letters are their own."""
    Absence.objects.select_for_update().get(pk=absence.pk)
    absence = Absence.objects.select_related("who", "deputy").get(pk=absence.pk)
    if reason := rules.reason_not_to_end(absence, by, today=today()):
        raise Refused(reason)
    absence.ended_at, absence.ended_by = clock.now(), by
    absence.save(update_fields=["ended_at", "ended_by"])
    record("absence.ended", absence, by=by, said=f"{absence.who} is back", who=absence.who_id)
    if absence.deputy and absence.deputy != by:
        _tell(absence.deputy, absence, "you-stand-in-no-more")
    return absence


def today() -> date:
    return calendars.policy().local(clock.now()).date()


def _hold(*people):
    """In one order: two who would stand in for each other at the same time are told, and not both let go."""
    keys = sorted(person.pk for person in people if person)
    return User.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True)


def _tell(reader, absence, letter):
    days = rules.in_words(absence)
    tell(reader.email, letter, about=absence, name=reader.full_name, who=absence.who.full_name, days=days)
