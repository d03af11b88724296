"""The queue's rows after clocks have moved: by the set, and never waiting for somebody who holds one of them."""

from django.db import connection, transaction

from brokerage.clocks import clock

SHOW_AGAIN = """
WITH first AS (
    SELECT DISTINCT ON (clock."case") clock."case", clock.due_at, clock.kind, clock.sentence
    FROM deadlines_clock clock
    WHERE clock.stopped_at IS NULL AND clock.paused_at IS NULL AND clock."case" IN (
        SELECT moved_clock."case" FROM deadlines_moved moved
        JOIN deadlines_clock moved_clock ON moved_clock.id = moved.clock_id WHERE moved.id > %(since)s)
    ORDER BY clock."case", clock.due_at, clock.id
), free AS (
    SELECT item.id FROM referrals_workitem item JOIN first ON first."case" = item.reference
    WHERE item.is_open AND (item.due_at, item.due_sentence) IS DISTINCT FROM (first.due_at, first.sentence)
    ORDER BY item.id FOR NO KEY UPDATE OF item {waiting}
)
UPDATE referrals_workitem item
SET due_at = first.due_at, due_kind = first.kind, due_sentence = first.sentence, changed_at = %(now)s
FROM first, free WHERE item.id = free.id AND item.reference = first."case"
"""


def show_again(since: int) -> None:
    """Show what is due first now on the cases of whatever moved after this line. What somebody holds follows at the end."""
    _show(since, waiting="SKIP LOCKED")
    transaction.on_commit(lambda: _show(since, waiting=""))


def _show(since: int, *, waiting: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SHOW_AGAIN.format(waiting=waiting), {"since": since, "now": clock.now()})
