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


def sweep() -> int:
    """One pass over due clocks. Paused with sending: after a restore nobody is told anything twice."""
    escalated = 0 if settings.SENDING_PAUSED else escalate_due(at=clock.now())
    Heartbeat.objects.beat("sweep", at=clock.now())
    return escalated


def post() -> int:
    posted = delivery.rescue()
    Heartbeat.objects.beat("outbox", at=clock.now())
    return posted


def seal() -> int:
    sealed = sealing.seal()
    Heartbeat.objects.beat("seal", at=clock.now())
    return sealed


DUTIES = [Duty("sweep", sweep, every=5), Duty("outbox", post, every=5), Duty("seal", seal, every=60)]


def also(name: str, do: Callable[[], int], *, every: float) -> None:
    """A duty of a later stage, told when that stage is ready: nothing here knows what it is."""
    DUTIES.append(Duty(name, do, every))


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
