"""How people say times. Pure: "now" is always handed in, and so is the time zone where it is not London."""

from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def short(instant: datetime, *, now: datetime, zone: tzinfo = LONDON) -> str:
    """'today 12:30', 'tomorrow 12:30', 'yesterday 16:00', 'Mon 9 Nov 12:30', and the year where it is another."""
    local, today = instant.astimezone(zone), now.astimezone(zone).date()
    return f"{short_day(local.date(), today=today)} {face(instant, zone=zone)}"


def short_day(day: date, *, today: date) -> str:
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get((day - today).days)
    if near:
        return near
    return f"{day:%a} {day.day} {day:%b}" + (f" {day.year}" if day.year != today.year else "")


def full_day(day: date, *, year: bool = False) -> str:
    """'Monday 9 November', or with its year."""
    return f"{day:%A} {day.day} {day:%B}" + (f" {day.year}" if year else "")


def face(instant: datetime, *, zone: tzinfo = LONDON) -> str:
    """'12:30'; in the hour that October repeats, which of the two it is: '01:30 BST'."""
    local = instant.astimezone(zone)
    first, second = local.replace(fold=0), local.replace(fold=1)
    repeated = first.utcoffset() > second.utcoffset()
    return f"{local:%H:%M} {local:%Z}" if repeated else f"{local:%H:%M}"


def countdown(due_at: datetime, *, now: datetime) -> str:
    """'in 40 minutes', 'in 3 days', 'due now', 'missed by 2 hours'."""
    if now < due_at:
        return f"in {roughly(due_at - now)}"
    if now - due_at < MINUTE:
        return "due now"
    return f"missed by {roughly(now - due_at)}"


def ago(instant: datetime, *, now: datetime) -> str:
    """'just now', '2 hours ago'."""
    return "just now" if now - instant < MINUTE else f"{roughly(now - instant)} ago"


def roughly(span: timedelta) -> str:
    """The two largest parts that matter, never rounded up: '40 minutes', '1 hour 20 minutes', '3 days'."""
    if span < MINUTE:
        return "less than a minute"
    if span < HOUR:
        return _count(span // MINUTE, "minute")
    if span < DAY:
        return _parts(span // HOUR, "hour", span % HOUR // MINUTE, "minute")
    if span < 2 * DAY:
        return _parts(span // DAY, "day", span % DAY // HOUR, "hour")
    return _count(span // DAY, "day")


def exactly(span: timedelta) -> str:
    """'4 hours', '3 hours 45 minutes': for a rule, which has no days."""
    return _parts(span // HOUR, "hour", span % HOUR // MINUTE, "minute")


def number(count: int) -> str:
    """'two', and '12' from ten on."""
    return NUMBERS[count] if 0 <= count < len(NUMBERS) else str(count)


def ordinal(count: int) -> str:
    ending = "th" if 10 <= count % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{ending}"


def listed(words: list[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _parts(larger: int, larger_name: str, smaller: int, smaller_name: str) -> str:
    parts = [_count(larger, larger_name)] if larger else []
    parts += [_count(smaller, smaller_name)] if smaller or not larger else []
    return " ".join(parts)


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
