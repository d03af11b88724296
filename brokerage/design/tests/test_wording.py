from datetime import UTC, datetime, timedelta

import pytest

from brokerage.design import wording

NOW = datetime(2026, 11, 3, 10, 15, tzinfo=UTC)  # a Tuesday, in winter


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(minutes=40), "in 40 minutes"),
        (timedelta(minutes=75), "in 1 hour"),
        (timedelta(hours=2, minutes=15), "today 12:30"),
        (timedelta(days=1), "tomorrow 10:15"),
        (timedelta(days=3), "Fri 6 Nov 10:15"),
        (timedelta(days=400), "8 Dec 2027 10:15"),
        (timedelta(seconds=20), "due now"),
        (timedelta(seconds=-20), "missed by less than a minute"),
        (timedelta(minutes=-59), "missed by 59 minutes"),
        (timedelta(hours=-2, minutes=-10), "missed by 2 hours"),
        (timedelta(days=-3), "missed by 3 days"),
    ],
)
def test_what_is_due_is_said_as_people_say_it(away, words):
    assert wording.due(NOW + away, NOW) == words


def test_today_is_the_day_in_london_whatever_the_day_in_utc():
    just_before_midnight = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)  # 23:30 in summer time

    assert wording.short(datetime(2026, 7, 1, 23, 30, tzinfo=UTC), just_before_midnight) == "tomorrow 00:30"


def test_the_full_date_names_the_zone():
    assert wording.full(datetime(2026, 7, 1, 11, 30, tzinfo=UTC)) == "Wednesday 1 July 2026, 12:30 BST"
