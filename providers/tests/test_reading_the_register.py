"""`import_cqc`: small files of every vintage in the regulator's own headings, with invented rows."""

import gzip
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from brokerage.audit.models import Event
from providers.directory.models import Band, Kind, Offering, Provider, Reading, RegisterStatus, Service
from providers.tests.factories import PostcodeFactory, ServiceFactory

pytestmark = pytest.mark.django_db

FILES = Path(__file__).parent / "files"
VINTAGES = [
    "directory_2016.csv",
    "directory_2025.csv",
    "ratings_2025.csv",
    "api.jsonl",
    "directory_with_preamble.csv",
    "active_locations.csv",
]


def read(name, **options):
    """What the command says on its two outputs."""
    out, err = StringIO(), StringIO()
    call_command("import_cqc", FILES / name, stdout=out, stderr=err, **options)
    return out.getvalue().strip(), err.getvalue().splitlines()


def everything():
    services = Service.objects.order_by("location_id").values()
    providers = Provider.objects.order_by("register_id").values()
    drop = {"id", "provider_id", "succeeded_by_id"}
    return [{name: fact for name, fact in row.items() if name not in drop} for row in [*services, *providers]]


def service(number):
    return Service.objects.get(location_id=f"1-9000000{number:02d}")


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("directory_2016.csv", "rows 8: new 5, updated 0, unchanged 0, rejected 3"),
        ("directory_2025.csv", "rows 4: new 3, updated 1, unchanged 0, rejected 0"),
        ("ratings_2025.csv", "rows 2: new 2, updated 0, unchanged 0, rejected 0"),
        ("api.jsonl", "rows 4: new 2, updated 0, unchanged 0, rejected 2"),
        ("directory_with_preamble.csv", "rows 1: new 1, updated 0, unchanged 0, rejected 0"),
        ("active_locations.csv", "rows 1: new 1, updated 0, unchanged 0, rejected 0"),
    ],
)
def test_every_vintage_is_known_by_what_is_in_it(name, counts):
    assert read(name)[0] == counts


@pytest.mark.parametrize("name", VINTAGES)
def test_a_second_run_changes_nothing(name):
    read(name)
    before = everything()

    said, _ = read(name)

    assert "new 0, updated 0" in said
    assert everything() == before


def test_a_gzipped_file_whatever_its_name_is_read(tmp_path):
    packed = tmp_path / "download"
    packed.write_bytes(gzip.compress((FILES / "ratings_2025.csv").read_bytes()))

    assert read(packed)[0].startswith("rows 2: new 2")


def test_each_rejected_row_is_named_with_its_line_and_why():
    _, said = read("directory_2016.csv")

    assert "line 5: It has no name." in said
    assert "line 6: It has 3 columns where the headings have 15." in said
    assert "line 7: 1-900000001 is already on line 2; that one stands." in said


def test_json_that_cannot_be_used_is_named_too():
    _, said = read("api.jsonl")

    assert said[0].startswith("line 2: It is not JSON: ")
    assert said[1] == "line 3: It has neither a location id nor a provider id."


def test_a_row_too_long_for_us_is_rejected_and_the_rest_are_in(tmp_path):
    file = tmp_path / "long.csv"
    file.write_text((FILES / "ratings_2025.csv").read_text().replace("Alder Court", "A" * 256))

    said, rejected = read(file)

    assert said == "rows 2: new 1, updated 0, unchanged 0, rejected 1"
    assert "line 2: Its name is longer than 255 characters." in rejected


def test_a_file_that_is_none_of_the_regulators_is_refused_in_words(tmp_path):
    file = tmp_path / "shopping.csv"
    file.write_text("bread,milk\n1,2\n")

    with pytest.raises(CommandError, match="no file of the regulator's that we know"):
        read(file)


def test_the_registers_words_become_ours():
    read("directory_2016.csv")

    assert service(1).kinds == [Kind.HOME_CARE]
    assert service(1).specialisms == [Band.OLDER_PEOPLE, Band.DEMENTIA]
    assert service(2).kinds == [Kind.NURSING_HOME, Kind.RESIDENTIAL_HOME]


def test_what_is_not_care_is_in_the_directory_but_no_search_finds_it():
    PostcodeFactory()
    read("directory_2016.csv")

    assert service(3).kinds == []
    assert not service(3).offerings.exists()
    assert service(1).offerings.exists()


def test_a_kind_of_service_not_met_before_is_pointed_out():
    _, said = read("directory_2016.csv")

    assert "“Underwater care” is a kind of service not met before (rows: 1). No search will find it." in said


def test_a_lost_leading_nought_is_put_back():
    read("directory_2016.csv")

    assert service(1).phone == "01752960001"


def test_one_column_for_each_kind_of_service_is_understood():
    read("active_locations.csv")

    willow = service(11)
    assert willow.kinds == [Kind.HOME_CARE, Kind.SHARED_LIVES]
    assert willow.rating_on == date(2025, 9, 2)


def test_an_american_date_is_read_as_one():
    read("ratings_2025.csv")

    assert service(2).rating_overall == "Requires improvement"
    assert service(2).rating_on == date(2025, 8, 20)
    assert service(8).dormant


def test_windows_letters_and_lines_above_the_headings_are_read():
    read("directory_with_preamble.csv")

    assert service(1).name == "Hollybank Café – Home Care"
    assert service(1).as_at == date(2025, 11, 3)


def test_a_row_about_a_provider_alone_brings_the_provider_up_to_date():
    read("directory_2025.csv")

    assert Provider.objects.get(register_id="1-800000001").address_lines == ["Head Office, 9 Quay Street", "Plymouth"]
    assert Provider.objects.get(register_id="1-800000002").name == "Sycamore Care Limited"
    assert Service.objects.count() == 2


@pytest.mark.parametrize("name", VINTAGES)
def test_nobodys_name_is_kept(name):
    read(name)

    with connection.cursor() as cursor:
        for table in ("providers_service", "providers_provider", "providers_serviceevent", "providers_providerevent"):
            cursor.execute(f"SELECT count(*) FROM {table} AS kept WHERE kept::text ~* 'someone|unkept'")
            assert cursor.fetchone() == (0,)


def test_a_closed_service_points_at_the_one_that_took_over():
    read("api.jsonl")

    assert service(9).register_status == RegisterStatus.DEREGISTERED
    assert service(9).deregistered_on == date(2024, 3, 1)
    assert service(9).succeeded_by == service(10)


def test_latitude_and_longitude_place_a_service_whose_postcode_is_unknown():
    read("api.jsonl")

    assert service(10).point.miles_to((248_000, 55_000)) < 0.5


def test_a_postcode_goes_before_latitude_and_longitude():
    PostcodeFactory(code="PL4 9ZZ", easting=249_111, northing=55_222)
    read("api.jsonl")

    assert service(10).point == (249_111, 55_222)
    assert Offering.objects.get(service=service(10)).point == (249_111, 55_222)


# -- files of different years


@pytest.mark.parametrize(
    "order",
    [
        ["directory_2016.csv", "ratings_2025.csv", "directory_2025.csv", "directory_with_preamble.csv"],
        ["directory_with_preamble.csv", "directory_2025.csv", "ratings_2025.csv", "directory_2016.csv"],
        ["ratings_2025.csv", "directory_with_preamble.csv", "directory_2016.csv", "directory_2025.csv"],
    ],
)
def test_files_may_be_read_in_any_order(order):
    for name in order:
        read(name)

    first = service(1)
    assert (first.name, first.as_at) == ("Hollybank Café – Home Care", date(2025, 11, 3))
    assert first.kinds == [Kind.HOME_CARE]
    assert first.website == "https://www.hollybank.example"  # stated only in August
    assert (service(2).rating_overall, service(2).phone) == ("Requires improvement", "01752960003")
    assert service(2).postcode == "PL4 8AB"  # stated only in 2016


def test_an_older_file_fills_gaps_and_replaces_nothing():
    read("ratings_2025.csv")
    said, _ = read("directory_2016.csv")

    assert service(2).kinds == [Kind.NURSING_HOME]
    assert service(2).address_lines == ["2 Hollybank Road, Plymouth"]
    assert service(2).as_at == date(2025, 8, 20)


def test_a_file_without_a_date_says_so_and_only_fills_gaps(tmp_path):
    ServiceFactory(location_id="1-900000001", name="Hollybank", phone="", as_at=date(2025, 1, 1))
    undated = tmp_path / "undated.csv"
    undated.write_text((FILES / "directory_2016.csv").read_text().replace("/2015", "").replace("/2016", ""))

    _, said = read(undated)

    assert "There is no date in this file" in said[0]
    assert service(1).name == "Hollybank"
    assert service(1).phone == "01752960001"


def test_the_day_a_file_is_of_may_be_said():
    read("directory_2016.csv", as_at=date(2016, 3, 1))

    assert service(1).as_at == date(2016, 3, 1)


def test_what_the_council_knows_besides_stays():
    ServiceFactory(location_id="1-900000002", kinds=[Kind.NURSING_HOME, Kind.RESPITE])
    read("ratings_2025.csv")

    assert service(2).kinds == [Kind.NURSING_HOME, Kind.RESPITE]


def test_mailboxes_are_the_councils_and_no_file_touches_them():
    known = ServiceFactory(location_id="1-900000002", mailboxes={"enquiries": "alder@care.example"})
    read("ratings_2025.csv")

    assert known.contacts.get().mailbox == "alder@care.example"


def test_a_reading_is_written_down_in_the_audit():
    read("ratings_2025.csv")

    reading = Reading.objects.get()
    event = Event.objects.about(reading).get()
    assert event.said == f"CQC locations and ratings read from ratings_2025.csv: {reading}"
    assert (reading.rows, reading.new, reading.as_at) == (2, 2, date(2025, 8, 20))


def test_a_failure_halfway_leaves_nothing(monkeypatch):
    monkeypatch.setattr("providers.directory.reading.BATCH", 2)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE providers_service ADD CONSTRAINT no_maples CHECK (name <> 'Elm View')")

    with pytest.raises(Exception, match="no_maples"):
        read("directory_2016.csv")

    assert not Service.objects.exists()
    assert not Provider.objects.exists()


def test_the_number_of_queries_does_not_grow_with_the_file(django_assert_max_num_queries, tmp_path):
    lines = (FILES / "directory_2016.csv").read_text().splitlines()
    many = [lines[1].replace("1-900000001", f"1-91{number:07d}") for number in range(1500)]
    file = tmp_path / "many.csv"
    file.write_text("\n".join([lines[0], *many]))

    with django_assert_max_num_queries(25):
        said, _ = read(file)

    assert said.startswith("rows 1500: new 1500")
