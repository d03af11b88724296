"""Two descriptions of one person, with the slips that hands make; and of two people who only look like one."""

from datetime import date

import pytest

from referrals.joining.likeness import Description, How, distance, how_alike, slips_of

WINIFRED = Description(first_names="Winifred", last_name="Okafor", born_on=date(1941, 2, 11), postcode="PL4 8AA")


def but(**facts):
    return Description(**{**vars(WINIFRED), **facts})


@pytest.mark.parametrize(
    "other",
    [
        but(),
        but(first_names="Winfired"),  # two letters changed over
        but(last_name="Okafro"),
        but(first_names="Wínifred Mary"),  # an accent, a second name
        but(first_names="Win"),  # what she is called
        but(first_names="Freda"),
        but(first_names="W"),
        but(first_names="Mary", known_as="Winifred"),
        but(first_names="Okafor", last_name="Winifred"),  # first and last changed over
        but(born_on=date(1941, 11, 2)),  # day and month changed over
        but(born_on=date(1942, 2, 11)),  # one digit wrong
        but(born_on=date(1914, 2, 11)),  # two digits changed over
        but(last_name="O’Kafor"),
        but(last_name="OKAFOR "),
    ],
    ids=lambda other: f"{other.first_names} {other.last_name} {other.born_on}",
)
def test_one_person_is_known_again(other):
    assert how_alike(WINIFRED, other) == how_alike(other, WINIFRED) == How.NAME_AND_BIRTH


@pytest.mark.parametrize(
    "other",
    [
        but(first_names="Wilfred"),  # her husband: two letters of eight, and another name
        but(first_names="Chidi"),  # her son, as old as nobody is
        but(born_on=date(1941, 7, 23)),
        but(last_name="Obi"),
        but(first_names="", last_name=""),
        Description(),
    ],
    ids=lambda other: f"{other.first_names} {other.last_name} {other.born_on}",
)
def test_two_people_are_not_taken_for_one(other):
    assert how_alike(WINIFRED, other) is None


def test_a_number_says_it_whatever_the_name():
    assert how_alike(but(nhs_number="9434765919"), Description(nhs_number="9434765919")) == How.NHS_NUMBER
    assert how_alike(but(record_id="m 400-777"), Description(record_id="M400777")) == How.RECORD_ID


def test_two_different_nhs_numbers_are_two_people():
    assert how_alike(but(nhs_number="9434765919"), but(nhs_number="4857773456")) is None


def test_without_a_birth_date_the_postcode_must_be_the_same():
    assert how_alike(WINIFRED, but(born_on=None)) == How.NAME_AND_PLACE
    assert how_alike(WINIFRED, but(born_on=None, postcode="PL9 9ZZ")) is None
    assert how_alike(WINIFRED, but(born_on=None, postcode="")) is None


def test_slips_are_days_that_exist():
    slips = slips_of(date(1941, 2, 11))

    assert {date(1941, 11, 2), date(1941, 2, 1), date(1914, 2, 11), date(1951, 2, 11)} <= slips
    assert date(1941, 2, 11) not in slips
    assert len(slips) < 80


@pytest.mark.parametrize(
    ("a", "b", "far"),
    [("", "abc", 3), ("ann", "ann", 0), ("winfired", "winifred", 1), ("ab", "ba", 1), ("smyth", "smith", 1)],
)
def test_the_distance_counts_slips(a, b, far):
    assert distance(a, b) == distance(b, a) == far
