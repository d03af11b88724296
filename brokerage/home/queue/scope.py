"""Whose cases a queue shows: those of this person's teams, less the restricted ones that do not name them."""

from dataclasses import dataclass
from functools import cached_property

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from brokerage.accounts.models import User
from brokerage.clocks import calendars, clock
from brokerage.home.queue import sql
from brokerage.home.queue.away import Away, Deputy
from referrals.access.models import NamedReader
from referrals.intake.models import SEES_THE_TEAMS_CASES
from referrals.work.models import WorkItem


@dataclass(frozen=True)
class Scope:
    user: User

    @property
    def team_ids(self) -> list[int]:
        """In a fixed order, and none for a role that reads no cases."""
        return self._teams_and_away[0]

    @property
    def away(self) -> Away:
        return self._teams_and_away[1]

    @cached_property
    def _teams_and_away(self):
        """Their teams, and who is away today with who stands in: one statement of two small tables."""
        teams, deputies, now = [], {}, clock.now()
        values = {"user": self.user.pk, "now": now, "day": calendars.policy().local(now).date()}
        with connection.cursor() as cursor:
            cursor.execute(sql.TEAMS_AND_AWAY, values)
            for kind, number, deputy, name, is_here in cursor.fetchall():
                if kind == "team":
                    teams.append(number)
                else:
                    deputies[number] = Deputy(deputy, name, is_here) if deputy else None
        return sorted(teams) if self.user.has_role(*SEES_THE_TEAMS_CASES) else [], Away(deputies)

    def items(self):
        """Open cases they may see: one table, no join."""
        return self.of(WorkItem.objects.open().filter(team_id__in=self.team_ids))

    def items_of_each_team(self) -> list:
        """The same, team by team: each is read in the order of an index, which several teams at once have not."""
        return [self.of(WorkItem.objects.open().filter(team_id=team_id)) for team_id in self.team_ids]

    def of(self, items):
        named = NamedReader.objects.filter(referral_id=OuterRef("referral_id"), user=self.user)
        return items.filter(Q(is_restricted=False) | Exists(named))
