from datetime import date, datetime, time

import pytest

from brokerage.clocks import bank_holidays, calendars
from brokerage.clocks.working_time import response_due
from brokerage.council import settings as council_settings
from brokerage.council.models import ClosureDay, Council

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    council_settings.forget()
    yield
    council_settings.forget()


def test_the_defaults_are_those_of_the_service_levels():
    policy = calendars.policy()

    assert (policy.time_zone, policy.working_days) == ("Europe/London", frozenset(range(5)))
    assert (policy.opens_at, policy.closes_at, policy.morning_ends_at) == (time(9), time(17), time(12))
    assert policy.why_closed(date(2026, 12, 25)) == "Christmas Day"


def test_hours_come_from_the_councils_settings():
    Council.objects.create(pk=1, opens_at=time(8), closes_at=time(16), working_days=[0, 1, 2, 3, 4, 5])
    policy = calendars.policy()

    received = policy.at(date(2026, 11, 6), time(16, 30))
    assert response_due("routine", received, policy) == policy.at(date(2026, 11, 7), time(16))


def test_a_new_closure_day_counts_for_clocks_started_afterwards():
    before = calendars.policy()
    ClosureDay.objects.create(on=date(2026, 11, 4), name="A day of mourning")
    council_settings.forget()
    after = calendars.policy()

    received = before.at(date(2026, 11, 3), time(14))
    assert response_due("routine", received, before) == before.at(date(2026, 11, 4), time(12, 30))
    assert response_due("routine", received, after) == before.at(date(2026, 11, 5), time(12, 30))


def test_the_calendar_says_in_words_what_it_leaves_out():
    ClosureDay.objects.create(on=date(2026, 11, 4), name="Staff day")

    assert calendars.policy().calendar == (
        "Monday to Friday, 09:00 to 17:00 (Europe/London), less bank holidays of England and Wales"
        " and 1 closure day of our own"
    )


def test_the_same_settings_share_one_table():
    first = calendars.policy()
    council_settings.forget()

    assert calendars.policy() is first


def test_asking_again_asks_the_database_nothing(django_assert_num_queries):
    calendars.policy()

    with django_assert_num_queries(0):
        calendars.policy()


def test_the_calendar_end_is_told():
    assert calendars.ends_on() == bank_holidays.PUBLISHED_UNTIL


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/New_York"])
def test_the_machines_own_time_zone_does_not_matter(zone, monkeypatch):
    from time import tzset

    received = datetime.fromisoformat("2026-03-27T16:00+00:00")
    expected = response_due("urgent", received, calendars.policy())
    monkeypatch.setenv("TZ", zone)
    tzset()
    try:
        assert response_due("urgent", received, calendars.policy()) == expected
    finally:
        monkeypatch.undo()
        tzset()
