"""How long a visit is, as people write it: 45, 45 min, 1h 30, 1:30, 3 hours, 1.5h."""

import re

SHORTEST, LONGEST = 5, 1440
HOURS = re.compile(r"(\d+(?:\.\d+)?)\s*h(?:ou)?r?s?\.?(?:\s*(?:and\s*)?(\d{1,2})\s*(?:m\w*)?)?")
CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
MINUTES = re.compile(r"(\d+)\s*(?:m|mins?|minutes?)?\.?")
DECIMAL = re.compile(r"(\d+\.\d+)")


def read_length(text: str) -> int | None:
    """In minutes; None where nothing is written.

    Raises:
        ValueError: with what to write instead, in words.
    """
    typed = text.strip().lower()
    if not typed:
        return None
    if match := HOURS.fullmatch(typed):
        minutes = round(float(match[1]) * 60) + int(match[2] or 0)
    elif match := CLOCK.fullmatch(typed):
        minutes = int(match[1]) * 60 + int(match[2])
    elif match := DECIMAL.fullmatch(typed):
        minutes = round(float(match[1]) * 60)
    elif match := MINUTES.fullmatch(typed):
        minutes = int(match[1])
    else:
        raise ValueError("enter a length like 45, 1h 30 or 3h")
    if minutes < SHORTEST:
        raise ValueError("enter 5 minutes or more, or write hours like 3h")
    if minutes > LONGEST:
        raise ValueError("enter 24 hours or less")
    return minutes


def written(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return str(rest)
    return f"{hours}h {rest}" if rest else f"{hours}h"
