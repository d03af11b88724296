"""CSV in, CSV out, and nothing else on standard output."""

import csv
import io
import sys

import pytest
from django.core.management import CommandError, call_command

from brokerage.clocks.tests.test_golden import WORKED_EXAMPLES, instant, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def deadlines(monkeypatch):
    """What the command answers to these bytes: (exit code, standard output, standard error)."""

    def run(given: bytes):
        out, err = io.StringIO(), io.StringIO()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="ascii"))
        try:
            call_command("deadlines", stdout=out, stderr=err)
        except CommandError as failure:
            return failure.returncode, out.getvalue(), err.getvalue() + str(failure)
        return 0, out.getvalue(), err.getvalue()

    return run


HEADER = "priority,received_at,start_due,response_due\n"
ANSWER = "routine,2026-11-03T10:15:00+00:00,2026-11-03T12:15:00+00:00,2026-11-03T17:00:00+00:00\n"


def test_each_worked_example_is_answered(deadlines):
    examples = [(priority, *map(instant, times)) for priority, *times in rows(WORKED_EXAMPLES)]
    given = "priority,received_at\n" + "".join(
        f"{priority},{received.replace(tzinfo=None).isoformat()}\n" for priority, received, _, _ in examples
    )

    code, out, err = deadlines(given.encode())

    answers = list(csv.DictReader(io.StringIO(out)))
    assert (code, err) == (0, "")
    assert [row["priority"] for row in answers] == [example[0] for example in examples]
    assert [row["received_at"] for row in answers] == [example[1].isoformat() for example in examples]
    assert [row["start_due"] for row in answers] == [example[2].isoformat() for example in examples]
    assert [row["response_due"] for row in answers] == [example[3].isoformat() for example in examples]


@pytest.mark.parametrize(
    "given",
    [
        b"priority,received_at\nroutine,2026-11-03T10:15\n",
        b"received_at,priority\n2026-11-03T10:15,routine\n",
        b"case,received_at,priority\nR000012,2026-11-03 10:15:00,Routine\n",
        b"\xef\xbb\xbfpriority,received_at\r\nroutine,2026-11-03T10:15\r\n",
        b'\xef\xbb\xbf"priority","received_at"\r\n"routine","2026-11-03T10:15"',
        b"\n\npriority,received_at\n\n  \nroutine,2026-11-03T10:15\n,\n\n",
        b" Priority , Received_At \n routine , 2026-11-03T10:15 \n",
        b"priority,received_at\nroutine,2026-11-03T10:15Z\n",
        b"priority,received_at\nroutine,2026-11-03T23:15+13:00\n",
        b"priority,received_at\nroutine,20261103T101500\n",
    ],
    ids=[
        "plain",
        "columns swapped",
        "more columns",
        "BOM and CRLF",
        "BOM and quotes",
        "blank lines",
        "spaces",
        "Z",
        "offset",
        "basic",
    ],
)
def test_csv_is_read_as_people_write_it(deadlines, given):
    assert deadlines(given) == (0, HEADER + ANSWER, "")


def test_bad_rows_are_named_with_their_line_and_the_rest_is_answered(deadlines):
    code, out, err = deadlines(
        b"priority,received_at\nsoon,2026-11-03T10:15\n\nroutine,2026-11-03T10:15\nroutine,yesterday\nroutine\n"
        b"routine,2026-11-03\nroutine,9999-12-31T23:00\nroutine,0001-01-01T00:00\nroutine,2026-11-03T10:15\xff\n"
    )

    assert code == 1
    assert out == HEADER + ANSWER
    assert [line.split(":")[0] for line in err.splitlines()[:-1]] == [
        f"Line {number}" for number in (2, 5, 6, 7, 8, 9, 10)
    ]
    assert "enter a priority of routine, urgent or emergency, not 'soon'" in err
    assert "7 rows could not be answered" in err


def test_a_header_that_names_no_columns_is_refused(deadlines):
    code, out, err = deadlines(b"routine,2026-11-03T10:15\n")

    assert (code, out) == (1, "")
    assert "Start with a header line that names priority and received_at" in err


def test_nothing_to_read_is_said(deadlines):
    assert deadlines(b"")[0] == 1


def test_a_header_alone_is_answered_with_one(deadlines):
    assert deadlines(b"priority,received_at\n") == (0, HEADER, "")


def test_local_times_that_clock_changes_touch(deadlines):
    _, out, _ = deadlines(
        b"priority,received_at\nemergency,2026-10-25T01:30\nemergency,2026-03-29T01:30\n"
        b"emergency,2026-10-25T01:30+00:00\n"
    )

    assert [row["response_due"] for row in csv.DictReader(io.StringIO(out))] == [
        "2026-10-25T01:30:00+00:00",  # the first half past one, in summer time
        "2026-03-29T03:30:00+01:00",  # 01:30 does not exist: it is 02:30
        "2026-10-25T02:30:00+00:00",
    ]
