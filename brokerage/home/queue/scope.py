"""Whose cases a queue shows: those of this person's teams, less the restricted ones that do not name them."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, Q

from brokerage.accounts.models import Membership, User
from referrals.access.models import NamedReader
from referrals.intake.models import SEES_THE_TEAMS_CASES
from referrals.work.models import WorkItem


@dataclass(frozen=True)
class Scope:
    user: User

    @cached_property
    def team_ids(self) -> list[int]:
        """In a fixed order, and none for a role that reads no cases."""
        if not self.user.has_role(*SEES_THE_TEAMS_CASES):
            return []
        return sorted(Membership.objects.filter(user=self.user).values_list("team_id", flat=True))

    def items(self):
        """Open cases they may see: one table, no join."""
        return self.of(WorkItem.objects.open().filter(team_id__in=self.team_ids))

    def items_of_each_team(self) -> list:
        """The same, team by team: each is read in the order of an index, which several teams at once have not."""
        return [self.of(WorkItem.objects.open().filter(team_id=team_id)) for team_id in self.team_ids]

    def of(self, items):
        named = NamedReader.objects.filter(referral_id=OuterRef("referral_id"), user=self.user)
        return items.filter(Q(is_restricted=False) | Exists(named))
