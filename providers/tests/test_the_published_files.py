"""The files really published, where they stand beside the project; skipped where they do not."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from providers.directory.models import Kind, Postcode, Provider, RegisterStatus, Service

DATA = Path(settings.BASE_DIR).parent / "shared" / "data"
CQC = sorted([*DATA.glob("cqc/*"), *DATA.glob("cqc_api_oldham/*")])
POSTCODES = DATA / "postcodes" / "code_point_open_2014-08.csv.gz"

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not CQC, reason="the published files are not here")]


def read(command, file):
    out, err = StringIO(), StringIO()
    call_command(command, file, stdout=out, stderr=err)
    return out.getvalue().strip(), err.getvalue().splitlines()


def counts(said):
    return {
        word: int(number)
        for word, number in (part.split() for part in said.split(";")[0].replace(":", ",").split(", "))
    }


@pytest.mark.parametrize("file", CQC, ids=lambda file: file.name)
def test_every_row_of_every_file_is_accounted_for_and_a_second_run_changes_nothing(file):
    first, said = read("import_cqc", file)
    second, _ = read("import_cqc", file)

    first, second = counts(first), counts(second)
    assert first["rows"] == first["new"] + first["updated"] + first["unchanged"] + first["rejected"]
    assert first["rejected"] == sum(line.startswith("line ") and "is already on line" in line for line in said)
    assert second["new"] == second["updated"] == 0
    assert second["rejected"] == first["rejected"]


def test_all_of_them_together_make_one_directory_whatever_the_order():
    def directory(order):
        with transaction.atomic():
            for file in order:
                read("import_cqc", file)
            rows = list(
                Service.objects.order_by("location_id").values_list(
                    "location_id",
                    "name",
                    "kinds",
                    "register_status",
                    "deregistered_on",
                    "rating_overall",
                    "postcode",
                    "succeeded_by__location_id",
                    "provider__register_id",
                )
            )
            transaction.set_rollback(True)
        return rows

    assert directory(CQC) == directory(reversed(CQC))


def test_the_directory_that_comes_of_them():
    for file in CQC:
        read("import_cqc", file)

    assert Service.objects.of_kind(Kind.HOME_CARE).count() > 700
    assert Service.objects.of_kind(Kind.NURSING_HOME).count() > 500
    assert Service.objects.filter(register_status=RegisterStatus.DEREGISTERED).count() == 118
    assert Service.objects.exclude(succeeded_by=None).count() > 30
    assert not Provider.objects.filter(register_id=None).exists()
    assert (
        not Service.objects.exclude(phone="")
        .exclude(phone__startswith="0")
        .exclude(phone__regex=r"^\d{11,12}$")
        .exists()
    )


@pytest.mark.soak
def test_a_million_and_a_half_postcodes_are_read():
    first, said = read("import_postcodes", POSTCODES)
    second, _ = read("import_postcodes", POSTCODES)

    assert counts(first) == {"rows": 1_684_769, "new": 1_684_685, "updated": 0, "unchanged": 0, "rejected": 84}
    assert counts(second)["unchanged"] == 1_684_685
    assert said == ["84 lines: No co-ordinates (Ordnance Survey does not know where it is)."]
    assert Postcode.objects.in_area("EX4").count() > 500
