"""What the service can say of its own health: each probe is one question, answered in a sentence, and none can hang."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from brokerage.clocks import calendars, clock
from brokerage.deadlines.models import Heartbeat
from brokerage.design.wording import span
from brokerage.notify import sms
from brokerage.notify.models import Message

GOOD, WORRYING, BAD = "good", "worrying", "bad"

SWEEP_IS_LATE = timedelta(minutes=3)
SEAL_IS_LATE = timedelta(minutes=15)
OUTBOX_IS_LATE = timedelta(minutes=10)
CALENDAR_IS_SHORT = timedelta(days=365)
DISK_IS_SHORT = 0.10  # of the whole
WAIT = 0.5  # seconds, for whatever is asked over a wire
NO_ANSWER = (DatabaseError, InterfaceError)  # the second where the connection went while it was in use


@dataclass(frozen=True)
class Finding:
    name: str
    state: str
    said: str
    facts: dict[str, Any] = field(default_factory=dict)


def findings() -> list[Finding]:
    """Every probe's answer. One that fails says so and spoils no other."""
    return [_asked(name, probe) for name, probe in PROBES.items()]


def database_can_be_used() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except NO_ANSWER:
        return False


def database() -> Finding:
    if database_can_be_used():
        return Finding("database", GOOD, "The database answers.")
    return Finding("database", BAD, "The database does not answer: nothing can be read or recorded.")


def broker() -> Finding:
    """Redis only rings the worker's bell, so without it letters are later and nothing else happens."""
    bell = Redis.from_url(
        settings.CELERY_BROKER_URL, socket_timeout=WAIT, socket_connect_timeout=WAIT, retry=Retry(NoBackoff(), 0)
    )
    try:
        bell.ping()
    except (RedisError, OSError):
        return Finding("broker", WORRYING, "Redis does not answer: letters wait for the next sweep.")
    finally:
        bell.close()
    return Finding("broker", GOOD, "Redis answers.")


def sweep() -> Finding:
    return _beat("sweep", SWEEP_IS_LATE, done="Clocks were last swept", late="nobody is told what is due")


def seal() -> Finding:
    return _beat("seal", SEAL_IS_LATE, done="The audit was last sealed", late="a change to it could go unseen")


def _beat(name: str, allowed: timedelta, *, done: str, late: str) -> Finding:
    """How long ago something happened that must happen again and again."""
    beaten_at = Heartbeat.objects.filter(name=name).values_list("beaten_at", flat=True).first()
    if beaten_at is None:
        return Finding(name, WORRYING, "This has not happened yet since the service was installed.", {"seconds": None})
    age = max(timedelta(0), clock.now() - beaten_at)
    facts = {"seconds": round(age.total_seconds())}
    if age > allowed:
        return Finding(name, BAD, f"{done} {span(age)} ago: {late}.", facts)
    return Finding(name, GOOD, f"{done} {span(age)} ago.", facts)


def outbox() -> Finding:
    """Letters that are owed. The oldest tells whether anybody is posting them."""
    waiting, failed = Message.objects.waiting(), Message.objects.failed().count()
    facts = {"waiting": waiting.count(), "failed": failed, "oldest_seconds": _age_of_oldest(waiting)}
    said = f"{_letters(facts['waiting'])} waiting, {failed} failed."
    if facts["oldest_seconds"] > OUTBOX_IS_LATE.total_seconds():
        oldest = span(timedelta(seconds=facts["oldest_seconds"]))
        return Finding("outbox", BAD, f"{said} The oldest has waited {oldest}.", facts)
    return Finding("outbox", WORRYING if failed else GOOD, said, facts)


def sending() -> Finding:
    if settings.SENDING_PAUSED:
        return Finding(
            "sending", WORRYING, "Sending is paused: letters are kept, none is posted, and no clock escalates."
        )
    return Finding("sending", GOOD, "Letters are posted as they are written.")


def texts() -> Finding:
    """Whether anybody can be paged out of hours by text message."""
    said = {
        "notify": "Text messages go by GOV.UK Notify.",
        "command": "Text messages go by the council’s own command.",
        "mailbox": "This is a demonstration: text messages are shown in its mailbox and reach nobody.",
    }.get(sms.way())
    return Finding("texts", GOOD if said else BAD, said or sms.NO_WAY, {"way": sms.way()})


def calendar() -> Finding:
    ends_on = calendars.ends_on()
    left = ends_on - clock.now().date()
    said = f"Bank holidays are known until {ends_on.day} {ends_on:%B %Y}"
    facts = {"ends_on": ends_on.isoformat(), "days": left.days}
    if left < CALENDAR_IS_SHORT:
        return Finding("calendar", WORRYING, f"{said}: bring the holidays library up to date.", facts)
    return Finding("calendar", GOOD, f"{said}.", facts)


def disk() -> Finding:
    usage = shutil.disk_usage(settings.VAR_DIR if settings.VAR_DIR.exists() else settings.BASE_DIR)
    share = usage.free / usage.total
    facts = {"free_bytes": usage.free, "free_share": round(share, 3)}
    said = f"{usage.free / 1e9:.1f} GB of disk are free ({share:.0%})."
    return Finding("disk", GOOD if share >= DISK_IS_SHORT else BAD, said, facts)


PROBES: dict[str, Callable[[], Finding]] = {
    "database": database,
    "broker": broker,
    "sweep": sweep,
    "seal": seal,
    "outbox": outbox,
    "sending": sending,
    "texts": texts,
    "calendar": calendar,
    "disk": disk,
}


def _asked(name, probe) -> Finding:
    try:
        return probe()
    except NO_ANSWER:
        return Finding(name, BAD, "This could not be asked, because the database does not answer.")


def _age_of_oldest(waiting) -> int:
    oldest: datetime | None = waiting.order_by("created_at").values_list("created_at", flat=True).first()
    return max(0, round((clock.now() - oldest).total_seconds())) if oldest else 0


def _letters(number) -> str:
    return f"{number} letter{'' if number == 1 else 's'}"
