from brokerage.accounts.models import Role
from brokerage.clocks import calendars, clock
from placements.contracts.models import Contract, ContractStatus
from placements.placing.models import Placement, PlacementStatus
from referrals.intake.models import Stage

WITHDRAWS = {Role.COORDINATOR, Role.BROKER, Role.DUTY_BROKER, Role.TEAM_MANAGER}
OVER = {Stage.CLOSED, Stage.WITHDRAWN}


def start_has_passed(referral) -> bool:
    """A service is arranged and its first day has come: only whoever knows that it never started withdraws it."""
    today = calendars.policy().local(clock.now()).date()
    live = Placement.objects.filter(referral=referral, status=PlacementStatus.ARRANGED)
    return live.filter(start_on__lte=today).exists()


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
    if not of_the_team and start_has_passed(referral):
        return (
            f"The service of {referral.reference} was to start by now, so it is not yours to withdraw. Ring its broker."
        )
    if Placement.objects.filter(referral=referral, status=PlacementStatus.STARTED).exists():
        return f"The service of {referral.reference} has started, so it is ended and not withdrawn. Ring its broker."
    if Contract.objects.filter(placement__referral=referral, status=ContractStatus.SIGNED).exists():
        return f"Both sides signed the agreement of {referral.reference}, so it is ended and not withdrawn. Ring its broker."
    return None
