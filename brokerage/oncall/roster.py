"""Whom to page now: the first line, after a while the second, and then the head of service."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from brokerage.accounts.models import Role, User
from brokerage.notify import numbers
from brokerage.notify.models import Channel

from .models import Alarm, Line, Shift, Tier


@dataclass(frozen=True)
class Somebody:
    tier: str
    name: str
    user_id: int | None = None
    mobile: str = ""
    email: str = ""

    @property
    def ways(self) -> list[tuple[str, str]]:
        by = ((Channel.SMS, numbers.mobile(self.mobile)), (Channel.EMAIL, self.email))
        return [(channel, address) for channel, address in by if address]


@dataclass(frozen=True)
class Roster:
    people: list[Somebody]
    nobody_on_rota: bool


def whom(alarm: Alarm, *, at: datetime) -> Roster:
    """Each once, by the first of their parts in it. With nobody on the rota all the others hear at once."""
    waited = at - alarm.raised_at
    on_rota = list(Shift.objects.for_team(alarm.team_id).at(at))
    first = [_of(shift, Tier.FIRST) for shift in on_rota if shift.line == Line.FIRST]
    second = [_of(shift, Tier.SECOND) for shift in on_rota if shift.line == Line.SECOND]
    found = list(first)
    if not first or waited >= timedelta(minutes=settings.SECOND_LINE_AFTER):
        found += second
    if not first:
        found += _holders(Role.TEAM_MANAGER, Tier.MANAGER, alarm.team_id)
    if not first or waited >= timedelta(minutes=settings.HEAD_OF_SERVICE_AFTER):
        found += _holders(Role.HEAD_OF_SERVICE, Tier.HEAD, alarm.team_id) or _holders(Role.HEAD_OF_SERVICE, Tier.HEAD)
    if not first and alarm.team.mailbox:
        found.append(Somebody(Tier.MAILBOX, alarm.team.name, email=alarm.team.mailbox))
    return Roster(_each_once(found), nobody_on_rota=not first)


def _of(shift: Shift, tier: str) -> Somebody:
    return Somebody(tier, shift.name, shift.person_id, shift.mobile, shift.email)


def _holders(role: str, tier: str, team_id: int | None = None) -> list[Somebody]:
    people = User.objects.with_role(role, team_id=team_id).order_by("pk")
    return [Somebody(tier, user.full_name, user.pk, user.phone, user.email) for user in people]


def _each_once(people: list[Somebody]) -> list[Somebody]:
    once = {}
    for one in people:
        once.setdefault(tuple(one.ways), one)
    return list(once.values())
