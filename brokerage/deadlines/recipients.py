"""Who is told at each stage: the next in line, or whoever stands in where there is nobody."""

from collections import defaultdict
from collections.abc import Iterable

from brokerage.accounts.models import Membership, Role, User

from .models import Clock, StageName

IN_LINE = (Role.DUTY_BROKER, Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE)


class Line:
    """Everybody who may be told, read once for a whole sweep."""

    def __init__(self):
        people = {user.pk: user for user in User.objects.with_any_role(*IN_LINE).order_by("pk")}
        self._anywhere: dict[str, list[User]] = defaultdict(list)
        self._in_team: dict[tuple[str, int], list[User]] = defaultdict(list)
        for user in people.values():
            for role in user.roles:
                self._anywhere[role].append(user)
        for user_id, team_id in (
            Membership.objects.filter(user__in=people).order_by("user_id").values_list("user_id", "team_id")
        ):
            for role in people[user_id].roles:
                self._in_team[role, team_id].append(people[user_id])

    def to_tell(self, stage: str, clock: Clock) -> dict[User, str]:
        """Each person with the reason they are told."""
        managers = self._of(Role.TEAM_MANAGER, clock)
        heads = self._of(Role.HEAD_OF_SERVICE, clock) or self._everywhere(Role.HEAD_OF_SERVICE)
        if stage == StageName.MISSED_FOR_LONG:
            return heads or managers
        if stage == StageName.MISSED:
            return self._of(Role.DUTY_BROKER, clock) | managers or heads
        if clock.owner and clock.owner.is_active:
            return {clock.owner: "the case is yours"}
        return self._of(Role.DUTY_BROKER, clock) or managers or heads

    def _of(self, role: Role, clock: Clock) -> dict[User, str]:
        if clock.team_id is None:
            return self._everywhere(role)
        return _because(role, self._in_team[role, clock.team_id], f" for {clock.team}")

    def _everywhere(self, role: Role) -> dict[User, str]:
        return _because(role, self._anywhere[role], "")


def _because(role: Role, people: Iterable[User], where: str) -> dict[User, str]:
    return {user: f"you are the {role.label.lower()}{where}" for user in people}
