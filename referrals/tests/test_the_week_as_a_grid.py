"""The weekly timetable: rows and cells, totals by day and week, term time and holidays apart, two carers, nights (LEI-15)."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.urls import reverse

from referrals.models import Visit
from referrals.needs.grid import rows_of
from referrals.needs.lengths import read_length, written
from referrals.needs.models import Term
from referrals.needs.school_year import SchoolYear
from referrals.needs.totals import ends_in_words, nights_in_words, overlaps, totals
from referrals.needs.week import Line, hours_a_week
from referrals.tests.factories import ReferralFactory


def line(**facts):
    return Line.of(Visit(**{"weekday": 0, "starts_at": time(8), "minutes": 60} | facts))


def shown(lines):
    return {total.label: (total.contact_in_all, total.carers_in_all) for total in totals(lines) if total.is_shown}


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("45", 45), ("45 min", 45), ("1h", 60), ("1h 30", 90), ("1h30m", 90), ("3 hours", 180), ("1.5h", 90), ("1:30", 90),
     ("2.5", 150), ("1 hour and 15 minutes", 75), ("24h", 1440), ("", None), ("  ", None)],
)  # fmt: skip
def test_a_length_is_written_as_people_write_it(typed, minutes):
    assert read_length(typed) == minutes


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("3", "write hours like 3h"), ("25h", "24 hours or less"), ("long", "a length like 45"), ("-5", "a length like")],
)
def test_a_length_that_cannot_be_says_what_to_write(typed, sentence):
    with pytest.raises(ValueError, match=sentence):
        read_length(typed)


@pytest.mark.parametrize("minutes", [5, 45, 60, 90, 185, 1440])
def test_a_length_reads_back(minutes):
    assert read_length(written(minutes)) == minutes


# -- totals


def test_two_carers_are_told_apart_from_hours_with_the_person():
    assert shown([line(carers=2), line(weekday=1)]) == {"In a week": (Decimal(2), Decimal(3))}


def test_each_day_has_its_total():
    [total] = [
        each for each in totals([line(), line(starts_at=time(18)), line(weekday=6, minutes=30)]) if each.is_shown
    ]

    assert total.contact == (2, 0, 0, 0, 0, 0, Decimal("0.5"))


def test_term_time_and_holidays_have_totals_of_their_own():
    lines = [line(minutes=60), line(minutes=120, term="term"), line(minutes=300, term="holidays")]

    assert shown(lines) == {"Term time": (3, 3), "School holidays": (6, 6)}


def test_alternate_weeks_have_totals_of_their_own():
    lines = [line(), line(weeks="odd", minutes=120)]

    assert shown(lines) == {"Weeks 1, 3, 5 …": (3, 3), "Weeks 2, 4, 6 …": (1, 1)}


def test_nights_and_live_in_are_counted_by_kind():
    lines = [line(kind="waking_night"), line(weekday=1, kind="waking_night"), line(kind="sleep_in")]

    assert nights_in_words(lines) == "2 waking nights and 1 sleep-in"
    assert nights_in_words([line(kind="live_in")]) == "1 day of live-in care"


def test_a_visit_across_midnight_says_on_which_day_it_ends():
    assert ends_in_words(line(weekday=6, starts_at=time(22), minutes=600)) == "08:00 on Monday"
    assert ends_in_words(line(starts_at=time(22), minutes=120)) == ""


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        ({}, {"starts_at": time(8, 30)}, True),
        ({}, {"starts_at": time(9)}, False),
        ({"starts_at": time(22), "minutes": 600}, {"weekday": 1, "starts_at": time(7)}, True),
        ({"term": "term"}, {"starts_at": time(8, 30), "term": "holidays"}, False),
        ({"weeks": "odd"}, {"starts_at": time(8, 30), "weeks": "even"}, False),
        ({"window_ends_at": time(10)}, {"starts_at": time(8, 30)}, False),
    ],
)
def test_visits_at_the_same_time_are_pointed_out(first, second, overlap):
    assert bool(overlaps([line(**first), line(**second)])) == overlap


# -- the school's year

HOLIDAYS = (("Half term", date(2026, 10, 26), date(2026, 10, 30)), ("Christmas", date(2026, 12, 21), date(2027, 1, 1)))


@pytest.mark.parametrize(
    ("day", "season"),
    [(date(2026, 10, 25), Term.TERM), (date(2026, 10, 26), Term.HOLIDAYS), (date(2026, 10, 30), Term.HOLIDAYS),
     (date(2026, 10, 31), Term.TERM), (date(2027, 1, 1), Term.HOLIDAYS)],
)  # fmt: skip
def test_the_schools_dates_say_which_day_is_term(day, season):  # LEI-14
    assert SchoolYear(HOLIDAYS).season_of(day) == season


def test_a_years_hours_go_by_the_schools_own_weeks():
    year = SchoolYear(HOLIDAYS)

    assert year.holiday_weeks == 3
    assert year.hours_a_year(Decimal(2), Decimal(10)) == Decimal(128)  # 49.18 weeks of 2 and 3 of 10


def test_two_days_of_holiday_make_no_week():
    assert SchoolYear((("", date(2026, 10, 26), date(2026, 10, 27)),)).holiday_weeks == 0


# -- the page


def typed(**cells):
    return {"rows": "1", "r0_carers": "1"} | {f"r0_{name}": value for name, value in cells.items()}


@pytest.fixture
def draft(coordinator):
    return ReferralFactory(referred_by=coordinator, visits=0)


@pytest.fixture
def post(client, coordinator, draft):
    client.force_login(coordinator)
    return lambda data: client.post(reverse("referral_timetable", args=[draft.reference]), data)


@pytest.mark.django_db
def test_a_row_is_one_kind_of_visit_on_the_days_that_have_a_length(post, draft):
    assert post(typed(starts_at="8am", d0="45", d4="1h 30", carers="2", tasks=["washing"])).status_code == 302

    kept = [(v.weekday, v.starts_at, v.minutes, v.carers, v.tasks) for v in draft.visits.all()]
    assert kept == [(0, time(8), 45, 2, ["washing"]), (4, time(8), 90, 2, ["washing"])]


@pytest.mark.django_db
def test_hours_without_a_time_are_a_part_of_the_day(post, draft):  # LEI-15
    post(typed(part_of_day="morning", d5="3h", term="holidays"))

    [visit] = draft.visits.all()
    assert (visit.part_of_day, visit.minutes, visit.term, visit.starts_at) == ("morning", 180, "holidays", None)


@pytest.mark.django_db
def test_saved_again_the_week_is_what_was_sent_and_nothing_else(post, draft):
    post(typed(starts_at="8am", d0="45"))
    post(
        {
            "rows": "2",
            "r0_starts_at": "9am",
            "r0_d1": "30",
            "r1_starts_at": "22:00",
            "r1_d1": "10h",
            "r1_kind": "waking_night",
        }
    )

    assert [(v.weekday, v.minutes, v.kind) for v in draft.visits.all()] == [(1, 30, "visit"), (1, 600, "waking_night")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"d0": "45"}, "Row 1: enter a time, or select a part of the day"),
        ({"starts_at": "8am"}, "Row 1: enter how long, on at least one day"),
        ({"starts_at": "8am", "part_of_day": "morning", "d0": "45"}, "a time or select a part of the day, not both"),
        ({"starts_at": "half eight", "d0": "45"}, "Row 1: enter a time, like 9am or 17:30"),
        ({"starts_at": "8am", "d2": "a while"}, "Row 1, Wednesday: enter a length like 45, 1h 30 or 3h"),
        ({"window_ends_at": "9am", "d0": "45"}, "enter when the window starts"),
        ({"starts_at": "9am", "window_ends_at": "9am", "d0": "45"}, "enter a latest start after the first"),
        ({}, "Enter when, and for how long, in at least one row"),
    ],
)
def test_what_is_wrong_is_said_of_its_cell_and_nothing_is_lost(post, draft, cells, sentence):
    page = post(typed(**cells)).content.decode()

    assert sentence in page
    for value in cells.values():
        assert f'value="{value}"' in page
    assert not draft.visits.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("did", "rows", "monday", "tuesday"),
    [
        ("add", 2, "45", ""),
        ("copy-0", 2, "45", ""),
        ("remove-0", 1, None, None),
        ("same-0", 1, "45", "45"),
        ("totals", 1, "45", ""),
    ],
)
def test_rows_are_added_copied_and_taken_away_without_a_script_and_without_saving(
    post, draft, did, rows, monday, tuesday
):
    form = post(typed(starts_at="8am", d0="45") | {"do": did}).context["form"]

    assert len(form.rows) == rows
    if monday is not None:
        assert (form["r0_d0"].value(), form["r0_d1"].value() or "") == (monday, tuesday)
    assert not draft.visits.exists()


@pytest.mark.django_db
def test_the_totals_are_worked_out_from_what_is_typed(post):
    page = post(typed(starts_at="8am", d0="45", d1="1h", carers="2") | {"do": "totals"})

    assert page.context["hours"] == Decimal("3.50")
    assert "3.5 carer hours" in page.content.decode()


@pytest.mark.django_db
def test_what_was_kept_is_drawn_in_as_few_rows_as_it_has_kinds(client, coordinator):
    referral = ReferralFactory(referred_by=coordinator)
    client.force_login(coordinator)

    form = client.get(reverse("referral_timetable", args=[referral.reference])).context["form"]

    assert [form[f"r{row}_starts_at"].value() for row in range(len(form.rows))] == ["08:00", "19:00"]
    assert form["r0_d6"].value() == "45"


def test_two_alike_on_one_day_stand_in_two_rows():
    visits = [Visit(weekday=0, starts_at=time(8), minutes=30), Visit(weekday=0, starts_at=time(8), minutes=45)]

    assert [row["days"][0] for row in rows_of(visits)] == ["30", "45"]


@pytest.mark.django_db
def test_two_hundred_visits_are_too_many(post, draft):
    rows = {"rows": "30"} | {f"r{n}_d{day}": "30" for n in range(30) for day in range(7)}
    rows |= {f"r{n}_starts_at": "8am" for n in range(30)}

    assert "There are too many visits for one week" in post(rows).content.decode()
    assert not draft.visits.exists()


def test_the_hours_of_the_grid_are_those_that_providers_price():
    lines = [line(carers=2), line(weekday=1, weeks="odd")]

    assert hours_a_week(lines) == Decimal("2.50")
