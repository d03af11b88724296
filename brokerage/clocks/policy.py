"""When a council works, as plain values: no database, no network, no "now"."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from brokerage.clocks.windows import Windows

NEXT_OPENING, AFTERNOON = "next_opening", "afternoon"
FIRST_YEAR, LAST_YEAR = 1900, 2199


def no_bank_holidays(year: int) -> Mapping[date, str]:
    return {}


@dataclass(frozen=True)
class Policy:
    """The hours and the calendar that deadlines are worked out under. Monday is 0.

    `out_of_hours` says how a receipt outside the hours counts: `next_opening`, as received when the service next opens;
    or `afternoon`, as received in the afternoon of the working day that ended last.
    """

    time_zone: str = "Europe/London"
    working_days: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    opens_at: time = time(9)
    closes_at: time = time(17)
    morning_ends_at: time = time(12)
    afternoon_answer_at: time = time(12, 30)
    out_of_hours: str = NEXT_OPENING
    bank_holidays: Callable[[int], Mapping[date, str]] = no_bank_holidays
    closures: tuple[tuple[date, str], ...] = ()
    calendar: str = "no bank holidays"

    def __post_init__(self):
        if not self.working_days or not self.working_days <= set(range(7)):
            raise ValueError("A policy needs at least one working day, Monday (0) to Sunday (6).")
        if self.opens_at >= self.closes_at:
            raise ValueError("A policy must open before it closes.")
        if self.out_of_hours not in {NEXT_OPENING, AFTERNOON}:
            raise ValueError(f"A policy cannot count receipts out of hours as {self.out_of_hours!r}.")

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @cached_property
    def half_a_day(self) -> timedelta:
        day = date(2000, 1, 1)
        return (datetime.combine(day, self.closes_at) - datetime.combine(day, self.opens_at)) / 2

    @cached_property
    def _closures(self) -> dict[date, str]:
        return dict(self.closures)

    def why_closed(self, day: date) -> str | None:
        """None on a working day; otherwise the holiday's name, or nothing to say beyond the name of the weekday."""
        if day.weekday() not in self.working_days:
            return ""
        return self._closures.get(day) or self.bank_holidays(day.year).get(day)

    def is_working_day(self, day: date) -> bool:
        return self.why_closed(day) is None

    def at(self, day: date, clock_face: time) -> datetime:
        """The instant that clocks on the wall show this.

        A time that occurs twice is the first; one that does not exist is moved forward by the gap: fold 0 means both.
        """
        return datetime.combine(day, clock_face.replace(fold=0), self.zone).astimezone(UTC)

    def local(self, instant: datetime) -> datetime:
        return instant.astimezone(self.zone)

    @property
    def windows(self) -> Windows:
        """The table as far as it has been needed; `windows_around` and `windows_beyond` make it grow."""
        return self.__dict__.get("_windows") or self._grow(2025, 2028)

    def windows_around(self, instant: datetime) -> Windows:
        return self._grow(instant.year - 1, instant.year + 1)

    def windows_beyond(self, windows: Windows, instant: datetime) -> Windows:
        return self._grow(windows.first_year, max(windows.last_year + 2, instant.year + 1))

    def _grow(self, first_year: int, last_year: int) -> Windows:
        # Each table is complete before it takes the place of the last, so threads may share a policy.
        have = self.__dict__.get("_windows")
        if have:
            first_year, last_year = (min(first_year, have.first_year), max(last_year, have.last_year))
        if first_year < FIRST_YEAR or last_year > LAST_YEAR:
            raise OverflowError(f"The calendar runs from {FIRST_YEAR + 1} to {LAST_YEAR - 1}.")
        self.__dict__["_windows"] = windows = Windows(self, first_year, last_year)
        return windows
