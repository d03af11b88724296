"""From a short-term service to a long-term one: the new one is arranged before the old one ends (DER-15)."""

from datetime import timedelta

from brokerage.clocks import calendars, clock, saying
from brokerage.clocks.working_time import Deadline
from brokerage.deadlines import actions as deadlines

CLOCK = "hand_over"
WORKING_DAYS_BEFORE = 2  # by which a service should be arranged


def arrange_by(day, policy):
    """When the service closes, two working days before the hand-over."""
    left, at = WORKING_DAYS_BEFORE, day
    while left:
        at -= timedelta(days=1)
        left -= policy.is_working_day(at)
    return policy.at(at, policy.closes_at)


def start_clock(referral, *, by):
    """Warns as the hand-over comes near while nothing is arranged. Of one that is nearer still, it warns within the hour."""
    if not referral.hand_over_on:
        return
    policy, now = calendars.policy(), clock.now()
    due_at = max(arrange_by(referral.hand_over_on, policy), now + timedelta(hours=1))
    sentence = (
        f"The short-term service ends on {saying.full_day(referral.hand_over_on, year=True)}: the one that follows it "
        f"should be arranged by {saying.short(due_at, now=now, zone=policy.zone)}."
    )
    deadlines.start(
        referral,
        CLOCK,
        deadline=Deadline(
            due_at, sentence, f"hand_over:{WORKING_DAYS_BEFORE} working days before", policy.calendar, now
        ),
        case=referral.reference,
        team_id=referral.team_id,
        owner_id=referral.broker_id,
        priority=referral.priority,
        by=by,
    )


def stop_clock(referral, *, by, because):
    deadlines.stop(referral, CLOCK, by=by, because=because)
