"""docs/requirements.md and the tests hold each other to their word."""

import ast
import re
from functools import cache
from itertools import pairwise

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
TABLE = ROOT / "docs" / "requirements.md"
ROW = re.compile(
    r"^\| (?P<id>[A-Z]{3}-\d{2}) \|[^|]+\| (?P<state>[^|]+?) \|(?P<where>[^|]*)\|(?P<proofs>[^|]*)\|$", re.M
)
NAMED = re.compile(r"\b([A-Z]{3})-(\d{2})(?:\.\.(\d{2}))?\b")  # DER-04, and DER-03..07 for five of them
STATES = {"works", "in part", "not yet"}

rows = [match.groupdict() for match in ROW.finditer(TABLE.read_text())]


def proofs(row):
    return re.findall(r"`([^`]+)`", row["proofs"])


@cache
def names_of_tests(path):
    nodes = ast.walk(ast.parse((ROOT / path).read_text()))
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def named_in(text, families):
    for family, first, last in NAMED.findall(text):
        if family in families:
            yield from (f"{family}-{number:02d}" for number in range(int(first), int(last or first) + 1))


def comments_of_tests():
    for app in ("brokerage", "referrals", "providers", "placements"):
        for path in (ROOT / app).rglob("test_*.py"):
            for line in path.read_text().splitlines():
                yield path.relative_to(ROOT), line.partition("# ")[2]


def test_no_requirement_is_left_out():
    ids = [row["id"] for row in rows]

    assert len(ids) == len(set(ids)) == 102
    for before, after in pairwise(ids):
        assert after.endswith("-01") or int(after[4:]) == int(before[4:]) + 1


@pytest.mark.parametrize("row", rows, ids=lambda row: row["id"])
def test_what_is_said_to_work_is_proven_by_a_test_that_exists(row):
    assert row["state"] in STATES
    assert bool(proofs(row)) == (row["state"] != "not yet")
    for proof in proofs(row):
        path, _, name = proof.partition("::")
        assert name in names_of_tests(path), proof


@pytest.mark.parametrize("row", rows, ids=lambda row: row["id"])
def test_what_works_only_in_part_says_where_and_what_is_missing(row):
    assert row["where"].strip() or row["state"] == "not yet"


def test_a_requirement_that_a_test_names_is_in_the_table_and_not_said_to_be_missing():
    state = {row["id"]: row["state"] for row in rows}
    families = {name[:3] for name in state}

    named = {(str(path), one) for path, comment in comments_of_tests() for one in named_in(comment, families)}

    assert len(named) > 40
    assert {(path, one) for path, one in named if state.get(one, "not yet") == "not yet"} == set()
