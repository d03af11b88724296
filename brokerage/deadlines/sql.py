"""Statements that the ORM cannot say."""

# Whoever claims a stage escalates it. No lower bound: what fell due in hours of silence is due still. A clock is taken
# whole, so that one sweep knows all that has come due on it; clocks in somebody else's hands are skipped, as is one
# that is being stopped. The array is read first, by the index of what waits, so no planner starts from all clocks.
CLAIM_DUE_STAGES = """
WITH reached AS (
    SELECT clock.id FROM deadlines_clock clock
    WHERE clock.stopped_at IS NULL AND clock.paused_at IS NULL
      AND clock.id = ANY(ARRAY(
        SELECT stage.clock_id FROM deadlines_stage stage
        WHERE stage.settled_at IS NULL AND NOT stage.is_held AND stage.due_at <= %(at)s))
      AND NOT clock.id = ANY(%(leaving)s::bigint[])
    ORDER BY clock.priority = 'emergency' DESC, clock.due_at, clock.id
    LIMIT %(clocks)s
    FOR NO KEY UPDATE SKIP LOCKED
)
UPDATE deadlines_stage stage SET settled_at = %(at)s FROM deadlines_clock clock
WHERE clock.id = stage.clock_id AND stage.clock_id = ANY(ARRAY(SELECT id FROM reached))
  AND stage.settled_at IS NULL AND NOT stage.is_held AND stage.due_at <= %(at)s
RETURNING stage.id, stage.clock_id, stage.name, stage.due_at, stage.settled_at, clock.id, clock.kind, clock."case", clock.initials,
  clock.priority, clock.team_id, clock.owner_id, clock.due_at, clock.sentence
"""
