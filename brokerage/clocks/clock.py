"""The one source of business time: rules, sweeps and pages all ask here, never the database and never the machine."""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """The instant it is, aware and in UTC."""
    return _told.get() or datetime.now(UTC)


@contextmanager
def telling(instant: datetime):
    """All done inside is at this instant. For the demonstration's past alone: the audit's own time is not moved."""
    mark = _told.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(mark)
