"""The second of two writers is told who was first, and loses nothing typed."""

from brokerage.design.wording import moment
from brokerage.errors import Refused


def version_of(subject) -> str:
    version = getattr(subject, "version", None)
    return "" if version is None else str(version)


def refuse_if_moved(subject, read_version: str | None) -> None:
    """Take the subject's row, and refuse when somebody changed it since the page was read.

    Raises:
        Refused: who changed it and when, where the subject knows.
    """
    if not read_version or not version_of(subject):
        return
    now = type(subject)._base_manager.select_for_update().get(pk=subject.pk)
    if version_of(now) == read_version:
        return
    raise Refused(who_was_first(getattr(now, "changed_by", None), getattr(now, "changed_at", None)))


def who_was_first(who, when) -> str:
    return (
        f"{who or 'Somebody'} changed this{f' {moment(when)}' if when else ''}, after you opened the page. "
        "Your answers are still here: check them against the change, then send them again."
    )
