"""Moving deadlines by the set: a hundred thousand at once, each with its line in the ledger and in the history."""

# What moves: what runs in working time and is due on the closure day or later. Providers were told when replies are due,
# and an emergency or a rule by the clock on the wall counts through every day. A paused clock has no deadline to move.
_CONCERNED = """
    clock.stopped_at IS NULL AND clock.paused_at IS NULL AND clock.kind <> 'reply' AND clock.due_at > %(now)s
    AND clock.due_at >= %(from_at)s AND clock.rule NOT LIKE '%%:elapsed_hours:%%'
    AND clock.rule NOT LIKE 'start:emergency%%' AND clock.rule NOT LIKE 'response:emergency%%'
"""

# Each working day's deadlines go to the working day that takes its place, at the same time of day.
_DAYS = """
WITH days AS (SELECT * FROM unnest(%(old_days)s::date[], %(new_days)s::date[]) AS day(old_day, new_day))
"""

_AGAIN = "((days.new_day + ({instant} AT TIME ZONE %(zone)s)::time) AT TIME ZONE %(zone)s)"
_ITS_DAY = "days.old_day = ({instant} AT TIME ZONE %(zone)s)::date"

COUNT = (
    _DAYS
    + f"""
SELECT count(*), max(clock.due_at) FROM deadlines_clock clock JOIN days ON {_ITS_DAY.format(instant="clock.due_at")}
WHERE {_CONCERNED}
"""
)

FIRST = (
    _DAYS
    + f"""
SELECT clock.*, {_AGAIN.format(instant="clock.due_at")} AS due_again
FROM deadlines_clock clock JOIN days ON {_ITS_DAY.format(instant="clock.due_at")}
WHERE {_CONCERNED}
ORDER BY clock.due_at, clock.id LIMIT %(limit)s
"""
)

# Held in one order, so that neither a sweep nor a pause comes in between; what came first is seen.
HOLD = f"""
SELECT clock.id FROM deadlines_clock clock WHERE {_CONCERNED} ORDER BY clock.id FOR NO KEY UPDATE
"""

NOTE = (
    _DAYS
    + f"""
INSERT INTO deadlines_moved
    (clock_id, closed_on, because, moved_at, moved_by_id, due_before, due_after, sentence_before, sentence_after)
SELECT clock.id, %(closed_on)s, %(because)s, %(now)s, %(by)s, clock.due_at, again.due_at, clock.sentence,
    regexp_replace(clock.sentence, '\\s*Due [^.]* at [0-9]{{2}}:[0-9]{{2}}( [A-Z]+)?\\.$', '')
    || %(moved)s || to_char(again.due_at AT TIME ZONE %(zone)s,
        CASE WHEN date_part('year', again.due_at AT TIME ZONE %(zone)s)
                = date_part('year', clock.started_at AT TIME ZONE %(zone)s)
            THEN 'FMDay FMDD FMMonth "at" HH24:MI.' ELSE 'FMDay FMDD FMMonth YYYY "at" HH24:MI.' END)
FROM deadlines_clock clock
JOIN days ON {_ITS_DAY.format(instant="clock.due_at")}
CROSS JOIN LATERAL (SELECT {_AGAIN.format(instant="clock.due_at")} AS due_at) again
WHERE {_CONCERNED}
"""
)

MOVE = """
UPDATE deadlines_clock clock SET due_at = moved.due_after, sentence = moved.sentence_after
FROM deadlines_moved moved
WHERE moved.clock_id = clock.id AND moved.id > %(since)s
"""

# "Missed" is the deadline itself. The others keep their distance, in working days.
MOVE_STAGES = (
    _DAYS
    + f"""
UPDATE deadlines_stage stage SET due_at = CASE WHEN stage.name = 'missed' THEN moved.due_after
    ELSE {_AGAIN.format(instant="stage.due_at")} END
FROM deadlines_moved moved, days
WHERE moved.id > %(since)s AND stage.clock_id = moved.clock_id AND stage.settled_at IS NULL
  AND {_ITS_DAY.format(instant="stage.due_at")}
"""
)

RECORD = """
INSERT INTO audit_event (at, verb, actor_kind, actor_id, actor_name, actor_role, actor_organisation,
    subject_label, subject_id, "case", said, because, facts)
SELECT %(now)s, 'clock.moved', 'user', %(by)s, %(by_name)s, '', '', 'deadlines.Clock', clock.id::text, clock."case",
    (%(kinds)s::jsonb ->> clock.kind) || ' clock moved, due '
        || to_char(moved.due_after AT TIME ZONE %(zone)s, 'FMDay FMDD FMMonth "at" HH24:MI'),
    %(because)s, jsonb_build_object('kind', clock.kind, 'due_before', moved.due_before, 'due_after', moved.due_after)
FROM deadlines_moved moved JOIN deadlines_clock clock ON clock.id = moved.clock_id
WHERE moved.id > %(since)s
ORDER BY moved.id
"""
