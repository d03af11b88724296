from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


class Place84(NamedTuple):
    """A place by latitude and longitude, as satellites and the regulator's API give it."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Reject:
    """A row that could not be used, and why, in words."""

    line: int
    because: str


@dataclass(frozen=True)
class Entry:
    """What one row says. Only what it says: a fact that the file has no column for, or leaves blank, is not here."""

    line: int
    location_id: str | None
    provider_id: str | None
    facts: dict
    provider_facts: dict = field(default_factory=dict)
    service_words: list[str] = field(default_factory=list)
    place: Place84 | None = None
    succeeded_by: tuple[str, ...] = ()
    succeeds: tuple[str, ...] = ()
    latest: date | None = None
    doubts: tuple[str, ...] = ()
