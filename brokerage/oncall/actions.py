"""Raising an alarm, paging again until somebody answers, and answering."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from brokerage.accounts.models import User
from brokerage.audit.recording import Outsider, record
from brokerage.clocks import clock
from brokerage.errors import Refused

from . import letters, rules
from .models import Alarm, How, Page
from .roster import Roster, whom

logger = logging.getLogger(__name__)

__all__ = ["acknowledge", "acknowledge_case", "page", "page_due"]

EMERGENCY = "Emergency referral"


AFTERWARDS: list[Callable[[Alarm], None]] = []


def afterwards(do: Callable[[Alarm], None]) -> None:
    """What a later stage does once somebody has said that they have it."""
    AFTERWARDS.append(do)


@transaction.atomic
def page(case: str, *, team_id: int, words: str = EMERGENCY, by=None) -> Alarm:
    """Raise the alarm about a case and page the first line now. One that is going already is the one.

    Args:
        words: what it is, and never who: it stands in text messages.
    """
    now = clock.now()
    try:
        with transaction.atomic():
            alarm = Alarm.objects.create(
                case=case, team_id=team_id, words=words, raised_at=now, raised_by=by, next_page_at=now
            )
    except IntegrityError as conflict:
        if "oncall_one_alarm_a_case" not in str(conflict):
            raise
        return Alarm.objects.going().get(case=case)
    record(
        "alarm.raised",
        alarm,
        by=None,
        said=f"{words} received while the service is closed: whoever is on call is paged",
    )
    _page(alarm, at=now)
    return alarm


def page_due(*, at: datetime) -> int:
    """Page again for every alarm whose time has come, once each however many do this at a time. One that fails stops no other."""
    paged, leaving = 0, set()
    while pk := _next_due(at, leaving):
        leaving.add(pk)  # whatever becomes of it, this pass is done with it
        try:
            paged += _page_again(pk, at)
        except Exception:
            logger.exception("Nobody could be paged again for alarm %s.", pk)
    return paged


@transaction.atomic
def acknowledge(alarm: Alarm, *, by=None, name: str = "", how: str = How.SIGNED_IN) -> Alarm:
    """Somebody has it: nobody is paged about it any more.

    Args:
        by: a user; or None, with the `name` of whoever followed the link.
    """
    alarm = Alarm.objects.select_for_update(of=("self",)).select_related("team").get(pk=alarm.pk)
    if by is not None and (reason := rules.reason_not_to_acknowledge(alarm, by)):
        raise Refused(reason)
    name = by.full_name if by is not None else " ".join(name.split())
    if not name:
        raise Refused("Enter your name.")
    if alarm.acknowledged_at:
        raise Refused(f"{alarm.acknowledged_name} already has {alarm.case}.")
    _settle(alarm, by=by, name=name, how=how)
    return alarm


@transaction.atomic
def acknowledge_case(case: str, *, by, how: str = How.WORK) -> Alarm | None:
    """Somebody is at work on it, so nobody need be called; nothing where no alarm is going."""
    alarm = Alarm.objects.going().filter(case=case).select_for_update(of=("self",)).select_related("team").first()
    if alarm is not None:
        user = by if isinstance(by, User) else None
        _settle(alarm, by=user, name=getattr(by, "full_name", "") or getattr(by, "name", "") or "The service", how=how)
    return alarm


def _settle(alarm, *, by, name, how):
    alarm.acknowledged_at, alarm.acknowledged_by = clock.now(), by
    alarm.acknowledged_name, alarm.acknowledged_how = name, how
    alarm.save(update_fields=["acknowledged_at", "acknowledged_by", "acknowledged_name", "acknowledged_how"])
    said = "The case is over" if how == How.OVER else f"{name} has the emergency"
    said += ": paging has stopped"
    record("alarm.acknowledged", alarm, by=by or Outsider(name, role="on call"), said=said, how=how)
    letters.stand_down(alarm, but_not=by)
    for tell in AFTERWARDS:
        tell(alarm)


def _next_due(at: datetime, leaving: set[int]) -> int | None:
    due = Alarm.objects.going().filter(next_page_at__lte=at).exclude(pk__in=leaving)
    return due.order_by("next_page_at", "pk").values_list("pk", flat=True).first()


@transaction.atomic
def _page_again(pk: int, at: datetime) -> bool:
    mine = (
        Alarm.objects.going()
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("team")
        .filter(pk=pk, next_page_at__lte=at)
        .first()
    )
    if mine is None:
        return False  # in somebody's hands, or answered just now
    _page(mine, at=at)
    return True


def _page(alarm: Alarm, *, at: datetime) -> None:
    roster = whom(alarm, at=at)
    alarm.rounds += 1
    alarm.nobody_on_rota = roster.nobody_on_rota
    alarm.next_page_at = at + timedelta(minutes=settings.PAGE_AGAIN_AFTER)
    alarm.save(update_fields=["rounds", "nobody_on_rota", "next_page_at"])
    pages = [
        Page(
            alarm=alarm, round=alarm.rounds, tier=one.tier, name=one.name, user_id=one.user_id,
            channel=channel, address=address, paged_at=at,
        )
        for one in roster.people
        for channel, address in one.ways
    ]  # fmt: skip
    Page.objects.bulk_create(pages, ignore_conflicts=True)
    letters.page_all(alarm, Page.objects.filter(alarm=alarm, round=alarm.rounds))
    record("alarm.paged", alarm, by=None, said=_in_words(alarm, roster), round=alarm.rounds)
    if not pages:
        logger.error("Nobody at all could be paged: alarm %s.", alarm.pk)


def _in_words(alarm: Alarm, roster: Roster) -> str:
    again = "" if alarm.rounds == 1 else f", for the {rules.ordinal(alarm.rounds)} time"
    names = rules.listed([one.name for one in roster.people if one.ways])
    if not names:
        return "Nobody is on the rota and nobody else can be reached: nobody was paged"
    if roster.nobody_on_rota:
        return f"Nobody is on the rota{again}: {names} paged instead"
    return f"Paged{again}: {names}"
