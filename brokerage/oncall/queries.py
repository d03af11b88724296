"""The rota as its page shows it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from brokerage.accounts.models import Role, Team
from brokerage.clocks import calendars

from . import rota
from .models import Line, Shift

DAYS = 14


@dataclass(frozen=True)
class TeamRota:
    team: Team
    days: list[rota.Day]

    @property
    def gaps(self) -> int:
        return sum(len(day.gaps) for day in self.days)


def teams_of(user):
    return Team.objects.all() if user.has_role(Role.ADMINISTRATOR) else user.teams.all()


def fortnight(user, *, at: datetime) -> list[TeamRota]:
    """Two weeks from now, for each team of theirs, with every closed hour that nobody on the first line covers."""
    policy = calendars.policy()
    today = rota.midnight(policy.local(at).date(), policy)
    end = rota.a_week_on(today, policy, weeks=2)
    teams = list(teams_of(user))
    shifts = list(
        Shift.objects.filter(Q(team=None) | Q(team__in=teams)).between(today, end).select_related("person", "team")
    )
    return [_of(team, shifts, at=at, today=today, end=end, policy=policy) for team in teams]


def on_call_at(team_id: int, at: datetime) -> list[Shift]:
    return list(Shift.objects.for_team(team_id).at(at).order_by("line", "pk"))


def next_on_call(team_id: int, *, at: datetime, hours: int = 24) -> list[Shift]:
    """Who is on call within so many hours, in the order in which they come."""
    coming = Shift.objects.for_team(team_id).between(at, at + timedelta(hours=hours)).exclude(person__is_active=False)
    return list(coming.order_by("from_at", "line", "pk"))


def _of(team, shifts, *, at, today, end, policy) -> TeamRota:
    ours = [shift for shift in shifts if shift.team_id in (None, team.pk)]
    covered = [
        (shift.from_at, shift.until_at)
        for shift in ours
        if shift.line == Line.FIRST and (shift.person is None or shift.person.is_active)
    ]
    gaps = rota.without(rota.closed(at, end, policy), covered)
    return TeamRota(team, rota.days_of(today, DAYS, ours, gaps, policy))
