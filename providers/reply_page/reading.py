"""What the pages behind a provider's link are given: frozen values, and nothing that leads back to the record."""

from dataclasses import dataclass
from datetime import datetime

from brokerage.clocks.saying import listed
from brokerage.money import pounds
from providers.enquiries.sheet import Sheet
from providers.replies import rules


@dataclass(frozen=True)
class Said:
    """A reply, in the words in which its sender reads it again."""

    version: int
    kind: str
    by: str
    made_at: datetime
    is_late: bool
    receipt: str
    lines: tuple[tuple[str, str | list[str]], ...]  # (label, words)


@dataclass(frozen=True)
class Page:
    sheet: Sheet
    rows: list[dict]
    distance: str
    provider: str
    judged_by: str
    stop: str | None  # why no reply is wanted any more
    is_late: bool
    over_at: datetime
    said: Said | None  # what counts
    said_since: Said | None  # what came too late to change it


def page_of(invitation, *, at) -> Page:
    sheet = Sheet.from_data(invitation.enquiry.sheet)
    current = invitation.replies.current().first()
    latest = invitation.replies.stands().order_by("-version").first()
    return Page(
        sheet=sheet,
        rows=sheet.rows,
        distance=sheet.distance(invitation.miles),
        provider=invitation.service_name,
        judged_by=listed(list(sheet.judged_by)),
        stop=rules.reason_not_to_reply(invitation),
        is_late=rules.is_late(invitation, at=at),
        over_at=rules.over_at(invitation.enquiry),
        said=said(current, sheet) if current else None,
        said_since=said(latest, sheet) if current and latest and latest.version > current.version else None,
    )


def said(reply, sheet) -> Said:
    return Said(
        version=reply.version,
        kind=reply.get_kind_display(),
        by=f"{reply.by_name}, {reply.by_role}",
        made_at=reply.made_at,
        is_late=reply.is_late,
        receipt=reply.receipt,
        lines=tuple((label, words) for label, words in _lines(reply, sheet) if words),
    )


def _lines(reply, sheet):
    yield "Visits", sheet.visits_at(reply.visits)
    yield "What would be different", reply.changes
    yield "Rate", f"{pounds(reply.rate)} {reply.get_unit_display()}" if reply.rate else ""
    yield "Start", f"{reply.start_on:%A} {reply.start_on.day} {reply.start_on:%B %Y}" if reply.start_on else ""
    yield "Who will come", reply.who_will_come
    yield "It depends on", reply.conditions
    yield "What stood in the way", reply.get_why_not_display()
    yield "Yes, if", reply.would_say_yes_if
    yield "Number to call", reply.phone
