"""The agreement as words, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.contracts import terms
from placements.contracts.document import days_in_words, visits_in_words
from referrals.needs.week import DAYS, Line


def line(weekday, starts_at="08:00", minutes=45, **facts):
    return Line(
        weekday=weekday,
        starts_at=starts_at,
        window_ends_at="",
        part_of_day="",
        minutes=minutes,
        tasks=("washing",),
        **facts,
    )


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (range(7), "Every day"),
        (range(5), "Monday to Friday"),
        ([5, 6], "Saturday and Sunday"),
        ([0, 2, 5], "Monday, Wednesday and Saturday"),
        ([3], "Thursday"),
        ([2, 3, 4], "Wednesday to Friday"),
    ],
)
def test_days_are_said_as_people_say_them(days, words):
    assert days_in_words(days) == words


def test_visits_alike_but_for_the_day_are_one_row():
    rows = visits_in_words([line(day) for day in range(5)] + [line(5, "09:30"), line(0, "19:00", 30, carers=2)])

    assert [(row["days"], row["time"], row["length"]) for row in rows] == [
        ("Monday to Friday", "08:00", "45 minutes"),
        ("Saturday", "09:30", "45 minutes"),
        ("Monday", "19:00", "30 minutes, two carers"),
    ]


@given(
    st.lists(st.tuples(st.integers(0, 6), st.sampled_from(["08:00", "12:30", "19:00"]), st.integers(1, 4)), max_size=25)
)
def test_no_visit_is_lost_and_none_is_added(visits):
    lines = [line(day, time, carers=carers) for day, time, carers in dict.fromkeys(visits)]

    rows = visits_in_words(lines)

    assert sum(_count(row["days"]) for row in rows) == len(lines)
    assert {row["time"] for row in rows} == {visit.starts_at for visit in lines}


def _count(words):
    if words == "Every day":
        return 7
    if " to " in words:
        first, last = (DAYS.index(day) for day in words.split(" to "))
        return last - first + 1
    return words.count(",") + words.count(" and ") + 1


@pytest.mark.parametrize("unit", ["hour", "week"])
def test_the_terms_say_how_it_is_paid_and_how_it_ends(unit):
    headings = [heading for heading, _ in terms.clauses(unit)]

    assert "Payment" in headings
    assert headings[-1] == "Ending"
    assert len(headings) == len(set(headings))
