"""Rows of the queue. A row is drawn by its template once for as long as nothing in it changes; only its times are said anew."""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from brokerage.clocks import clock
from brokerage.deadlines.models import StageName
from brokerage.design import wording
from referrals.work.models import WaitsOn

KEPT = 2000  # rows, at about two kilobytes each
HOUR = 3600  # seconds
DUE, SINCE = "\ue000due\ue000", "\ue000since\ue000"  # where the times stand in a row that is kept; nobody types these
DUE_FOR = {
    "start": "to start",
    "response": "to answer",
    "options": "options",
    "reply": "replies",
    "panel": "panel",
    "signature": "signature",
    "wait": "to hear",
    "papers": "paperwork",
}


def draw(rows, *, away=None, picks=False) -> SafeString:
    """The table's rows.

    Args:
        away: by owner's id, what to say of an owner who is away.
        picks: whether rows can be ticked.
    """
    now, away = clock.now(), away or {}
    return mark_safe("".join([_row(row, away.get(row.owner_id, ""), picks, now) for row in rows]))


def _row(row, away, picks, now) -> str:
    before_due, before_since, rest = _pieces(row, away, picks)
    return f"{before_due}{_due(row.due_at, now)}{before_since}{_since(row, now)}{rest}"


@lru_cache(maxsize=KEPT)
def _pieces(row, away, picks) -> tuple[str, str, str]:
    drawn = render_to_string(
        "home/queue/_row.html",
        {
            "row": row,
            "due_for": DUE_FOR.get(row.due_kind, ""),
            "waits_on": WaitsOn(row.waits_on).label,
            "stage": StageName(row.escalated_stage).label if row.escalated_stage else "",
            "mark": "Due soon" if row.escalated_stage == StageName.DUE_SOON else "Escalated",
            "is_missed": row.escalated_stage not in ("", StageName.DUE_SOON),
            "away": away,
            "picks": picks,
            "DUE": DUE,
            "SINCE": SINCE,
        },
    )
    before_due, _, rest = drawn.partition(DUE)
    before_since, _, rest = rest.partition(SINCE)
    return before_due, before_since, rest


def _due(due_at, now) -> str:
    if due_at is None:
        return '<span class="app-quiet">No clock runs</span>'
    left = (due_at - now).total_seconds()
    tone = " app-clock--late" if left < 0 else " app-clock--soon" if left <= HOUR else ""
    return f'<time class="app-clock{tone}" {_instant(due_at)} data-due>{wording.due(due_at, now)}</time>'


def _since(row, now) -> str:
    if row.waits_since is None or row.waits_on == WaitsOn.BROKERAGE:
        return ""
    return (
        f'<time class="app-quiet" {_instant(row.waits_since)} data-since>{wording.span(now - row.waits_since)}</time>'
    )


@lru_cache(maxsize=2 * KEPT)
def _instant(instant) -> str:
    return format_html('datetime="{}" title="{}"', instant.isoformat(), wording.full(instant))
