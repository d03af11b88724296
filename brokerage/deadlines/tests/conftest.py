from datetime import datetime

import pytest
import time_machine

from brokerage.clocks import calendars, working_time
from brokerage.clocks.policy import Policy
from brokerage.council import settings as council_settings
from brokerage.deadlines import actions

RECEIVED = datetime.fromisoformat("2026-11-03T10:00+00:00")  # a Tuesday morning: due at 17:00


@pytest.fixture(autouse=True)
def fresh_calendar():
    council_settings.forget()
    yield
    council_settings.forget()


@pytest.fixture
def machine():
    """The machine's time, at which the tests' referrals come in; move it with `machine.move_to(...)`."""
    with time_machine.travel(RECEIVED, tick=False) as traveller:
        yield traveller


@pytest.fixture
def policy(db) -> Policy:
    return calendars.policy()


@pytest.fixture
def start_clock(db, team, machine, policy):
    """Starts a clock about anything: the team stands in for a referral, which deadlines know nothing of."""

    def start(kind="response", *, priority="routine", subject=team, case="R000012", owner=None, by=None, **more):
        return actions.start(
            subject,
            kind,
            deadline=working_time.response(priority, RECEIVED, policy),
            case=case,
            initials="WO",
            team_id=more.pop("team_id", team.pk),
            owner_id=owner.pk if owner else None,
            priority=priority,
            by=by,
            **more,
        )

    return start
