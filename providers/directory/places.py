"""Where something is: postcodes as people write them, and metres of the national grid. No database here.

Distances are straight lines on the grid, said in miles because brokers do.
"""

import math
import re
from typing import NamedTuple

METRES_PER_MILE = 1609.344

_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][ABD-HJLNP-UW-Z]{2})")
_OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")


class Place(NamedTuple):
    """A point of the Ordnance Survey national grid, in metres."""

    easting: float
    northing: float

    def metres_to(self, other) -> float:
        return math.dist(self, other)

    def miles_to(self, other) -> float:
        return miles(self.metres_to(other))


def miles(metres: float) -> float:
    return metres / METRES_PER_MILE


def metres(miles: float) -> float:
    return float(miles) * METRES_PER_MILE


def postcode(text: str) -> str | None:
    """'ex43pl', 'EX4  3PL' and 'EX4 3PL' are all 'EX4 3PL'; None when it is no postcode."""
    match = _POSTCODE.fullmatch(_squashed(text))
    return " ".join(match.groups()) if match else None


def outward(text: str) -> str | None:
    """The area half of a postcode: 'EX4' of 'EX4 3PL', or of 'ex4' by itself."""
    if whole := postcode(text):
        return whole.split()[0]
    squashed = _squashed(text)
    return squashed if _OUTWARD.fullmatch(squashed) else None


def _squashed(text: str) -> str:
    return re.sub(r"\s+", "", text or "").upper()
