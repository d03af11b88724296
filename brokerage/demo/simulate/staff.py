"""Enough people for the caseload: nobody has forty thousand cases. They cannot sign in, and no letter of theirs arrives."""

from dataclasses import dataclass
from random import Random

from brokerage.accounts.models import Membership, Role, Team, User
from brokerage.demo import council
from brokerage.demo.simulate.people import name
from referrals.models import Pathway

DOMAIN = "simulated.example"  # a name that the world keeps free: mail to it goes nowhere
OPEN_CASES_EACH = 60
REFERRALS_EACH = 400
MOST = 400


@dataclass(frozen=True, slots=True)
class Unit:
    """A team with its people and the pathways it works by."""

    team: Team
    pathways: tuple[Pathway, ...]
    brokers: tuple[User, ...]
    coordinators: tuple[User, ...]
    told: str  # who hears of a missed clock, as the history says it


def units(*, referrals: int, open_cases: int, seed: int) -> list[Unit]:
    """One for each team that has a pathway in force. A council with nobody in it becomes the demonstration's."""
    if not User.objects.exists() and not Team.objects.exists() and not Pathway.objects.exists():
        council.set_up()
    pathways = list(Pathway.objects.in_force().order_by("code"))
    found = []
    for team in Team.objects.order_by("pk"):
        served = tuple(pathway for pathway in pathways if pathway.serves == team.serves)
        if served:
            found.append((team, served))
    return [_unit(team, served, referrals // len(found), open_cases // len(found), seed) for team, served in found]


def _unit(team: Team, pathways: tuple[Pathway, ...], referrals: int, open_cases: int, seed: int) -> Unit:
    chance = Random(f"{seed}:{team.slug}")
    return Unit(
        team,
        pathways,
        brokers=_people(team, Role.BROKER, min(MOST, max(3, open_cases // OPEN_CASES_EACH)), chance),
        coordinators=_people(team, Role.COORDINATOR, min(MOST, max(3, referrals // REFERRALS_EACH)), chance),
        told=" and ".join(
            user.full_name
            for user in User.objects.with_any_role(Role.DUTY_BROKER, Role.TEAM_MANAGER, team_id=team.pk)[:2]
        ),
    )


def _people(team: Team, role: str, wanted: int, chance: Random) -> tuple[User, ...]:
    """Those there are, and as many more as it takes."""
    have = list(User.objects.with_role(role, team_id=team.pk).order_by("pk"))
    for number in range(len(have), wanted):
        first, last, *_ = name(chance)
        address = f"{team.slug}.{role}{number:03d}@{DOMAIN}"
        user, is_new = User.objects.get_or_create(
            email=address, defaults={"full_name": f"{first} {last}", "roles": [role], "job_title": Role(role).label}
        )
        if is_new:
            user.set_unusable_password()
            user.save(update_fields=["password"])
            Membership.objects.create(user=user, team=team)
            have.append(user)
    return tuple(have)
