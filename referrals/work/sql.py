"""Statements about many of the queue's rows at once."""

# The stages' names stand in the order of the alphabet as they do in time: due_soon, missed, missed_for_long.
_MARK = """
    UPDATE referrals_workitem AS item
       SET escalated_stage = said.stage, escalated_at = said.at, changed_at = said.at
      FROM (SELECT held.id, escalated.stage, escalated.at
              FROM unnest(%(references)s::text[], %(stages)s::text[], %(instants)s::timestamptz[])
                AS escalated (reference, stage, at)
              JOIN referrals_workitem AS held ON held.reference = escalated.reference
             WHERE held.is_open AND held.escalated_stage COLLATE "C" < escalated.stage COLLATE "C"
             ORDER BY held.id
               FOR NO KEY UPDATE OF held {waiting}) AS said
     WHERE item.id = said.id
    RETURNING item.reference
"""

MARK_THOSE_FREE = _MARK.format(waiting="SKIP LOCKED")
MARK_ALL = _MARK.format(waiting="")
