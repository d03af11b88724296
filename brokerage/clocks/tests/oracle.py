"""What is due when, the slow way: walk the minutes and ask of each "is London at work?".

Shares nothing with the code under test but the rules as people say them. The knobs are at the top.
"""

from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from brokerage.clocks.tests.england import BANK_HOLIDAYS

ZONE = ZoneInfo("Europe/London")
WEEKDAYS_WORKED = {0, 1, 2, 3, 4}
OPENS, NOON, CLOSES = time(9), time(12), time(17)
AFTERNOON_ANSWER = time(12, 30)
MINUTE = timedelta(minutes=1)
MINUTES_A_DAY = 24 * 60


@cache
def minutes_worked(day):
    """One byte for each minute of this day in UTC: 1 while London is at work."""
    first = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return bytes(_at_work((first + number * MINUTE).astimezone(ZONE)) for number in range(MINUTES_A_DAY))


def _at_work(local):
    return local.weekday() in WEEKDAYS_WORKED and OPENS <= local.time() < CLOSES and local.date() not in BANK_HOLIDAYS


def is_working_day(day):
    return day.weekday() in WEEKDAYS_WORKED and day not in BANK_HOLIDAYS


def at_work(instant):
    return minutes_worked(instant.date())[instant.hour * 60 + instant.minute] == 1


def minutes_at_work(instant):
    """Every minute at work from this one on, as its day and number; those asleep are stepped over in one stride."""
    day, number = instant.date(), instant.hour * 60 + instant.minute
    while True:
        while (number := minutes_worked(day).find(1, number)) >= 0:
            yield day, number
            number += 1
        day, number = day + timedelta(days=1), 0


def walk(instant, seconds):
    """Walk forward, minute by minute, until so many seconds have been worked."""
    seconds_into = instant.second + instant.microsecond / 1_000_000
    begun = (instant.date(), instant.hour * 60 + instant.minute)
    for minute in minutes_at_work(instant):
        skipped = seconds_into if minute == begun else 0
        if seconds <= 60 - skipped:
            day, number = minute
            return (
                datetime(day.year, day.month, day.day, tzinfo=UTC)
                + number * MINUTE
                + timedelta(seconds=skipped + seconds)
            )
        seconds -= 60 - skipped


def first_minute_at_work(instant):
    if at_work(instant):
        return instant
    day, number = next(minutes_at_work(instant))
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + number * MINUTE


def next_working_day(day):
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def on_the_wall(day, face):
    return datetime.combine(day, face, ZONE).astimezone(UTC)


def response(priority, received):
    received = received.astimezone(UTC)
    if priority == "emergency":
        return received + timedelta(hours=1)
    counted = first_minute_at_work(received).astimezone(ZONE)
    if counted.time() < NOON:
        routine = on_the_wall(counted.date(), CLOSES)
    else:
        routine = on_the_wall(next_working_day(counted.date()), AFTERNOON_ANSWER)
    return routine if priority == "routine" else min(routine, walk(received, 4 * 3600))


def start(priority, received):
    return min(walk(received.astimezone(UTC), 2 * 3600), response(priority, received))


def reply(rule, sent):
    if rule == "adults_one_working_day":
        counted = first_minute_at_work(sent.astimezone(UTC)).astimezone(ZONE)
        return on_the_wall(next_working_day(counted.date()), counted.time())
    day = sent.astimezone(ZONE).date()
    for _ in range({"children_standard": 5, "children_urgent": 2}[rule]):
        day = next_working_day(day)
    return on_the_wall(day, CLOSES)


def worked_between(begin, end):
    """Seconds at work between two instants, counted minute by minute."""
    seconds = 0.0
    for day, number in minutes_at_work(begin.replace(second=0, microsecond=0)):
        minute = datetime(day.year, day.month, day.day, tzinfo=UTC) + number * MINUTE
        if minute >= end:
            return seconds
        seconds += (min(minute + MINUTE, end) - max(minute, begin)).total_seconds()


def due_after_pause(due, paused, ended):
    """Walk on from the end of the pause until what was unspent when it began is spent."""
    if due <= paused:
        return due
    unspent = worked_between(paused, due)
    if ended < due and worked_between(ended, due) == unspent:
        return due
    return max(due, walk(ended, unspent) if unspent else first_minute_at_work(ended))
