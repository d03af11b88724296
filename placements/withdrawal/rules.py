from brokerage.accounts.models import Role
from placements.contracts.models import Contract, ContractStatus
from placements.placing.models import Placement, PlacementStatus
from referrals.intake.models import Stage

WITHDRAWS = {Role.COORDINATOR, Role.BROKER, Role.DUTY_BROKER, Role.TEAM_MANAGER}
OVER = {Stage.CLOSED, Stage.WITHDRAWN}


def reason_not_to_withdraw(referral, user) -> str | None:
    """Why the case cannot be withdrawn by this person, or not any more: what has begun is ended, not withdrawn (LEI-11)."""
    own = user.pk in {referral.referred_by_id, referral.coordinator_id}
    of_the_team = user.has_role(Role.BROKER, Role.DUTY_BROKER, Role.TEAM_MANAGER) and user.is_in_team(referral.team_id)
    if not own and not of_the_team:
        return "Only the referrer, a broker or a team manager of the case’s team can withdraw it."
    if referral.status == Stage.DRAFT:
        return f"{referral.reference} was never submitted. Throw the draft away instead."
    if referral.status in OVER:
        return f"{referral.reference} is already {referral.get_status_display().lower()}."
    if Placement.objects.filter(referral=referral, status=PlacementStatus.STARTED).exists():
        return f"The service of {referral.reference} has started, so it is ended and not withdrawn. Ring its broker."
    if Contract.objects.filter(placement__referral=referral, status=ContractStatus.SIGNED).exists():
        return f"Both sides signed the agreement of {referral.reference}, so it is ended and not withdrawn. Ring its broker."
    return None
