"""A mark in the queue for what was escalated, written in the escalation's own transaction."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from brokerage.deadlines.models import Escalation
from referrals.work import sql


def mark(escalations: Iterable[Escalation]) -> None:
    """Mark the cases of these escalations, each with the worst it came to."""
    worst: dict[str, tuple[str, datetime]] = {}
    for each in escalations:
        worst[each.clock.case] = max(
            worst.get(each.clock.case, ("", each.escalated_at)), (each.stage.name, each.escalated_at)
        )
    if worst:
        mark_escalated(worst)


def mark_escalated(worst: dict[str, tuple[str, datetime]]) -> int:
    """Give cases (reference: stage and when) their mark. It gives way to a worse one only.

    A row that somebody holds at this moment is passed over, or the two would wait for each other; it is marked once
    this transaction is over.
    """
    marked = _mark(worst, sql.MARK_THOSE_FREE)
    held = {reference: stage for reference, stage in worst.items() if reference not in marked}
    if held:
        transaction.on_commit(lambda: _mark(held, sql.MARK_ALL))
    return len(marked)


def _mark(worst, statement) -> set[str]:
    stages, instants = zip(*worst.values(), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"references": list(worst), "stages": list(stages), "instants": list(instants)})
        return {reference for (reference,) in cursor.fetchall()}
