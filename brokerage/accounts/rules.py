"""Who may look after people's accounts, and why not."""

from .roles import APPROVING, BROKERING, Role

TEAMED = {Role.COORDINATOR, *BROKERING, Role.TEAM_MANAGER}


def reason_not_to_manage(by) -> str | None:
    """`by` is nobody when the command line invites the first administrator."""
    if by is not None and not by.has_role(Role.ADMINISTRATOR):
        return "Only an administrator can invite people or change their accounts."
    return None


def reason_not_to_hold(roles, teams) -> str | None:
    if not roles:
        return "Select at least one role."
    if Role.ADMINISTRATOR in roles and not set(roles).isdisjoint(APPROVING):
        approving = ", ".join(role.label.lower() for role in APPROVING if role in roles)
        return f"An administrator approves nothing, so they cannot also be {approving}."
    if not teams and not TEAMED.isdisjoint(roles):
        return "Select at least one team: co-ordinators, brokers and team managers see their teams’ cases."
    return None


def reason_not_to_change_roles(user, by) -> str | None:
    if user == by:
        return "Another administrator must change your roles and teams."
    if not user.is_active:
        return f"{user} has left, so bring them back before changing their roles."
    return None


def reason_not_to_end(user, by) -> str | None:
    if user == by:
        return "Another administrator must end your account."
    if not user.is_active:
        return f"{user} has already left."
    return None


def reason_not_to_bring_back(user) -> str | None:
    return f"{user} has not left." if user.is_active else None


def reason_not_to_invite_again(user) -> str | None:
    if not user.is_active:
        return f"{user} has left, so bring them back instead."
    if user.has_usable_password():
        return f"{user} has chosen a password. They can ask for a new one on the sign-in page."
    return None


def reason_not_to_use(link, *, at) -> str | None:
    """For somebody who follows a password link. The link itself is already known to be the right one."""
    if not link.user.is_active:
        return "This account is closed. Ask an administrator if you need it."
    if link.link_expires_at and link.link_expires_at <= at:
        return "This link has expired."
    return None
