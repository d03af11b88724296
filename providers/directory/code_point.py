"""Ordnance Survey's Code-Point Open, as published (no headings) or with headings in any order. No database here."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from providers.directory.places import postcode
from providers.directory.registers import Reject, Unreadable, open_text

AS_PUBLISHED = {"postcode": 0, "positional_quality": 1, "eastings": 2, "northings": 3}
HEADINGS = {
    "postcode": {"postcode", "pcd", "pcds", "pc"},
    "eastings": {"eastings", "easting", "ea", "oseast1m", "east1m"},
    "northings": {"northings", "northing", "no", "osnrth1m", "north1m"},
    "positional_quality": {"positional_quality", "positional_quality_indicator", "pq", "osgrdind", "gridind"},
}
NO_PLACE = "No co-ordinates (Ordnance Survey does not know where it is)."
EAST_AT_MOST, NORTH_AT_MOST = 700_000, 1_300_000  # the grid's own size, in metres


class Placed(NamedTuple):
    line: int
    code: str
    easting: int
    northing: int


def rows(path: Path) -> Iterator[Placed | Reject]:
    """Every row, placed or rejected. Raises Unreadable when the columns are not known."""
    with open_text(path) as text:
        reader = csv.reader(text)
        first = next(reader, [])
        headed = _columns(first)
        columns = headed or AS_PUBLISHED
        if not headed:
            if isinstance(_row(1, first, columns), Reject) and postcode(first[0] if first else "") is None:
                raise Unreadable(
                    f"{path.name} is no file of postcodes that we know. We look for Code-Point Open as published, "
                    "or for headings that name postcode, eastings and northings."
                )
            yield _row(1, first, columns)
        for row in reader:
            if row:
                yield _row(reader.line_num, row, columns)


def _columns(first) -> dict[str, int] | None:
    names = [name.strip().lower() for name in first]
    found = {thing: names.index(name) for thing, known in HEADINGS.items() for name in known if name in names}
    return found if {"postcode", "eastings", "northings"} <= found.keys() else None


def _row(line, row, columns) -> Placed | Reject:
    try:
        said = row[columns["postcode"]]
        easting, northing = row[columns["eastings"]], row[columns["northings"]]
        quality = row[columns["positional_quality"]] if "positional_quality" in columns else ""
    except IndexError:
        return Reject(line, f"It has only {len(row)} columns.")
    code = postcode(said)
    if code is None:
        return Reject(line, f"“{said}” is not a postcode.")
    if quality.strip() == "90" or not easting.strip("0 ") or not northing.strip("0 "):
        return Reject(line, NO_PLACE)
    try:
        placed = Placed(line, code, round(float(easting)), round(float(northing)))
    except ValueError:
        return Reject(line, f"{code} has co-ordinates that are not numbers: {easting}, {northing}.")
    if not (0 < placed.easting < EAST_AT_MOST and 0 < placed.northing < NORTH_AT_MOST):
        return Reject(line, f"{code} would lie outside the national grid: {easting}, {northing}.")
    return placed
