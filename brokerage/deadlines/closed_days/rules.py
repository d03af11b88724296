"""Who may close the council for a day, and which days."""

from datetime import date

from brokerage.accounts.models import Role
from brokerage.clocks import bank_holidays, saying
from brokerage.council.models import ClosureDay

FURTHEST_YEARS = 3


def reason_not_to_close(by) -> str | None:
    return None if by.has_role(Role.ADMINISTRATOR) else "Only an administrator can change the days we are closed."


def reason_not_to_add(on: date, *, today: date, working_days) -> str | None:
    if on < today:
        return "Enter today or a day still to come: what was due in the past stays as it was."
    if on.year > today.year + FURTHEST_YEARS:
        return f"Enter a day before {today.year + FURTHEST_YEARS + 1}."
    if there := ClosureDay.objects.filter(on=on).first():
        return f"We are closed on {saying.full_day(on, year=True)} already: {there.name}."
    if holiday := bank_holidays.in_year(on.year).get(on):
        return f"{saying.full_day(on, year=True)} is a bank holiday already: {holiday}."
    if on.weekday() not in working_days:
        return f"We are closed every {on:%A} already."
    return None


def reason_not_to_remove(closure, *, today: date) -> str | None:
    if closure.on <= today:
        return "This day has come, so it stays: deadlines were worked out with it."
    return None
