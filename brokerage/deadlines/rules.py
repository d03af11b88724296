"""Which clocks may be paused, and why not the others."""

from .models import PAUSABLE, Clock, Kind, Priority


def reason_not_to_pause(clock: Clock | None, kind: str) -> str | None:
    """`clock` is the running one, or None."""
    what = Kind(kind).label
    if kind == Kind.START:
        return "The clock on the start of work cannot be paused."
    if kind == Kind.REPLY:
        return "Providers were told when replies are due, so that clock cannot be paused."
    if kind not in PAUSABLE:
        return f"The {what.lower()} clock cannot be paused."
    if clock is None:
        return f"The {what.lower()} clock is not running, so it cannot be paused."
    if clock.priority == Priority.EMERGENCY:
        return "An emergency’s clock cannot be paused."
    if clock.is_paused:
        return f"{what} for {clock.case} is already paused."
    return None
