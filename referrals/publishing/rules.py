"""Who may change pathways, and why not."""

from brokerage.accounts.models import Role
from referrals.pathways.rules import reasons_not_to_follow
from referrals.publishing.known import known
from referrals.publishing.queries import changes_of

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


def reason_not_to_change(user) -> str | None:
    """`user` is nobody when the command line loads a profile."""
    if user is not None and not user.has_role(*CHANGES):
        return "Only an administrator can change a pathway."
    return None


def reason_not_to_publish(draft, user) -> str | None:
    if reason := reason_not_to_change(user):
        return reason
    if to_put_right := reasons_not_to_follow(draft.name, draft.terms, known()):
        return f"{draft.name} cannot be published yet. {to_put_right[0]}"
    if not draft.is_new and not changes_of(draft, known()):
        return f"Nothing in this draft differs from {draft.name} as it is."
    return None


def reason_not_to_withdraw(pathway, user) -> str | None:
    if reason := reason_not_to_change(user):
        return reason
    if not pathway.in_force:
        return f"{pathway.name}, version {pathway.version}, is not in force, so there is nothing to withdraw."
    return None


def reason_not_to_bring_back(version, user) -> str | None:
    if reason := reason_not_to_change(user):
        return reason
    if version.in_force:
        return f"{version.name}, version {version.version}, is in force already."
    if to_put_right := reasons_not_to_follow(version.name, version.terms, known()):
        return f"Version {version.version} no longer fits. {to_put_right[0]} Change the version in force instead."
    return None
