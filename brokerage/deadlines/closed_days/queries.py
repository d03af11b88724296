"""The days ahead on which we are closed, beside every weekend."""

from dataclasses import dataclass
from datetime import date

from brokerage.clocks import bank_holidays, calendars
from brokerage.council.models import ClosureDay


@dataclass(frozen=True)
class ClosedDay:
    on: date
    name: str
    closure: ClosureDay | None = None  # one of our own, which may be removed; none for a bank holiday


def ahead(today: date) -> list[ClosedDay]:
    """Bank holidays as far as they are published, and our own closure days, in order."""
    last = max(calendars.ends_on(), today)
    holidays = [
        ClosedDay(day, name)
        for year in range(today.year, last.year + 1)
        for day, name in bank_holidays.in_year(year).items()
        if day >= today
    ]
    own = [ClosedDay(closure.on, closure.name, closure) for closure in ClosureDay.objects.filter(on__gte=today)]
    return sorted([*holidays, *own], key=lambda each: each.on)
