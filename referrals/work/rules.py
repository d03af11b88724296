from brokerage.accounts.models import Role

WORKS_CASES = (Role.BROKER, Role.DUTY_BROKER)


def reason_not_to_work_on(referral, user) -> str | None:
    """Why this person may not act for brokerage on this case."""
    if not user.has_role(*WORKS_CASES):
        return "Only a broker can do this."
    if not user.teams.filter(pk=referral.team_id).exists():
        return f"{referral.reference} belongs to another team."
    return None
