"""Loads where postcodes are, millions at a time, and moves every service to its postcode's place."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from pathlib import Path

from django.db import connection, transaction

from providers.directory import code_point, positions, sql
from providers.directory.registers import Reject

CHUNK = 50_000
NAMED_AT_MOST = 20  # of each file's rejects; a wrong file would otherwise be a million lines


@dataclass(frozen=True)
class Survey:
    rows: int
    new: int
    updated: int
    unchanged: int
    rejected: int
    services_placed: int

    def __str__(self):
        return (
            f"rows {self.rows}: new {self.new}, updated {self.updated}, unchanged {self.unchanged}, "
            f"rejected {self.rejected}; services placed {self.services_placed}"
        )


@transaction.atomic
def load_postcodes(path: Path, *, tell: Callable[[str], object] = print) -> Survey:
    """Bring postcodes up to what a file says: whole or not at all. Raises Unreadable."""
    file = _File(tell)
    with connection.cursor() as cursor:
        cursor.execute(sql.ONE_IMPORT_AT_A_TIME)
        cursor.execute(sql.POSTCODES_READ)
        for lines in _chunks(file.placed(code_point.rows(path))):
            cursor.copy_expert("COPY postcodes_read FROM STDIN", lines)
        cursor.execute(sql.REPEATED_POSTCODES)
        for line, code in cursor.fetchall():
            file.reject(Reject(line, f"{code} is already on an earlier line; that one stands."))
        cursor.execute(sql.UPDATE_POSTCODES)
        updated = cursor.rowcount
        cursor.execute(sql.ADD_POSTCODES)
        new = cursor.rowcount
    file.sum_up()
    rejected = file.rejected.total()
    unchanged = file.rows - rejected - new - updated
    return Survey(file.rows, new, updated, unchanged, rejected, positions.place_by_postcode())


class _File:
    def __init__(self, tell):
        self.tell = tell
        self.rows = 0
        self.rejected = Counter()

    def placed(self, rows: Iterable) -> Iterator[code_point.Placed]:
        for row in rows:
            self.rows += 1
            if isinstance(row, Reject):
                self.reject(row)
            else:
                yield row

    def reject(self, reject: Reject) -> None:
        reason = "no place" if reject.because == code_point.NO_PLACE else "other"
        self.rejected[reason] += 1
        if reason == "other" and self.rejected[reason] <= NAMED_AT_MOST:
            self.tell(f"line {reject.line}: {reject.because}")

    def sum_up(self) -> None:
        if unnamed := max(0, self.rejected["other"] - NAMED_AT_MOST):
            self.tell(f"and {unnamed} more lines like these")
        if without := self.rejected["no place"]:
            self.tell(f"{without} {'line' if without == 1 else 'lines'}: {code_point.NO_PLACE}")


def _chunks(rows: Iterator[code_point.Placed]) -> Iterator[StringIO]:
    while lines := [f"{line}\t{code}\t{east}\t{north}\n" for line, code, east, north in islice(rows, CHUNK)]:
        yield StringIO("".join(lines))
