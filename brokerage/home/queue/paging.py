"""A page that begins where another ended, at a row and not at a number: nothing is skipped or shown twice when rows come and go."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import BooleanField, F, Func, Value
from django.db.models.lookups import GreaterThan, LessThan

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LARGEST = (datetime(9999, 1, 1, tzinfo=UTC) - EPOCH) // timedelta(microseconds=1)


@dataclass(frozen=True)
class Cursor:
    at: datetime
    pk: int

    def __str__(self):
        return f"{(self.at - EPOCH) // timedelta(microseconds=1)}.{self.pk}"

    @classmethod
    def read(cls, words: str) -> "Cursor | None":
        micros, _, pk = words.partition(".")
        if not (micros.isdecimal() and pk.isdecimal()) or len(pk) > 18 or len(micros) > 18 or int(micros) > LARGEST:
            return None
        return cls(EPOCH + timedelta(microseconds=int(micros)), int(pk))


@dataclass(frozen=True)
class Page:
    rows: list
    before: Cursor | None = None  # where the page before this one ends, if there is one
    after: Cursor | None = None


class _Row(Func):
    function = "ROW"
    output_field = BooleanField()


def read(queries, *, order, size: int, after: Cursor | None = None, before: Cursor | None = None) -> Page:
    """One page of several queries in one order, in one statement.

    Args:
        queries: each is read in the order of an index; their rows are told apart by `id`.
        order: has a `column`, which must be among the values, and `descending`.
    """
    if not queries:
        return Page([])
    if before:
        rows = _rows(queries, order, size + 1, before, backwards=True)
        if len(rows) > size:
            rows = rows[:size][::-1]
            return Page(rows, _cursor(rows[0], order), _cursor(rows[-1], order))
        after = None  # the first page: show it full
    rows = _rows(queries, order, size + 1, after, backwards=False)
    more, rows = len(rows) > size, rows[:size]
    return Page(
        rows,
        _cursor(rows[0], order) if rows and after else None,
        _cursor(rows[-1], order) if more else None,
    )


def _cursor(row, order) -> Cursor:
    return Cursor(getattr(row, order.column), row.id)


def _rows(queries, order, size, cursor, *, backwards) -> list:
    descending = order.descending != backwards
    ordering = [f"-{name}" if descending else name for name in (order.column, "id")]
    if cursor:
        queries = [query.filter(_past(cursor, order.column, descending)) for query in queries]
    queries = [query.order_by(*ordering)[:size] for query in queries]
    if len(queries) == 1:
        return list(queries[0])
    return list(queries[0].union(*queries[1:], all=True).order_by(*ordering)[:size])


def _past(cursor, column, descending):
    lookup = LessThan if descending else GreaterThan
    return lookup(_Row(F(column), F("id")), _Row(Value(cursor.at), Value(cursor.pk)))
