from datetime import UTC, datetime, timedelta

import pytest

from brokerage.clocks import saying

NOW = datetime(2026, 11, 6, 11, 50, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026-11-06T12:30", "today 12:30"),
        ("2026-11-07T12:30", "tomorrow 12:30"),
        ("2026-11-05T16:00", "yesterday 16:00"),
        ("2026-11-09T12:30", "Mon 9 Nov 12:30"),
        ("2027-01-04T09:00", "Mon 4 Jan 2027 09:00"),
    ],
)
def test_a_time_is_said_as_near_as_it_is(written, said):
    assert saying.short(datetime.fromisoformat(written).replace(tzinfo=UTC), now=NOW) == said


def test_today_is_todays_date_in_london_and_not_in_utc():
    late = datetime(2026, 6, 15, 23, 30, tzinfo=UTC)  # half past midnight on the 16th

    assert saying.short(late, now=late) == "today 00:30"
    assert saying.short(late, now=late - timedelta(hours=1)) == "tomorrow 00:30"


def test_the_repeated_hour_says_which_it_is():
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

    assert saying.face(first) == "01:30 BST"
    assert saying.face(first + timedelta(hours=1)) == "01:30 GMT"
    assert saying.face(first + timedelta(hours=2)) == "02:30"


def test_the_hour_that_spring_leaves_out_needs_no_explaining():
    assert saying.face(datetime(2026, 3, 29, 1, 30, tzinfo=UTC)) == "02:30"


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(minutes=40), "in 40 minutes"),
        (timedelta(minutes=1), "in 1 minute"),
        (timedelta(seconds=20), "in less than a minute"),
        (timedelta(hours=2), "in 2 hours"),
        (timedelta(hours=1, minutes=20, seconds=59), "in 1 hour 20 minutes"),
        (timedelta(days=1, hours=3), "in 1 day 3 hours"),
        (timedelta(days=3, hours=3), "in 3 days"),
        (timedelta(0), "due now"),
        (-timedelta(seconds=59), "due now"),
        (-timedelta(hours=2), "missed by 2 hours"),
        (-timedelta(days=1), "missed by 1 day"),
        (-timedelta(days=30), "missed by 30 days"),
    ],
)
def test_a_countdown_is_never_rounded_up(left, said):
    assert saying.countdown(NOW + left, now=NOW) == said


def test_ago_is_said_plainly():
    assert saying.ago(NOW, now=NOW + timedelta(seconds=5)) == "just now"
    assert saying.ago(NOW, now=NOW + timedelta(hours=2)) == "2 hours ago"


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (5, "5th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (22, "22nd"),
        (112, "112th"),
    ],
)
def test_ordinals(count, said):
    assert saying.ordinal(count) == said


def test_lists_read_aloud():
    assert [saying.listed(words) for words in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a and b", "a, b and c"]
