"""The whole caseload, a batch at a time: what is in memory is one batch, however many are asked for."""

from collections.abc import Callable
from datetime import datetime

from brokerage.clocks import calendars
from brokerage.demo import invented
from brokerage.demo.simulate import cases, staff
from brokerage.demo.simulate.moments import Moments
from brokerage.demo.simulate.rows import Rows
from brokerage.errors import Refused
from providers.models import Postcode

AT_ONCE = 2000
POSTCODES_AT_MOST = 5000


def make(
    referrals: int, *, open_cases: int, seed: int, at: datetime, say: Callable[[int], None] = lambda done: None
) -> dict[str, int]:
    """So many referrals, of which so many are open, told up to this instant. Returns what was made, by kind."""
    moments = Moments(at)
    units = staff.units(referrals=referrals, open_cases=open_cases, seed=seed)
    if not units:
        raise Refused("Load a council first: there is no team with a pathway in force to work on these cases.")
    postcodes, rows = _postcodes(), Rows(moments)
    for numbers in (range(first, min(first + AT_ONCE, referrals)) for first in range(0, referrals, AT_ONCE)):
        rows.write(
            [
                cases.case(
                    number, seed=seed, is_open=number < open_cases, units=units, postcodes=postcodes, moments=moments
                )
                for number in numbers
            ]
        )
        say(numbers[-1] + 1)
    return rows.made


def last_midnight(now: datetime) -> datetime:
    """Told up to here unless somebody says otherwise: all day long the same seed makes the same caseload."""
    policy = calendars.policy()
    return policy.at(policy.local(now).date(), datetime.min.time())


def _postcodes() -> list[str]:
    """Evenly from all that the database knows; the demonstration council's where it knows none."""
    known = list(Postcode.objects.order_by("code").values_list("code", flat=True))
    return known[:: max(1, len(known) // POSTCODES_AT_MOST)] or sorted(invented.POSTCODES)
