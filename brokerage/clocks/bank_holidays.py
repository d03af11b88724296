"""Bank holidays of England and Wales, one-off royal days among them, with no network.

They come from the `holidays` library, which is refreshed by upgrading it. A holiday proclaimed since is added as a
closure day. The names are those of gov.uk.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache

import holidays

# gov.uk publishes them about two years ahead; beyond this day the rules are known but nothing has been proclaimed.
# A test compares each day up to here with gov.uk's own file. Raise it with the library.
PUBLISHED_UNTIL = date(2028, 12, 31)

_NAMES = {
    "New Year's Day": "New Year’s Day",
    "May Day": "Early May bank holiday",
    "Spring Bank Holiday": "Spring bank holiday",
    "Late Summer Bank Holiday": "Summer bank holiday",
}
_OBSERVED = " (observed)"


@cache
def in_year(year: int) -> Mapping[date, str]:
    found = holidays.country_holidays("GB", subdiv="ENG", years=[year], language="en_GB")
    return {day: _name(said) for day, said in found.items() if day.year == year}


def _name(said: str) -> str:
    plain = said.removesuffix(_OBSERVED)
    name = _NAMES.get(plain, plain)
    return f"{name}, substitute day" if said.endswith(_OBSERVED) else name
