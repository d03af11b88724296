"""Who looks after signposts, who may tell a person of one, and why not."""

from brokerage.accounts.models import Role

CHANGES = frozenset({Role.ADMINISTRATOR})
READS = CHANGES | {
    Role.COORDINATOR,
    Role.BROKER,
    Role.DUTY_BROKER,
    Role.TEAM_MANAGER,
    Role.HEAD_OF_SERVICE,
    Role.ASSISTANT_DIRECTOR,
    Role.AUDITOR,
}
TELLS = frozenset({Role.BROKER, Role.DUTY_BROKER})


def reason_not_to_change(user) -> str | None:
    """`user` is nobody when the command line loads a profile."""
    if user is not None and not user.has_role(*CHANGES):
        return "Only an administrator can change a signpost."
    return None


def reason_not_to_tell(referral, user) -> str | None:
    if not user.has_role(*TELLS):
        return "Only a broker can record that the person was told of other help."
    if not user.teams.filter(pk=referral.team_id).exists():
        return f"{referral.reference} belongs to another team."
    return None
