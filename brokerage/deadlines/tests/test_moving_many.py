"""A new closed day with a hundred thousand clocks running (P13)."""

import time as machine_time
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from brokerage.accounts.models import Role
from brokerage.deadlines.closed_days import actions as closed_days
from brokerage.deadlines.models import Clock, Moved, Stage
from brokerage.tests.factories import TeamFactory, UserFactory

SENTENCE = "Received Tuesday 3 November at 14:00, in the afternoon. Due Wednesday 4 November at 12:30."
MANY = """
INSERT INTO deadlines_clock (subject_label, subject_id, kind, "case", initials, priority, team_id, owner_id,
    started_at, due_at, sentence, rule, calendar, stop_reason)
SELECT 'x.Y', n::text, 'response', 'R' || n, 'WO', 'routine', %s, %s, %s, %s + make_interval(secs => n / 1000.0),
    %s, 'response:routine', '', ''
FROM generate_series(1, %s) n
"""
STAGES = """
INSERT INTO deadlines_stage (clock_id, name, due_at, is_held)
SELECT id, name, due_at + lag, false FROM deadlines_clock,
    (VALUES ('due_soon', '-1 hour'::interval), ('missed', '0'), ('missed_for_long', '2 hours')) stage(name, lag)
"""


@pytest.mark.soak
@pytest.mark.parametrize("count", [100_000])
def test_a_hundred_thousand_clocks_move_in_seconds(db, machine, quiet_bell, count, capsys):
    team = TeamFactory()
    owner = UserFactory(broker=True, teams=[team])
    with connection.cursor() as cursor:
        started, due = (datetime.fromisoformat(f"2026-11-{at}+00:00") for at in ("03T14:00", "04T12:30"))
        cursor.execute(MANY, [team.pk, owner.pk, started, due, SENTENCE, count])
        cursor.execute(STAGES)
        cursor.execute("ANALYZE deadlines_clock, deadlines_stage")

    began = machine_time.perf_counter_ns()
    _, moved = closed_days.close_on(
        date(2026, 11, 4), name="Snow", move_clocks=True, by=UserFactory(roles=[Role.ADMINISTRATOR])
    )
    took = (machine_time.perf_counter_ns() - began) / 1e9

    with capsys.disabled():
        print(f"\n{count} clocks moved in {took:.1f} s")
    assert moved == Moved.objects.count() == count
    assert Clock.objects.filter(due_at__lt=due + timedelta(days=1)).count() == 0
    assert Stage.objects.filter(due_at__lt=due + timedelta(hours=20)).count() == 0
    assert took < 60  # a floor for a busy machine; what a quiet one takes is in docs/scale.md
