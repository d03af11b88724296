"""The one timetable: words and hours."""

from datetime import time
from decimal import Decimal

import pytest

from referrals.needs.models import Visit
from referrals.needs.week import Line, as_rows, hours_a_week, week_of


def line(**facts):
    return Line.of(Visit(**{"weekday": 0, "starts_at": time(8), "minutes": 45} | facts))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "Monday 08:00, 45 minutes"),
        ({"window_ends_at": time(9, 30)}, "Monday between 08:00 and 09:30, 45 minutes"),
        ({"starts_at": None, "part_of_day": "tea"}, "Monday teatime, 45 minutes"),
        ({"minutes": 60, "carers": 2}, "Monday 08:00, 1 hour, two carers"),
        ({"minutes": 150}, "Monday 08:00, 2 hours 30 minutes"),
        ({"kind": "waking_night", "starts_at": time(22), "minutes": 600}, "Monday 22:00, 10 hours, waking night"),
        ({"term": "holidays"}, "Monday 08:00, 45 minutes, school holidays"),
        ({"weeks": "odd"}, "Monday 08:00, 45 minutes, weeks 1, 3, 5 …"),
    ],
)
def test_a_visit_reads_as_people_say_it(facts, words):  # LEI-15
    assert line(**facts).words == words


def test_two_carers_are_two_lots_of_hours():
    assert hours_a_week([line(minutes=60, carers=2)]) == Decimal("2.00")


def test_every_other_week_counts_half():
    assert hours_a_week([line(minutes=60, weeks="even")]) == Decimal("0.50")


def test_term_time_and_holidays_are_not_added_together():  # LEI-15
    lines = [line(minutes=60), line(minutes=120, term="term"), line(minutes=300, term="holidays")]

    assert hours_a_week(lines) == Decimal("6.00")


def test_the_week_is_in_order_of_day_and_time():
    week = week_of([Visit(weekday=1, starts_at=time(8), minutes=30), Visit(weekday=0, part_of_day="evening", minutes=30),
                    Visit(weekday=0, starts_at=time(12), minutes=30)])  # fmt: skip

    assert [each.words for each in week] == [
        "Monday 12:00, 30 minutes",
        "Monday evening, 30 minutes",
        "Tuesday 08:00, 30 minutes",
    ]


def test_a_table_row_is_one_time_of_day_with_seven_days():
    [row] = as_rows([line(), line(weekday=6)])

    assert row["label"] == "08:00"
    assert [len(cell) for cell in row["cells"]] == [1, 0, 0, 0, 0, 0, 1]


def test_a_line_survives_being_kept_as_data():
    kept = line(tasks=["washing"], window_ends_at=time(9)).write()

    assert Line.read(kept).write() == kept
