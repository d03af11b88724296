"""`import_postcodes`: Code-Point Open as published, and files with headings in any order."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from providers.directory import surveying
from providers.directory.models import Offering, Postcode
from providers.directory.queries import place_of
from providers.tests.factories import PostcodeFactory, ServiceFactory

pytestmark = pytest.mark.django_db

FILES = Path(__file__).parent / "files"


def read(*files):
    out, err = StringIO(), StringIO()
    call_command("import_postcodes", *files, stdout=out, stderr=err)
    return out.getvalue().strip(), err.getvalue().splitlines()


def test_code_point_open_as_published_is_read():
    said, _ = read(FILES / "code_point_as_published.csv")

    assert said == "rows 7: new 2, updated 0, unchanged 0, rejected 5; services placed 0"
    assert Postcode.objects.get(code="PL4 8AA").point == (248_000, 55_000)


def test_headings_may_stand_in_any_order():
    said, _ = read(FILES / "postcodes_with_headings.csv")

    assert said == "rows 2: new 2, updated 0, unchanged 0, rejected 0; services placed 0"
    assert Postcode.objects.get(code="PL4 8AB").point == (249_000, 56_000)


def test_a_second_run_changes_nothing():
    read(FILES / "code_point_as_published.csv")

    said, _ = read(FILES / "code_point_as_published.csv")

    assert said == "rows 7: new 0, updated 0, unchanged 2, rejected 5; services placed 0"


def test_a_postcode_that_moved_moves():
    PostcodeFactory(code="PL4 8AB", easting=1, northing=1)

    said, _ = read(FILES / "postcodes_with_headings.csv")

    assert "new 1, updated 1" in said
    assert Postcode.objects.get(code="PL4 8AB").point == (249_000, 56_000)


def test_what_cannot_be_used_is_named_with_its_line_and_why():
    _, said = read(FILES / "code_point_as_published.csv")

    assert said == [
        "line 4: “NOWHERE” is not a postcode.",
        "line 6: PL4 8AD would lie outside the national grid: 248000, 5500000.",
        "line 7: PL4 8AE has co-ordinates that are not numbers: east, 55000.",
        "line 5: PL4 8AA is already on an earlier line; that one stands.",
        "1 line: No co-ordinates (Ordnance Survey does not know where it is).",
    ]


def test_a_wrong_file_is_not_a_million_lines_on_the_screen(tmp_path):
    file = tmp_path / "wrong.csv"
    file.write_text("postcode,eastings,northings\n" + "NOWHERE,1,1\n" * 100)

    _, said = read(file)

    assert len(said) == surveying.NAMED_AT_MOST + 1
    assert said[-1] == "and 80 more lines like these"


def test_a_file_that_is_no_file_of_postcodes_is_refused_in_words(tmp_path):
    file = tmp_path / "shopping.csv"
    file.write_text("bread,milk\n1,2\n")

    with pytest.raises(CommandError, match="no file of postcodes that we know"):
        read(file)


def test_several_files_are_read_one_after_the_other():
    said, _ = read(FILES / "code_point_as_published.csv", FILES / "postcodes_with_headings.csv")

    assert said.splitlines() == [
        "code_point_as_published.csv: rows 7: new 2, updated 0, unchanged 0, rejected 5; services placed 0",
        "postcodes_with_headings.csv: rows 2: new 0, updated 1, unchanged 1, rejected 0; services placed 0",
    ]


def test_services_move_to_their_postcodes_place():
    service = ServiceFactory(postcode="PL4 8AB", point=None)

    said, _ = read(FILES / "postcodes_with_headings.csv")

    service.refresh_from_db()
    assert said.endswith("services placed 1")
    assert service.point == (249_000, 56_000)
    assert Offering.objects.get(service=service).point == (249_000, 56_000)


@pytest.mark.parametrize("typed", ["PL4 8AA", "pl48aa", " Pl4  8aA "])
def test_a_postcode_is_found_however_it_is_typed(typed):
    PostcodeFactory()

    assert place_of(typed) == (248_000, 55_000)


def test_an_area_is_the_middle_of_its_own_postcodes():
    PostcodeFactory(code="PL4 8AA", easting=248_000, northing=55_000)
    PostcodeFactory(code="PL4 9ZZ", easting=250_000, northing=57_000)
    PostcodeFactory(code="PL42 1AA", easting=1, northing=1)

    assert place_of("PL4") == (249_000, 56_000)


@pytest.mark.parametrize("typed", ["PL4 9ZZ", "ZZ9", "Plymouth", ""])
def test_a_place_we_do_not_know_is_none(typed):
    assert place_of(typed) is None
