"""Posts letters, each at least once.

A letter is claimed in one statement and leased, posted outside any transaction, and only then noted as sent. Whoever
dies in between loses the lease, and the next one posts it: under the same Message-ID and date, as the same letter.
"""

import logging
from datetime import timedelta
from time import monotonic

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from brokerage.audit.recording import record

from . import composing, doorbell, posting, smtp
from .models import Message, State

logger = logging.getLogger(__name__)

AT_A_TIME = 30  # seconds a drain goes on before it rings for the next: shorter than a task may live
A_LITTLE = 10  # seconds the sweep helps out before it goes on with its rounds
NOBODY_CAME = timedelta(seconds=30)
FIRST_PAUSE, LONGEST_PAUSE, LONGEST_URGENT_PAUSE = 15, 600, 60  # seconds
GIVE_UP_AFTER, GIVE_UP_URGENT_AFTER = 150, 20  # attempts: about a day, about a quarter of an hour

CLAIM = """
UPDATE notify_message SET state = 'sending', attempt = attempt + 1, lease_until = statement_timestamp() + %s
WHERE id = (
    SELECT id FROM notify_message
    WHERE state IN ('queued', 'sending') AND next_try_at <= statement_timestamp() AND NOT channel = ANY(%s)
        AND (state = 'queued' OR lease_until < statement_timestamp())
    ORDER BY urgent DESC, id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING *
"""


def drain(*, seconds: float = AT_A_TIME) -> int:
    """Post what waits, the urgent first, until nothing is due or time is up. Returns how many were sent."""
    if settings.SENDING_PAUSED:
        return 0
    sent, stop_at, away = 0, monotonic() + seconds, []
    try:
        while message := claim(but_not=away):
            try:
                sent += deliver(message)
            except smtp.ServerAway:  # what goes another way goes on
                away.append(message.channel)
                logger.warning("The %s server takes nothing just now; letters wait.", message.get_channel_display())
            if monotonic() > stop_at:
                doorbell.ring()
                break
    finally:
        smtp.here().rest()
    return sent


def rescue() -> int:
    """The sweep's part: ring for what waits, and post it here when nobody hears or nobody came."""
    due = Message.objects.deliverable()
    if settings.SENDING_PAUSED or not due.exists():
        return 0
    overlooked = due.filter(next_try_at__lt=Now() - NOBODY_CAME).exists()
    if not overlooked and doorbell.ring():
        return 0
    return drain(seconds=A_LITTLE)


def claim(*, but_not=()) -> Message | None:
    """Take the next letter, for as long as the slowest mail server may need.

    Args:
        but_not: channels on which nothing goes just now.
    """
    with transaction.atomic(durable=True):
        return next(iter(Message.objects.raw(CLAIM, [lease(), list(but_not)])), None)


def lease() -> timedelta:
    return timedelta(seconds=6 * settings.EMAIL_TIMEOUT + 30)


def deliver(message: Message) -> bool:
    """Post one claimed letter and note how it went. Only ServerAway gets out: then nothing else need be tried."""
    if not may_write_to(message.address):
        return _cancel(message, "Not on the list of addresses that may be written to from here.")
    try:
        posting.post(message)
    except composing.Pointless as reason:
        return _cancel(message, str(reason))
    except (smtp.Refused, composing.Altered) as reason:
        return _give_up(message, str(reason))
    except smtp.ServerAway as reason:
        _put_back(message, str(reason))
        raise
    except smtp.NotNow as reason:
        return _put_back(message, str(reason))
    except Exception as error:  # noqa: BLE001 - a letter that cannot be made must not hold up the rest
        logger.exception("Letter %s could not be made ready.", message.pk)
        return _put_back(message, f"It could not be made ready ({type(error).__name__}).")
    return _note(message, state=State.SENT, lease_until=None, sent_at=Now(), last_error="")


def may_write_to(address: str) -> bool:
    """MAIL_ALLOW_LIST holds addresses, @domains and numbers; empty, it allows every one."""
    allowed = {entry.lower() for entry in settings.MAIL_ALLOW_LIST}
    address = address.lower()
    return not allowed or address in allowed or "@" + address.rpartition("@")[2] in allowed


def _put_back(message: Message, why: str) -> bool:
    if tries(message) == limit(message):
        return _give_up(message, f"Tried {tries(message)} times. {why}")
    _note(message, state=State.QUEUED, lease_until=None, next_try_at=Now() + pause(message), last_error=why)
    return False


def limit(message: Message) -> int:
    return GIVE_UP_URGENT_AFTER if message.urgent else GIVE_UP_AFTER


def tries(message: Message) -> int:
    """Since it was written, or last sent again. Attempts themselves only rise: they tell one worker from another."""
    return (message.attempt - 1) % limit(message) + 1


def pause(message: Message) -> timedelta:
    """Twice as long each time, up to ten minutes; a minute when it is urgent."""
    longest = LONGEST_URGENT_PAUSE if message.urgent else LONGEST_PAUSE
    return timedelta(seconds=min(FIRST_PAUSE * 2 ** min(tries(message) - 1, 10), longest))


@transaction.atomic
def _give_up(message: Message, why: str) -> bool:
    if _note(message, state=State.FAILED, lease_until=None, last_error=why):
        what = "text message" if message.is_text else "letter"
        said = f"The {what} “{message.subject}” could not be delivered to {message.addressee}: {why}"
        record("letter.failed", message, by=None, said=said, case=message.case)
    return False


def _cancel(message: Message, why: str) -> bool:
    _note(message, state=State.CANCELLED, lease_until=None, last_error=why)
    return False


def _note(message: Message, **facts) -> bool:
    mine = Message.objects.filter(pk=message.pk, attempt=message.attempt, state=State.SENDING)
    if mine.update(**facts):
        return True
    logger.warning("Letter %s was taken over by another worker.", message.pk)
    return False
