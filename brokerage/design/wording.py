"""Times as people say them. A test tells every function what time it is now; nobody else need."""

from datetime import datetime, timedelta

from django.utils import timezone

from brokerage.clocks import clock as business


def full(instant: datetime) -> str:
    """Tuesday 3 November 2026, 12:30 GMT"""
    at = timezone.localtime(instant)
    return f"{at:%A} {at.day} {at:%B %Y}, {at:%H:%M %Z}"


def moment(instant: datetime, now: datetime | None = None) -> str:
    """today at 12:30, tomorrow at 09:00, Fri 6 Nov at 17:00, 6 Nov 2027 at 17:00"""
    day, clock = _day_and_clock(instant, now)
    return f"{day} at {clock}"


def short(instant: datetime, now: datetime | None = None) -> str:
    """today 12:30, tomorrow 09:00, Fri 6 Nov 17:00"""
    return " ".join(_day_and_clock(instant, now))


def _day_and_clock(instant, now):
    at, today = (timezone.localtime(instant), timezone.localtime(now or business.now()).date())
    days = (at.date() - today).days
    if days in (-1, 0, 1):
        day = ("today", "tomorrow", "yesterday")[days]
    elif at.year == today.year:
        day = f"{at:%a} {at.day} {at:%b}"
    else:
        day = f"{at.day} {at:%b %Y}"
    return day, f"{at:%H:%M}"


def due(instant: datetime, now: datetime) -> str:
    """in 40 minutes; today 16:30; missed by 2 hours"""
    left = instant - now
    if left < timedelta(0):
        return f"missed by {span(-left)}"
    if left < timedelta(minutes=1):
        return "due now"
    if left <= timedelta(minutes=90):
        return f"in {span(left)}"
    return short(instant, now)


def in_a_cell(instant: datetime | None) -> str:
    """2026-11-03 12:30, as a spreadsheet sorts it; in the council's own time"""
    return f"{timezone.localtime(instant):%Y-%m-%d %H:%M}" if instant else ""


def span(length: timedelta) -> str:
    """40 minutes, 2 hours, 3 days: the largest unit that says enough."""
    minutes = int(length.total_seconds() // 60)
    for unit, size in (("day", 1440), ("hour", 60)):
        if minutes >= 2 * size or (unit == "hour" and minutes >= 60):
            return _count(minutes // size, unit)
    return _count(minutes, "minute") if minutes else "less than a minute"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
