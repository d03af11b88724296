"""What a queue can be narrowed by. The answers stand in the address, in the order they have here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from brokerage.clocks import clock
from referrals.intake.models import Priority
from referrals.work.models import NEVER, WaitsOn

NOBODY, ME = "nobody", "me"


@dataclass(frozen=True)
class Filter:
    name: str
    label: str
    condition: Callable  # (answer, user) -> Q, or None for an answer that cannot be meant
    say: Callable = str  # the answer in words


def _one_of(field, choices):
    return lambda answer, user: Q(**{field: answer}) if answer in choices else None


def _owner(answer, user):
    if answer == NOBODY:
        return Q(owner=None)
    if answer == ME:
        return Q(owner_id=user.pk)
    return Q(owner_id=int(answer)) if answer.isdecimal() and len(answer) < 19 else None


CLOCK_STATES = {
    "overdue": "Missed",
    "hour": "Due within the hour",
    "today": "Due today",
    "week": "Due within a week",
    "none": "No clock runs",
}


def _clock_state(answer, user):
    now = clock.now()
    ends = {"hour": now + timedelta(hours=1), "today": _midnight_after(_today()), "week": now + timedelta(days=7)}
    if answer == "overdue":
        return Q(due_key__lt=now)
    if answer == "none":
        return Q(due_key=NEVER)
    return Q(due_key__gte=now, due_key__lt=ends[answer]) if answer in ends else None


def due_today():
    """Not missed yet, and due before the day ends."""
    return _clock_state("today", None)


def _received_from(answer, user):
    day = day_of(answer)
    return Q(received_at__gte=_midnight_after(day - timedelta(days=1))) if day else None


def _received_to(answer, user):
    day = day_of(answer)
    return Q(received_at__lt=_midnight_after(day)) if day else None


def day_of(words: str) -> date | None:
    """A day within the calendar's middle, so that the day before and after are days too."""
    try:
        day = date.fromisoformat(words.strip())
    except ValueError:
        return None
    return day if 1900 <= day.year < 9000 else None


def _today() -> date:
    return timezone.localtime(clock.now()).date()


def _midnight_after(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def _day_in_words(words):
    day = day_of(words)
    return f"{day.day} {day:%B %Y}" if day else words


FILTERS = (
    Filter("priority", "Priority", _one_of("priority", Priority.values), lambda answer: Priority(answer).label),
    Filter("service", "Service", lambda answer, user: Q(service=answer[:80])),
    Filter("clock", "Clock", _clock_state, CLOCK_STATES.get),
    Filter("waits", "Waits on", _one_of("waits_on", WaitsOn.values), lambda answer: WaitsOn(answer).label),
    Filter("area", "Area", lambda answer, user: Q(area=answer.strip().upper()[:8])),
    Filter("owner", "Broker", _owner, lambda answer: {NOBODY: "Nobody yet", ME: "Me"}.get(answer, "")),
    Filter("received_from", "Received from", _received_from, _day_in_words),
    Filter("received_to", "Received to", _received_to, _day_in_words),
)
