"""The benchmark script measures what it says, at a size that takes no time. Nothing here asserts how fast anything is."""

import json
import os
import subprocess
import sys

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from benchmarks import run, table
from benchmarks.asking import Site
from brokerage.running import place

FROM_INSIDE = {
    "queue sql",
    "case sql",
    "submit",
    "submit sql",
    "sweep",
    "sweep sql",
    "sweep of nothing",
    "due dates",
    "nearest 50",
}


def test_what_it_can_be_asked_for_is_said():
    said = subprocess.run(
        [sys.executable, "benchmarks/run.py", "--help"], cwd=place.ROOT, env=os.environ, capture_output=True, text=True
    )

    assert said.returncode == 0
    assert "--size" in said.stdout


@pytest.mark.django_db
def test_what_is_measured_inside_has_its_rows_in_the_table(settings, quiet_bell, django_user_model):
    from benchmarks import inside

    settings.DEMONSTRATION = True
    call_command("load_demo", verbosity=0)
    call_command("simulate", "--referrals", 120, "--open", "1", "--seed", 1, verbosity=0)

    broker = get_user_model().objects.get(email="broker@marlshire.example")
    found = inside.measured(services=40, deeds=1, broker=broker)

    assert set(found) >= FROM_INSIDE
    assert found["open"] >= 120
    assert found["sweep sql"] <= 10
    assert json.loads(json.dumps(found)) == found
    assert "| P6 | … statements | " in table.table({"100": found})


@pytest.mark.django_db(transaction=True)
def test_pages_are_asked_for_over_http(live_server):
    site = Site(int(live_server.url.rpartition(":")[2]), process=None)
    site.workers = lambda: [os.getpid()]

    assert site.wait() >= 0
    taken = site.one_after_another(["/healthz"] * 4)
    assert 0 < taken.p50 <= taken.p95
    assert site.all_at_once(["/healthz"], users=2, seconds=0.1).per_second > 0
    assert site.memory() > 1
    weight, tags = site.first_load("/sign-in/")
    assert weight > 1
    assert tags > 20


def test_growth_and_goals_stand_beside_what_was_measured():
    runs = {
        "10k": {"sweep": 60.0, "sweep sql": 12, "floor sweep": 30.0},
        "100k": {"sweep": 90.0, "sweep sql": 10, "floor sweep": 30.0},
    }

    lines = table.table(runs).splitlines()

    assert lines[0].startswith("| | what | 10k | 100k |")
    assert (
        "| P6 | Sweep, 1,000 overdue | 60 ms | 90 ms | 3.0× | 1.50× | 90 ms, 3 times one bare statement | yes |"
        in lines
    )
    assert "| P6 | … statements | 12 | 10 |  | 0.83× | 10 | yes |" in lines


def test_the_table_is_put_between_its_marks_and_the_words_around_it_stay(tmp_path):
    page = tmp_path / "scale.md"
    page.write_text(f"Before\n{run.BEGINS}\nold\n{run.ENDS}\nAfter\n")

    run.write(page, "new")

    assert page.read_text() == f"Before\n{run.BEGINS}\nnew\n{run.ENDS}\nAfter\n"
