"""Who may refer, hand in, take and give out work, and why not."""

from brokerage.accounts.models import Role
from referrals.intake.completeness import unanswered
from referrals.intake.models import Stage
from referrals.work.rules import reason_not_to_work_on

REFERS = (Role.COORDINATOR, Role.BROKER, Role.DUTY_BROKER)
HANDS_OUT_WORK = (Role.DUTY_BROKER, Role.TEAM_MANAGER)


def reason_not_to_refer(user) -> str | None:
    return None if user.has_role(*REFERS) else "Only a case co-ordinator or a broker can make a referral."


def reason_not_to_edit(referral, user) -> str | None:
    if user.pk not in {referral.referred_by_id, referral.coordinator_id}:
        return f"Only the referrer can change {referral.reference} before it is submitted."
    if referral.status != Stage.DRAFT:
        return f"{referral.reference} was submitted, so its answers stand. Tell the broker what has changed."
    return None


def reason_not_to_submit(referral, user) -> str | None:
    if reason := reason_not_to_edit(referral, user):
        return reason
    if missing := unanswered(referral):
        return f"{referral.reference} cannot be submitted yet. {missing[0][1]}."
    return None


def reason_not_to_start_work(referral, user) -> str | None:
    if reason := reason_not_to_work_on(referral, user):
        return reason
    if referral.status == Stage.RECEIVED:
        if referral.broker_id and referral.broker_id != user.pk:
            return f"{referral.reference} was given to {referral.broker.full_name}."
        return None
    if referral.started_by_id and referral.started_by_id != user.pk:
        return f"{referral.started_by.full_name} already started work on {referral.reference}."
    return f"Work on {referral.reference} has already begun."


def reason_not_to_assign(referral, user) -> str | None:
    if not user.has_role(*HANDS_OUT_WORK):
        return "Only a duty broker or a team manager can give out work."
    if not user.teams.filter(pk=referral.team_id).exists():
        return f"{referral.reference} belongs to another team."
    if referral.status not in {Stage.RECEIVED, Stage.IN_PROGRESS, Stage.ARRANGED}:
        return f"{referral.reference} is {referral.get_status_display().lower()}, so there is nothing to give out."
    return None
