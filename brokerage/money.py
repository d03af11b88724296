"""Pounds and pence as Decimal, rounded once, at the line, half a penny up."""

from decimal import ROUND_HALF_UP, Decimal

PENNY = Decimal("0.01")
WEEKS_IN_A_YEAR = Decimal("365.25") / 7


def to_penny(amount: Decimal) -> Decimal:
    """The nearest penny; exactly half a penny goes away from nothing."""
    if isinstance(amount, float):
        raise TypeError("Money is never a float: make it a Decimal from the start.")
    return Decimal(amount).quantize(PENNY, rounding=ROUND_HALF_UP) + 0  # + 0: there is no minus nothing


def pounds(amount: Decimal) -> str:
    """As people read it: £1,234.56, and -£5.00 for money going back."""
    amount = to_penny(amount)
    sign = "-" if amount < 0 else ""
    return f"{sign}£{abs(amount):,.2f}"


def four_weekly(weekly: Decimal) -> Decimal:
    return to_penny(weekly * 4)


def yearly_estimate(weekly: Decimal) -> Decimal:
    """Always called an estimate: a year is 365.25/7 weeks."""
    return to_penny(weekly * WEEKS_IN_A_YEAR)
