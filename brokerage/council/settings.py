"""The council's settings, read once every few seconds and not once a query."""

from time import monotonic

from brokerage.council.models import Council

FRESH_FOR_SECONDS = 5
_kept: tuple[float, Council] | None = None


def current() -> Council:
    """The one row, or its defaults where nobody has saved one yet."""
    global _kept
    if _kept is None or monotonic() - _kept[0] > FRESH_FOR_SECONDS:
        _kept = (monotonic(), Council.objects.first() or Council(pk=1))
    return _kept[1]


def forget() -> None:
    """Read afresh next time: call it after saving."""
    global _kept
    _kept = None
