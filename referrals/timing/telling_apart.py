"""Whose working time it was: brokerage's, the referrer's, the providers', the person's or panel's (AMB-01)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from brokerage.clocks import calendars, clock
from brokerage.clocks.policy import Policy
from brokerage.clocks.working_time import working_between
from brokerage.deadlines.models import Pause
from referrals.work.models import WaitsOn


@dataclass(frozen=True)
class Turn:
    """A time that was somebody's. Not yet over where it has no end."""

    waits_on: str
    began_at: datetime
    ended_at: datetime | None


def waits(referral, *, at: datetime | None = None) -> dict[str, timedelta]:
    """The working time since receipt until the case was closed, or until now, by whose it was. All five, in their order."""
    if referral.received_at is None:
        return dict.fromkeys(WaitsOn.values, timedelta())
    at = at or clock.now()
    spells = [Turn(spell.waits_on, spell.began_at, spell.ended_at) for spell in referral.spells.all()]
    pauses = [
        Turn(pause.waits_on, pause.paused_at, pause.ended_at) for pause in Pause.objects.of_case(referral.reference)
    ]
    closed = spells and all(spell.ended_at for spell in spells)
    end = max(spell.ended_at for spell in spells) if closed else at
    return told_apart(spells, pauses, referral.received_at, end, calendars.policy())


def told_apart(
    spells: Iterable[Turn], pauses: Iterable[Turn], begin: datetime, end: datetime, policy: Policy
) -> dict[str, timedelta]:
    """A paused clock says whose time it is; otherwise the queue's row; where neither says anything, it is brokerage's."""
    pauses, spells = list(pauses), list(spells)
    edges = {begin, end}
    for turn in (*pauses, *spells):
        edges |= {edge for edge in (turn.began_at, turn.ended_at) if edge and begin < edge < end}
    cuts, shares = sorted(edges), dict.fromkeys(WaitsOn.values, timedelta())
    for since, until in zip(cuts, cuts[1:], strict=False):
        whose = _whose(pauses, since) or _whose(spells, since) or WaitsOn.BROKERAGE
        shares[str(whose)] += working_between(since, until, policy)
    return shares


def _whose(turns: list[Turn], at: datetime) -> str | None:
    return next(
        (turn.waits_on for turn in turns if turn.began_at <= at and (turn.ended_at is None or at < turn.ended_at)), None
    )
