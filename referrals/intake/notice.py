"""Whether the wanted start leaves providers, and the person, enough time (DER-14)."""

from datetime import date, timedelta

from brokerage.clocks import saying
from brokerage.clocks.policy import Policy


def working_days_until(day: date, today: date, policy: Policy) -> int:
    """How many working days away it is: tomorrow is 1, where tomorrow is one."""
    return sum(policy.is_working_day(today + timedelta(days=number)) for number in range(1, (day - today).days + 1))


def warning(day: date, today: date, policy: Policy, usual: int) -> str | None:
    """ "Wednesday 2 December is 2 working days away; providers usually need 5." None where there is time enough."""
    if not usual or (day - today).days > 60 or (left := working_days_until(day, today, policy)) >= usual:
        return None
    away = "today" if day == today else f"{left} working day{'' if left == 1 else 's'} away"
    return f"{saying.full_day(day)} is {away}; providers usually need {usual}"
