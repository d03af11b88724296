"""Wakes the worker after a commit. Redis is only a bell: dead or frozen, it may delay a letter and do nothing else."""

import logging
import threading
import time

from django.conf import settings
from django.db import transaction
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

logger = logging.getLogger(__name__)

LISTEN_FOR = 0.5  # seconds a ring may wait for an answer
LEAVE_ALONE_FOR = 30  # seconds without ringing, once it did not answer

_one_at_a_time = threading.Lock()
_broken_until = 0.0
_bell = None


def ring_after_commit() -> None:
    """Once a transaction, however many letters it writes."""
    waiting = transaction.get_connection().run_on_commit
    if not any(callback is ring for _, callback, *_ in waiting):
        transaction.on_commit(ring)


def ring() -> bool:
    """Ask a worker to empty the outbox. True when the broker took the request; never an exception."""
    global _broken_until
    if time.monotonic() < _broken_until or not _one_at_a_time.acquire(timeout=LISTEN_FOR / 2):
        return False
    try:
        if time.monotonic() < _broken_until:
            return False
        _listen()
        _send()
    except Exception as error:  # whatever it is, the letter is safe in the outbox and the sweep will come by
        _broken_until = time.monotonic() + LEAVE_ALONE_FOR
        logger.warning("The broker does not answer (%s); letters wait for the sweep.", type(error).__name__)
        return False
    else:
        return True
    finally:
        _one_at_a_time.release()


def _listen() -> None:
    """A frozen server is found out in half a second here, and not inside the broker's client."""
    global _bell
    if not settings.CELERY_BROKER_URL.startswith("redis"):
        return
    if _bell is None:
        _bell = Redis.from_url(
            settings.CELERY_BROKER_URL,
            socket_timeout=LISTEN_FOR,
            socket_connect_timeout=LISTEN_FOR,
            retry=Retry(NoBackoff(), 0),
        )
    _bell.ping()


def _send() -> None:
    from .tasks import empty_the_outbox

    empty_the_outbox.apply_async(retry=False, ignore_result=True)
