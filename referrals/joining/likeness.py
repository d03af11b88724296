"""Whether two descriptions are of one person: numbers, names and birth dates, with the slips that hands make. Pure."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from brokerage.naming.nicknames import also_called
from brokerage.naming.plain import Plain


class How(StrEnum):
    """By what two descriptions were found to be alike, surest first. The value ends the sentence "… under this …"."""

    NHS_NUMBER = "NHS number"
    RECORD_ID = "case record number"
    NAME_AND_BIRTH = "name and date of birth"
    NAME_AND_PLACE = "name and postcode"


@dataclass(frozen=True)
class Description:
    """What is known of somebody, as far as it helps to recognise them."""

    first_names: str = ""
    last_name: str = ""
    known_as: str = ""
    born_on: date | None = None
    record_id: str = ""
    nhs_number: str = ""
    postcode: str = ""

    @classmethod
    def of(cls, person) -> "Description":
        return cls(**{name: getattr(person, name) for name in cls.__dataclass_fields__})


def how_alike(one: Description, other: Description) -> How | None:
    """By what these two may be one person, or None."""
    if one.nhs_number and other.nhs_number:  # each checks itself: two that differ are two people
        return How.NHS_NUMBER if one.nhs_number == other.nhs_number else None
    if one.record_id and number(one.record_id) == number(other.record_id):
        return How.RECORD_ID
    if not _named_alike(one, other):
        return None
    if one.born_on and other.born_on:
        if one.born_on == other.born_on or other.born_on in slips_of(one.born_on):
            return How.NAME_AND_BIRTH
        return None
    if one.postcode and one.postcode == other.postcode:
        return How.NAME_AND_PLACE
    return None


def number(typed: str) -> str:
    """A record number however it was spaced."""
    return re.sub(r"[\s-]", "", typed).upper()


def slips_of(day: date) -> set[date]:
    """The days that one slip of the hand makes of this one: day and month changed over, one digit wrong, two digits swapped."""
    typed = f"{day:%d%m%Y}"
    near = {typed[2:4] + typed[:2] + typed[4:]}
    for place in range(8):
        near |= {typed[:place] + digit + typed[place + 1 :] for digit in "0123456789"}
        if place < 7:
            near.add(typed[:place] + typed[place + 1] + typed[place] + typed[place + 2 :])
    return {found for each in near if (found := _day(each))} - {day}


def _day(typed: str) -> date | None:
    try:
        found = date(int(typed[4:]), int(typed[2:4]), int(typed[:2]))
    except ValueError:
        return None
    return found if found.year > 1900 else None


def plain(name: str) -> str:
    """Letters only, in lower case, without accents: "Ó Briain-Smith" is "o briain smith"."""
    return " ".join(re.sub(r"[^a-z]+", " ", Plain(name).text.lower().replace("'", "")).split())


def _named_alike(one: Description, other: Description) -> bool:
    first, last = plain(one.first_names), plain(one.last_name)
    changed_over = _nearly(first, plain(other.last_name)) and _nearly(last, plain(other.first_names))
    return changed_over or (_nearly(last, plain(other.last_name)) and _same_first(one, other))


def _same_first(one: Description, other: Description) -> bool:
    return any(
        _nearly(a, b) or b in also_called(a) or (1 in (len(a), len(b)) and a[0] == b[0])
        for a in _called(one)
        for b in _called(other)
    )


def _called(one: Description) -> set[str]:
    """The names somebody may be called by: all of the first names together, the first of them, and what they are known as."""
    first = plain(one.first_names)
    return {name for name in (first, first.split(" ")[0], plain(one.known_as)) if name}


def _nearly(a: str, b: str) -> bool:
    """The same but for one slip in a name of four letters or more, two in one of eight."""
    a, b = a.replace(" ", ""), b.replace(" ", "")
    if a == b:
        return bool(a)
    shorter = min(len(a), len(b))
    allowed = 0 if shorter < 4 else 1 if shorter < 8 else 2
    return abs(len(a) - len(b)) <= allowed and distance(a, b) <= allowed


def distance(a: str, b: str) -> int:
    """How many letters to put in, take out, change, or swap with the next."""
    before, last = None, list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        row = [i]
        for j, y in enumerate(b, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if before and i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
