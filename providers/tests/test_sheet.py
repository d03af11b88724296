from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from providers.enquiries.sheet import Line, Preferences, Sheet, digest_of, distance_band

SHEET = Sheet(
    enquiry="E000012",
    service="home care",
    need_in_brief="A woman who has had a fall needs help to get up, wash and dress.",
    age_band="80 to 84",
    area="PL4",
    shows_distance=True,
    outcomes=("Stay in my own home", "Get back to the lunch club"),
    tasks=("Washing or showering",),
    bands=("Older people",),
    mobility="Walks with a stick or frame",
    preferences=Preferences(language="Igbo", carer_gender="Women only"),
    timetable=(Line(0, "08:00", "09:00", "", 45, 2, ("washing",), weeks="odd"), Line(6, "", "", "evening", 30)),
    hours_a_week=Decimal("2.25"),
    wanted_start_on=date(2026, 11, 9),
    start_flexibility="A week either way",
    reply_by=datetime(2026, 11, 4, 12, 30, tzinfo=UTC),
    reply_by_sentence="Sent Tue 3 Nov 12:30: reply by Wed 4 Nov 12:30.",
)


def test_a_sheet_kept_as_data_comes_back_as_it_was():
    assert Sheet.from_data(SHEET.to_data()) == SHEET


def test_a_sheet_has_the_same_digest_after_it_was_kept():
    assert Sheet.from_data(SHEET.to_data()).digest() == SHEET.digest() == digest_of(SHEET.to_data())


def test_the_digest_shows_a_changed_and_an_added_word():
    data = SHEET.to_data()

    assert digest_of({**data, "area": "PL5"}) != SHEET.digest()
    assert digest_of({**data, "name": "Winifred"}) != SHEET.digest()


def test_a_sheet_kept_before_a_field_existed_can_still_be_read():
    old = {"enquiry": "E000001", "service": "home care", "a_field_we_gave_up": "x"}

    assert Sheet.from_data(old) == Sheet(enquiry="E000001", service="home care")


@pytest.mark.parametrize(
    ("miles", "words"),
    [
        (None, ""),
        (0, "under 2 miles"),
        (Decimal("1.9"), "under 2 miles"),
        (2, "2 to 5 miles"),
        (4.99, "2 to 5 miles"),
        (5, "5 to 10 miles"),
        (39.9, "20 to 40 miles"),
        (40, "over 40 miles"),
    ],
)
def test_a_distance_is_said_as_a_band(miles, words):
    assert distance_band(miles) == words


def test_no_distance_is_said_where_the_pathway_does_not_allow_it():
    assert Sheet(enquiry="E000012", service="home care").distance(3) == ""


def test_the_week_can_be_drawn_from_the_sheet():
    assert [row["label"] for row in SHEET.rows] == ["between 08:00 and 09:00", "evening"]
    assert SHEET.rows[1]["cells"][6].startswith("30 min")
