"""Rows into tables by COPY: each fires the same triggers and meets the same constraints as a row saved one by one."""

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import cached_property
from io import StringIO

from django.db import connection, models
from django.db.models.fields import NOT_PROVIDED

_SPECIAL = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
NOTHING = "\x01"  # stands for NULL, so that a backslash in a row is always somebody's own
_json = json.JSONEncoder(ensure_ascii=False).encode


class Table:
    """What is given for each row comes first, in the order named; every other column gets the model's own default."""

    def __init__(self, model: type[models.Model], *given: str):
        self.model = model
        fields = {field.name: field for field in model._meta.concrete_fields} | {
            field.attname: field for field in model._meta.concrete_fields
        }
        self.given = [fields[name] for name in given]
        self.written: list[str] = []

    @cached_property
    def columns(self) -> str:
        return ", ".join(f'"{field.column}"' for field in [*self.given, *self._by_default])

    @cached_property
    def _by_default(self) -> list[models.Field]:
        given = {field.attname for field in self.given}
        return [
            field
            for field in self.model._meta.concrete_fields
            if field.attname not in given
            and not field.generated
            and not field.primary_key
            and field.db_default is NOT_PROVIDED
        ]

    @cached_property
    def _ending(self) -> str:
        values = [_text(_prepared(field, field.get_default())).translate(_SPECIAL) for field in self._by_default]
        return "".join(f"\t{value}" for value in values) + "\n"

    def add(self, *values) -> None:
        row = "\t".join([_TEXT[type(value)](value) for value in values])
        if "\\" in row or "\n" in row or "\r" in row or row.count("\t") >= len(values):
            row = "\t".join([_TEXT[type(value)](value).translate(_SPECIAL) for value in values])
        self.written.append(row + self._ending)

    def copy(self, cursor) -> int:
        """Put in what was added, and forget it."""
        rows = len(self.written)
        if rows:
            sql = f"""COPY "{self.model._meta.db_table}" ({self.columns}) FROM STDIN WITH (NULL '{NOTHING}')"""
            cursor.copy_expert(sql, StringIO("".join(self.written)))
            self.written = []
        return rows

    def next_ids(self, cursor, how_many: int) -> Iterable[int]:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [self.model._meta.db_table, how_many],
        )
        return (number for (number,) in cursor.fetchall())


def _prepared(field, value):
    if isinstance(field, models.JSONField) and value is not None:
        return _json(value)
    return value.value if hasattr(value, "value") else value


def _text(value) -> str:
    return _TEXT[type(value)](value)


_TEXT: dict[type, Callable[..., str]] = {
    str: str,
    int: str,
    float: str,
    bool: lambda value: "t" if value else "f",
    type(None): lambda value: NOTHING,
    datetime: datetime.isoformat,
    date: date.isoformat,
    timedelta: lambda value: f"{value.total_seconds()} seconds",
    list: lambda value: "{" + ",".join(value) + "}",
    tuple: lambda value: "{" + ",".join(value) + "}",
    dict: _json,
}


def begin() -> None:
    """COPY carries no context into the evidence; a statement that may write does, for the rest of its transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL synchronous_commit = off"
        )  # a crash may take the last batches, and then one begins again
        cursor.execute("UPDATE deadlines_heartbeat SET name = name WHERE false")
