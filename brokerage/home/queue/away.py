"""Which brokers are away today, and who stands in."""

from typing import NamedTuple

from brokerage.accounts.absence.standing_in import StandingIn
from brokerage.clocks import clock


class Deputy(NamedTuple):
    pk: int
    full_name: str
    is_active: bool


class Away(StandingIn):
    """The same, of absences that somebody has read already."""

    def __init__(self, deputies: dict[int, Deputy | None]):
        self._deputies = deputies


def said_of(rows, away: StandingIn) -> dict[int, str]:
    """Of the owners of these rows, by id: “away, Priya Nair stands in”."""
    return _said({row.owner_id for row in rows if row.owner_id}, away)


def of(user_ids) -> dict[int, str]:
    return _said(user_ids, StandingIn(clock.now()))


def _said(user_ids, away) -> dict[int, str]:
    return {user_id: _in_words(away.deputy_for(user_id)) for user_id in user_ids if away.is_away(user_id)}


def _in_words(deputy) -> str:
    return f"away, {deputy.full_name} stands in" if deputy else "away"
