from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokerage.money import four_weekly, pounds, to_penny, yearly_estimate

amounts = st.decimals(min_value=-10_000_000, max_value=10_000_000, places=5)


@given(amounts)
def test_a_penny_is_never_further_than_half_a_penny_away(amount):
    assert abs(to_penny(amount) - amount) <= Decimal("0.005")


@given(amounts)
def test_rounding_twice_is_rounding_once(amount):
    assert to_penny(to_penny(amount)) == to_penny(amount)


@given(amounts)
def test_money_going_back_is_rounded_as_money_going_out(amount):
    assert to_penny(-amount) == -to_penny(amount)


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [("0.005", "0.01"), ("0.015", "0.02"), ("2.675", "2.68"), ("-0.005", "-0.01"), ("0.0049999", "0.00")],
)
def test_half_a_penny_goes_up_where_bankers_would_go_to_the_even_one(amount, rounded):
    assert to_penny(Decimal(amount)) == Decimal(rounded)


def test_a_float_is_not_money():
    with pytest.raises(TypeError):
        to_penny(0.1)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "£0.00"),
        ("7", "£7.00"),
        ("1234.5", "£1,234.50"),
        ("1234567.891", "£1,234,567.89"),
        ("-5", "-£5.00"),
        ("-0.001", "£0.00"),
    ],
)
def test_pounds_are_written_as_people_write_them(amount, words):
    assert pounds(Decimal(amount)) == words


@given(amounts)
def test_what_is_written_can_be_read_back(amount):
    assert Decimal(pounds(amount).replace("£", "").replace(",", "")) == to_penny(amount)


@given(st.decimals(min_value=0, max_value=50_000, places=2))
def test_four_weeks_are_four_weeks_to_the_penny(weekly):
    assert four_weekly(weekly) == weekly * 4


@given(st.decimals(min_value=0, max_value=50_000, places=2))
def test_a_year_is_365_and_a_quarter_days_rounded_once(weekly):
    exact = Fraction(weekly) * Fraction(36525, 100) / 7

    assert abs(Fraction(yearly_estimate(weekly)) - exact) <= Fraction(1, 200)


def test_a_year_at_a_hundred_pounds_a_week():
    assert yearly_estimate(Decimal(100)) == Decimal("5217.86")
