"""Knows a published file by what is in it, whatever it is called, and reads its rows."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

from providers.directory.registers import api, cells
from providers.directory.registers.columns import HEADINGS, NEEDED, Columns
from providers.directory.registers.entries import Entry, Reject
from providers.directory.registers.opening import Unreadable, open_text

PREAMBLE = 30  # the regulator puts a few lines of explanation above its headings


class Register:
    """One file. `entries()` may be read as often as one likes, from the start each time."""

    def __init__(self, path: Path):
        self.path = path
        self.source, self.published_on = "", None
        self._entries = self._recognise()

    def entries(self) -> Iterator[Entry | Reject]:
        with open_text(self.path) as text:
            yield from self._entries(text)

    def as_at(self, today: date) -> date | None:
        """The day the facts are of: as the file says, else the latest date in it that is not in the future."""
        if self.published_on:
            return self.published_on
        dates = (entry.latest for entry in self.entries() if isinstance(entry, Entry) and entry.latest)
        return max((on for on in dates if on <= today), default=None)

    def _recognise(self):
        with open_text(self.path) as text:
            first = text.readline().lstrip()
        if first[:1] in ("{", "["):
            self.source = api.SOURCE
            return _json_lines if _is_json(first) and first.startswith("{") else _json_whole
        with open_text(self.path) as text:
            for number, (_, row) in enumerate(islice(_rows(text), PREAMBLE)):
                if isinstance(row, list) and (columns := Columns(row)).are_known:
                    self.source = columns.source
                    return lambda text: columns.entries(islice(_rows(text), number + 1, None))
                self.published_on = self.published_on or cells.a_date_written(" ".join(row))
        raise Unreadable(
            f"{self.path.name} is no file of the regulator's that we know. We look for JSON, or for headings that name "
            + ", ".join(f"“{HEADINGS[thing][0]}”" for thing in NEEDED)
            + "."
        )


def open_register(path) -> Register:
    """Raises Unreadable, OSError."""
    return Register(Path(path))


def _rows(text) -> Iterator[tuple[int, list[str] | str]]:
    """Each row with the line it starts on; a sentence instead of a row that cannot be read."""
    reader = csv.reader(text)
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            yield line, f"It could not be read: {problem}."


def _json_lines(text) -> Iterator[Entry | Reject]:
    return api.entries(enumerate(text, 1))


def _json_whole(text) -> Iterator[Entry | Reject]:
    """One object, a list of them, or a page of the API's list."""
    try:
        said = json.load(text)
    except ValueError as problem:
        return iter([Reject(1, f"It is not JSON: {problem}.")])
    if isinstance(said, dict):
        said = said.get("locations") or said.get("providers") or [said]
    return api.entries((number, json.dumps(one)) for number, one in enumerate(said, 1))


def _is_json(line) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True
