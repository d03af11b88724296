"""The dates of one year's scheme: its row where somebody set it, and what is usual where nobody did yet."""

from calendar import monthrange
from datetime import date, timedelta

from brokerage.clocks import bank_holidays
from referrals.playscheme.models import Scheme

REVIEWED_WITHIN_MONTHS = 6


def scheme_of(year: int) -> Scheme:
    return Scheme.objects.filter(year=year).first() or usual(year)


def usual(year: int) -> Scheme:
    """Not saved: January to 1 March for open cases, mid-June for late ones; the last week of July to the end of August."""
    july = date(year, 7, 31)
    monday = july - timedelta(days=july.weekday())
    return Scheme(
        year=year,
        opens_on=date(year, 1, 1),
        closes_on=date(year, 3, 1),
        last_call_on=date(year, 6, 15),
        first_day=monday,
        last_day=monday + timedelta(days=4 * 7 + 4),
    )


def days_of(scheme: Scheme) -> list[date]:
    """The days on which the scheme runs: Monday to Friday, less bank holidays."""
    length = (scheme.last_day - scheme.first_day).days + 1
    days = [scheme.first_day + timedelta(days=number) for number in range(length)]
    closed = set(bank_holidays.in_year(scheme.year))
    return [day for day in days if day.weekday() < 5 and day not in closed]


def weeks_of(days: list[date]) -> list[list[date]]:
    weeks: dict[date, list[date]] = {}
    for day in days:
        weeks.setdefault(day - timedelta(days=day.weekday()), []).append(day)
    return list(weeks.values())


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months before; the month's last where it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
