"""The shipped calendar against gov.uk's."""

import json
from datetime import date, timedelta

import pytest
from django.conf import settings

from brokerage.clocks import bank_holidays
from brokerage.clocks.tests.england import BANK_HOLIDAYS

PUBLISHED = settings.BASE_DIR.parent / "shared" / "data" / "bank_holidays" / "bank-holidays.json"


def on_weekdays(first: int, last: int) -> set[date]:
    """On a Saturday or Sunday the substitute is the bank holiday, so the day itself does not count."""
    return {day for year in range(first, last + 1) for day in bank_holidays.in_year(year) if day.weekday() < 5}


def test_every_bank_holiday_written_out_by_hand_is_known_and_no_other():
    assert on_weekdays(2021, 2028) == BANK_HOLIDAYS


@pytest.mark.skipif(not PUBLISHED.exists(), reason="gov.uk's own file is not beside this checkout")
def test_every_bank_holiday_gov_uk_published_is_known_and_no_other():
    events = json.loads(PUBLISHED.read_text())["england-and-wales"]["events"]
    published = {date.fromisoformat(event["date"]) for event in events}

    assert len(published) > 100
    assert on_weekdays(min(published).year, max(published).year) == published
    assert max(published).year == bank_holidays.PUBLISHED_UNTIL.year


def test_wales_has_the_same_days():
    import holidays

    wales = holidays.country_holidays("GB", subdiv="WLS", years=range(2021, 2029))
    assert {day for day in wales if day.weekday() < 5} == BANK_HOLIDAYS


def test_one_off_royal_days_are_known_by_name():
    assert "State Funeral" in bank_holidays.in_year(2022)[date(2022, 9, 19)]
    assert "Coronation" in bank_holidays.in_year(2023)[date(2023, 5, 8)]
    assert "Jubilee" in bank_holidays.in_year(2022)[date(2022, 6, 3)]


def test_substitute_days_are_said_to_be_so():
    assert bank_holidays.in_year(2026)[date(2026, 12, 28)] == "Boxing Day, substitute day"


def test_the_rules_are_known_beyond_what_is_published():
    beyond = bank_holidays.PUBLISHED_UNTIL + timedelta(days=366)

    assert len([day for day in bank_holidays.in_year(beyond.year) if day.weekday() < 5]) >= 8
