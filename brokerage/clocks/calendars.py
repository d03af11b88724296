"""The policy in force: the council's hours, the bank holidays of England and Wales, and its own closure days."""

from datetime import date
from functools import lru_cache

from brokerage.clocks import bank_holidays
from brokerage.clocks.policy import Policy
from brokerage.council import settings
from brokerage.council.models import ClosureDay, Council

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_kept: tuple[Council, Policy] | None = None


def policy() -> Policy:
    """The policy under which a clock that starts now is worked out. As fresh as `settings.current()` is."""
    global _kept
    council = settings.current()
    if _kept is None or _kept[0] is not council:
        _kept = (council, policy_of(council))
    return _kept[1]


def ends_on() -> date:
    """The last day whose bank holidays are published; the health page warns when it is less than a year away."""
    return bank_holidays.PUBLISHED_UNTIL


def policy_of(council: Council) -> Policy:
    """As it would be with these settings, saved or not."""
    return _policy(
        council.time_zone,
        frozenset(council.working_days),
        council.opens_at,
        council.closes_at,
        council.morning_ends_at,
        council.out_of_hours,
        tuple(ClosureDay.objects.order_by("on").values_list("on", "name")),
    )


@lru_cache(maxsize=8)  # by value: the table of working windows is built anew only when a setting has changed
def _policy(time_zone, working_days, opens_at, closes_at, morning_ends_at, out_of_hours, closures) -> Policy:
    return Policy(
        time_zone=time_zone,
        working_days=working_days,
        opens_at=opens_at,
        closes_at=closes_at,
        morning_ends_at=morning_ends_at,
        out_of_hours=out_of_hours,
        bank_holidays=bank_holidays.in_year,
        closures=closures,
        calendar=_in_words(time_zone, working_days, opens_at, closes_at, closures),
    )


def _in_words(time_zone, working_days, opens_at, closes_at, closures) -> str:
    days = ", ".join(WEEKDAYS[day] for day in sorted(working_days))
    if working_days == frozenset(range(5)):
        days = "Monday to Friday"
    words = f"{days}, {opens_at:%H:%M} to {closes_at:%H:%M} ({time_zone}), less bank holidays of England and Wales"
    if closures:
        words += f" and {len(closures)} closure day{'' if len(closures) == 1 else 's'} of our own"
    return words
