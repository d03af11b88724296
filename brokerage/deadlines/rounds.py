"""What must be done again and again, each on its own: one that fails neither stops nor delays the others."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from django.conf import settings
from django.db import close_old_connections
from django.utils.module_loading import import_string

from brokerage.audit import sealing
from brokerage.audit.tracking import on_behalf_of
from brokerage.clocks import clock
from brokerage.notify import delivery

from .escalating import escalate_due
from .models import Heartbeat

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Duty:
    name: str
    do: Callable[[], int]
    every: float  # seconds


FIRST: list[Callable[[], int]] = []


def before_each_sweep(do: Callable[[], int]) -> None:
    """What a later stage ends at its deadline, so that a clock which did its work is not escalated as missed."""
    FIRST.append(do)


def sweep() -> int:
    """One pass over due clocks. Paused with sending: after a restore nobody is told anything twice."""
    escalated = 0
    if not settings.SENDING_PAUSED:
        for do in FIRST:
            _try(do)
        escalated = escalate_due(at=clock.now())
    Heartbeat.objects.beat("sweep", at=clock.now())
    return escalated


def _try(do) -> None:
    try:
        do()
    except Exception:
        logger.exception("Before the sweep this could not be done: %s.", do.__name__)


def post() -> int:
    posted = delivery.rescue()
    Heartbeat.objects.beat("outbox", at=clock.now())
    return posted


def seal() -> int:
    sealed = sealing.seal()
    Heartbeat.objects.beat("seal", at=clock.now())
    return sealed


DUTIES = (Duty("sweep", sweep, every=5), Duty("outbox", post, every=5), Duty("seal", seal, every=60))


class Rounds:
    """Does each duty when its time has come, by a clock that nobody can set. Which there are, the roof says."""

    def __init__(self, duties=None):
        self.next_at = dict.fromkeys(duties or import_string(settings.TIMETABLE), 0.0)

    def go(self) -> list[str]:
        """One round. Returns the names of the duties that failed."""
        failed = []
        for duty, next_at in self.next_at.items():
            if monotonic() >= next_at:
                self.next_at[duty] = monotonic() + duty.every
                failed += [] if _done(duty) else [duty.name]
        return failed


def _done(duty: Duty) -> bool:
    close_old_connections()
    try:
        with on_behalf_of(sweep=duty.name):
            duty.do()
    except Exception:
        logger.exception("The round could not do this: %s.", duty.name)
        return False
    return True
