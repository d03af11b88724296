import csv
import io
import sys
from datetime import datetime

from django.core.management.base import BaseCommand, CommandError

from brokerage.clocks import calendars
from brokerage.clocks.policy import Policy
from brokerage.clocks.working_time import PRIORITIES, response_due, start_of_work_due

COLUMNS = ("priority", "received_at")
ANSWERS = (*COLUMNS, "start_due", "response_due")


class BadRow(ValueError):
    """Why a row cannot be answered, for whoever mends it."""


class Command(BaseCommand):
    help = (
        "Reads CSV with the columns priority and received_at (ISO 8601, local when it has no offset) from standard"
        " input; writes CSV with the start and response deadlines, with offset, to standard output. Rows it cannot"
        " read are named on standard error, and the exit code is then 1."
    )
    requires_system_checks = []

    def handle(self, **options):
        policy = calendars.policy()
        rows = _read(sys.stdin)
        answers = csv.writer(self.stdout, lineterminator="\n")
        answers.writerow(ANSWERS)
        bad = 0
        for line, row in rows:
            try:
                answers.writerow(_answer(row, policy))
            except BadRow as why:
                bad += 1
                self.stderr.write(f"Line {line}: {why}")
        if bad:
            raise CommandError(f"{bad} row{'' if bad == 1 else 's'} could not be answered.")


def _read(source):
    """(line number, row) for each row that is not blank, whatever the columns' order, line ends or byte order mark."""
    if raw := getattr(source, "buffer", None):
        source = io.TextIOWrapper(raw, encoding="utf-8-sig", errors="replace", newline="")
    lines = csv.reader(source)
    header = next((_tidy(line) for line in lines if any(_tidy(line))), [])
    if missing := [name for name in COLUMNS if name not in map(str.lower, header)]:
        raise CommandError(f"Start with a header line that names {' and '.join(missing)}.")
    where = [[name.lower() for name in header].index(name) for name in COLUMNS]

    def rows():
        while True:
            try:
                line = next(lines, None)
            except csv.Error as broken:
                yield lines.line_num, broken
                continue
            if line is None:
                return
            if any(cells := _tidy(line)):
                yield (lines.line_num, [cells[index] if index < len(cells) else "" for index in where])

    return rows()


def _tidy(line: list[str]) -> list[str]:
    return [cell.strip().removeprefix("\ufeff") for cell in line]


def _answer(row, policy: Policy) -> list[str]:
    if isinstance(row, csv.Error):
        raise BadRow(f"it is not CSV ({row}).")
    priority, received_at = row[0].lower(), _instant(row[1], policy)
    if priority not in PRIORITIES:
        raise BadRow(f"enter a priority of {', '.join(PRIORITIES[:-1])} or {PRIORITIES[-1]}, not {row[0]!r}.")
    try:
        due = (start_of_work_due(priority, received_at, policy), response_due(priority, received_at, policy))
        return [priority, *(policy.local(instant).isoformat() for instant in (received_at, *due))]
    except OverflowError:
        raise BadRow(f"{row[1]!r} is beyond the calendar.") from None


def _instant(text: str, policy: Policy) -> datetime:
    try:
        received_at = datetime.fromisoformat(text)
    except ValueError:
        raise BadRow(f"enter a date and time like 2026-11-03T10:15, not {text!r}.") from None
    if ":" not in text and "T" not in text.upper():
        raise BadRow(f"enter a time as well as a date, not {text!r}.")
    try:
        if received_at.tzinfo is None:
            return policy.at(received_at.date(), received_at.time())
        return received_at.astimezone(policy.zone)
    except OverflowError:
        raise BadRow(f"{text!r} is beyond the calendar.") from None
