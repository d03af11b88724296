"""Who reads cases, and who works on them."""

from brokerage.accounts.models import Role
from referrals.intake.models import SEES_THE_TEAMS_CASES

BROKERS = {Role.BROKER, Role.DUTY_BROKER}
CASE_READERS = set(SEES_THE_TEAMS_CASES)
