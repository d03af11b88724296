"""Who is told at each stage: the next in line, or whoever stands in where somebody is away or there is nobody."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from brokerage.accounts.absence import StandingIn
from brokerage.accounts.models import Membership, Role, User

from .models import Clock, StageName

IN_LINE = (Role.DUTY_BROKER, Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE)


class Line:
    """Everybody who may be told, read once for a whole sweep. Whoever is away is passed over to their deputy."""

    def __init__(self, at: datetime):
        people = {user.pk: user for user in User.objects.with_any_role(*IN_LINE).order_by("pk")}
        self._standing_in = StandingIn(at)
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
        """Each person with the reason they are told. Where the whole line is away, they are told as if they were here."""
        return self._told(stage, clock, self._present) or self._told(stage, clock, _as_they_are)

    def _told(self, stage: str, clock: Clock, whom) -> dict[User, str]:
        managers = whom(self._of(Role.TEAM_MANAGER, clock))
        heads = whom(self._of(Role.HEAD_OF_SERVICE, clock)) or whom(self._everywhere(Role.HEAD_OF_SERVICE))
        if stage == StageName.MISSED_FOR_LONG:
            return heads or managers
        if stage == StageName.MISSED:
            return whom(self._of(Role.DUTY_BROKER, clock)) | managers or heads
        if clock.owner and clock.owner.is_active and (owner := whom({clock.owner: "the case is yours"})):
            return owner
        return whom(self._of(Role.DUTY_BROKER, clock)) or managers or heads

    def _present(self, people: dict[User, str]) -> dict[User, str]:
        """Those who are here, and for the others whoever stands in. Who is told anyway is told why of themselves."""
        here = {user: why for user, why in people.items() if not self._standing_in.is_away(user.pk)}
        for user, why in people.items():
            if user not in here and (deputy := self._standing_in.deputy_for(user.pk)):
                here.setdefault(deputy, _in_place_of(user, why))
        return here

    def _of(self, role: Role, clock: Clock) -> dict[User, str]:
        if clock.team_id is None:
            return self._everywhere(role)
        return _because(role, self._in_team[role, clock.team_id], f" for {clock.team}")

    def _everywhere(self, role: Role) -> dict[User, str]:
        return _because(role, self._anywhere[role], "")


def _because(role: Role, people: Iterable[User], where: str) -> dict[User, str]:
    return {user: f"you are the {role.label.lower()}{where}" for user in people}


def _as_they_are(people: dict[User, str]) -> dict[User, str]:
    return people


def _in_place_of(user: User, why: str) -> str:
    """'you stand in for Tom Birch, whose case it is'; '…, the team manager for Adults brokerage'."""
    whose = "whose case it is" if why == "the case is yours" else why.removeprefix("you are ")
    return f"you stand in for {user.full_name}, {whose}"
