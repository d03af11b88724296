"""What is asked every few seconds is read through an index, among twenty thousand clocks. No times are asserted."""

import pytest
from django.db import connection

from brokerage.audit.recording import history_of
from brokerage.clocks import clock
from brokerage.deadlines import sql
from brokerage.deadlines.models import Clock
from brokerage.notify.models import Message

MANY = 20_000
CLOCKS = """
INSERT INTO deadlines_clock (subject_label, subject_id, kind, "case", initials, priority, team_id, started_at, due_at,
    sentence, rule, calendar, stopped_at, stop_reason)
SELECT 'referrals.Referral', n::text, 'response', 'R' || lpad(n::text, 6, '0'), 'WO', 'routine', %s, %s, %s + n * interval '1 minute',
    'Due then.', 'response:routine', '', CASE WHEN n %% 10 > 0 THEN %s END, ''
FROM generate_series(1, %s) n
"""
STAGES = """
INSERT INTO deadlines_stage (clock_id, name, due_at, settled_at, is_held)
SELECT id, name, due_at, stopped_at, false FROM deadlines_clock, unnest(ARRAY['due_soon', 'missed', 'missed_for_long']) AS name
"""
EVENTS = """
INSERT INTO audit_event (at, verb, actor_kind, actor_name, actor_role, actor_organisation, subject_label, subject_id, "case", said, because, facts)
SELECT started_at, 'clock.started', 'system', 'The service', '', '', 'deadlines.Clock', id::text, "case", 'Said', '', '{}' FROM deadlines_clock
"""  # noqa: E501


@pytest.fixture
def plan_of(team):
    """Twenty thousand clocks of which every tenth runs, with all that stands beside them; then whatever is asked, explained."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(CLOCKS, [team.pk, now, now, now, MANY])
        cursor.execute(STAGES)
        cursor.execute(EVENTS)
        Message.objects.bulk_create(_letter(number, now) for number in range(3000))
        cursor.execute("ANALYZE deadlines_clock, deadlines_stage, audit_event, notify_message")

    def explained(statement, params=None):
        if not isinstance(statement, str):
            return statement.explain()
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN " + statement, params)
            return "\n".join(line for (line,) in cursor.fetchall())

    return explained


def test_hot_statements_are_read_through_an_index(plan_of, team):
    """One promise for each, in one test: the twenty thousand rows are made once."""
    claim = plan_of(sql.CLAIM_DUE_STAGES, {"at": clock.now(), "clocks": 1000, "leaving": []})
    assert "Seq Scan" not in claim
    assert "stage_waiting" in claim

    of_a_case = plan_of(Clock.objects.running().filter(case="R000010").next_due_first())
    assert "Seq Scan" not in of_a_case

    of_a_subject = plan_of(Clock.objects.filter(subject_label="referrals.Referral", subject_id="10", stopped_at=None))
    assert "Seq Scan" not in of_a_subject

    overdue = plan_of(Clock.objects.overdue_at(clock.now()).next_due_first()[:50])
    assert "Seq Scan" not in overdue

    history = plan_of(history_of("R000010"))
    assert "Seq Scan" not in history

    to_post = plan_of(Message.objects.deliverable().most_urgent_first()[:1])
    assert "message_waiting" in to_post

    of_its_letters = plan_of(Message.objects.filter(case="R000010"))
    assert "message_case" in of_its_letters


def _letter(number: int, now) -> Message:
    """One in a hundred is still to be posted."""
    state = {"state": "sent", "sent_at": now} if number % 100 else {}
    return Message(
        address="ann@council.example",
        template="hello",
        subject="Hello",
        body="Hello",
        case=f"R{number:06d}",
        message_id=f"<{number}@council.example>",
        date=now,
        **state,
    )
