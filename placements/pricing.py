"""What an offer costs: arithmetic on the sheet's timetable, no database. Pounds to the penny, rounded once."""

from dataclasses import dataclass
from decimal import Decimal

from brokerage.money import to_penny
from referrals.needs.week import Line, hours_a_week


@dataclass(frozen=True)
class Price:
    """One offer's price. `units_a_week` is care hours, or 1 for a bed; amounts in pounds."""

    unit: str
    rate: Decimal
    units_a_week: Decimal
    weekly: Decimal
    contracted_rate: Decimal | None
    contracted_weekly: Decimal | None

    @property
    def above(self) -> Decimal:
        """How much a week it is above the contracted rate; nothing where it is not."""
        if self.contracted_weekly is None or self.weekly <= self.contracted_weekly:
            return Decimal(0)
        return self.weekly - self.contracted_weekly


def lines_offered(sheet: dict, positions: list[int], kind: str) -> list[Line]:
    """The visits an offer covers: all of them, but for a part offer, which says which."""
    lines = [Line.read(line) for line in sheet.get("timetable", [])]
    if kind == "part":
        return [line for position, line in enumerate(lines) if position in set(positions)]
    return lines


def price(*, unit, rate, lines, contracted_rate=None) -> Price:
    """
    Args:
        unit: what the rate buys, "hour" or "week".
        lines: the visits covered.
    """
    units = hours_a_week(lines) if unit == "hour" else Decimal(1)
    return Price(
        unit=unit,
        rate=rate,
        units_a_week=units,
        weekly=to_penny(rate * units),
        contracted_rate=contracted_rate,
        contracted_weekly=None if contracted_rate is None else to_penny(contracted_rate * units),
    )
