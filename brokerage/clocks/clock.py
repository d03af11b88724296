"""The one source of business time: rules, sweeps and pages all ask here, never the database and never the machine."""

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC)
