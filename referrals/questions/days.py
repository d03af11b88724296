"""A day as somebody types it in one box: 26/10/2026, 26 Oct 2026, 26.10.26."""

import re
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
TYPED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s./-]+(\d{1,2}|[a-z]{3,9})[\s./,-]+(\d{4}|\d{2})")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def read_day(text: str) -> date:
    """
    Raises:
        ValueError: it is no day, or its year is not said.
    """
    text = text.strip().lower()
    if match := ISO.fullmatch(text):
        return date(*(int(part) for part in match.groups()))
    match = TYPED.fullmatch(text)
    if match is None:
        raise ValueError(text)
    day, month, year = match.groups()
    number = int(month) if month.isdigit() else MONTHS.index(month[:3]) + 1
    return date(int(year) + (2000 if len(year) == 2 else 0), number, int(day))


def written(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def in_words(first: date, last: date) -> str:
    """ "26 to 30 October 2026", "21 December 2026 to 1 January 2027", "26 October 2026"."""
    if first == last:
        return f"{first.day} {first:%B %Y}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {last.day} {last:%B %Y}"
    if first.year == last.year:
        return f"{first.day} {first:%B} to {last.day} {last:%B %Y}"
    return f"{first.day} {first:%B %Y} to {last.day} {last:%B %Y}"
