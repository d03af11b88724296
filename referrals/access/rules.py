"""Who may restrict a case, name somebody on it, and lift the restriction."""

from brokerage.accounts.models import Role, User

RESTRICTS = {Role.COORDINATOR, Role.BROKER, Role.DUTY_BROKER, Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE}
NAMES_OTHERS = {Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE}
MAY_BE_NAMED = (
    Role.COORDINATOR,
    Role.BROKER,
    Role.DUTY_BROKER,
    Role.TEAM_MANAGER,
    Role.HEAD_OF_SERVICE,
    Role.ASSISTANT_DIRECTOR,
    Role.PANEL_MEMBER,
    Role.PANEL_CHAIR,
    Role.AUDITOR,
)


def may_be_named(referral):
    """Those who could be named on this case: of its team, and whoever stands above teams."""
    above = (Role.HEAD_OF_SERVICE, Role.ASSISTANT_DIRECTOR, Role.PANEL_CHAIR, Role.AUDITOR)
    people = User.objects.with_any_role(*MAY_BE_NAMED)
    return people.in_team(referral.team_id) | people.with_any_role(*above)


def reason_not_to_restrict(referral, user) -> str | None:
    if referral.is_restricted:
        return f"{referral.reference} is already restricted."
    if not user.has_role(*RESTRICTS):
        return "Only those who work on a case, or their managers, can restrict it."
    own = user.pk in {referral.referred_by_id, referral.coordinator_id}
    if not own and not user.is_in_team(referral.team_id):
        return f"{referral.reference} belongs to another team."
    return None


def reason_not_to_name(referral, user) -> str | None:
    """Managers may name somebody on a case that they cannot open themselves: it is written down and the others are told."""
    if not referral.is_restricted:
        return f"{referral.reference} is not restricted: its team can open it."
    if not user.has_role(*NAMES_OTHERS):
        return "Only a team manager or a head of service can say who may open a restricted case."
    if user.has_role(Role.HEAD_OF_SERVICE) or user.is_in_team(referral.team_id):
        return None
    return f"{referral.reference} belongs to another team."


def reason_not_to_take_off(referral, reader) -> str | None:
    """
    Args:
        reader: the user whose name is to go.
    """
    if reader.pk in {referral.broker_id, referral.coordinator_id, referral.referred_by_id}:
        return f"{reader.full_name} works on this case. Give it to somebody else first."
    return None
