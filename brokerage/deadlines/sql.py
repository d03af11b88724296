"""Statements that the ORM cannot say."""

# Whoever claims a stage escalates it. No lower bound: what fell due in hours of silence is due still. Rows in somebody
# else's hands are skipped, and one whose clock stops meanwhile is not claimed, because stopping settles its stages.
CLAIM_DUE_STAGES = """
UPDATE deadlines_stage SET settled_at = %(at)s
FROM (
    SELECT stage.id FROM deadlines_stage stage JOIN deadlines_clock clock ON clock.id = stage.clock_id
    WHERE stage.settled_at IS NULL AND stage.due_at <= %(at)s AND clock.stopped_at IS NULL
      AND NOT stage.id = ANY(%(leaving)s::bigint[])
    ORDER BY clock.priority = 'emergency' DESC, stage.due_at, stage.id
    LIMIT %(limit)s
    FOR UPDATE OF stage SKIP LOCKED
) due
WHERE deadlines_stage.id = due.id
RETURNING deadlines_stage.*
"""
