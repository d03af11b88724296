"""Who looks after teams, and why one cannot be closed."""

from brokerage.accounts.models import Role
from referrals.intake.models import Referral, Stage

CHANGES = frozenset({Role.ADMINISTRATOR})
AT_AN_END = (Stage.CLOSED, Stage.WITHDRAWN)


def reason_not_to_change(user) -> str | None:
    if not user.has_role(*CHANGES):
        return "Only an administrator can look after teams."
    return None


def reason_not_to_close(team, user) -> str | None:
    if reason := reason_not_to_change(user):
        return reason
    if team.closed_at:
        return f"{team} is closed already."
    if people := team.members.filter(is_active=True).count():
        return (
            f"{people} {'person is' if people == 1 else 'people are'} still in {team}. Move them to another team first."
        )
    if cases := Referral.objects.filter(team=team).exclude(status__in=AT_AN_END).count():
        return f"{team} still has {cases} case{'' if cases == 1 else 's'} that {'is' if cases == 1 else 'are'} not at an end."
    return None


def reason_not_to_open_again(team, user) -> str | None:
    return reason_not_to_change(user) or (None if team.closed_at else f"{team} is not closed.")
