"""Which clocks a referral starts, and what stops them."""

from dataclasses import replace
from datetime import timedelta

from brokerage.clocks import calendars, clock, working_time
from brokerage.deadlines import actions as deadlines
from referrals.work import actions as work

TO_PRESENT_OPTIONS = timedelta(hours=2)  # working time, from the close of an enquiry to the options


def foretell(priority, *, at=None) -> tuple[working_time.Deadline, working_time.Deadline]:
    """(start of work, response) for a referral of this priority received now: shown before it is sent."""
    policy, at = calendars.policy(), at or clock.now()
    return working_time.start_of_work(priority, at, policy), working_time.response(priority, at, policy)


def start_clocks(referral, *, by):
    """Start of work and response, from the moment of receipt (DER-04, DER-06..09)."""
    start, response = foretell(referral.priority, at=referral.received_at)
    _start(referral, "start", start, by=by)
    _start(referral, "response", response, by=by)
    work.refresh_due(referral)


def stop_start(referral, *, by):
    deadlines.stop(referral, "start", by=by, because="Work began")
    work.refresh_due(referral)


def answer(referral, *, by, because):
    """A substantive answer reached the referrer: options, an arranged service, or a question about what may flex."""
    for kind in ("response", "options"):
        deadlines.stop(referral, kind, by=by, because=because)
    work.refresh_due(referral)


def options_due_after(closes_at):
    """When options are promised for, where offers close at this instant: two working hours later."""
    return working_time.add_working(closes_at, TO_PRESENT_OPTIONS, calendars.policy())


def promise(referral, *, by, until, plan):
    """A dated plan is an answer too; it starts the clock of what it promised.

    Args:
        until: when the options are promised for; see `options_due_after`.
        plan: the sentence the referrer reads, such as "14 providers asked, offers close Wed 12:30, options with you by 14:30".
    """
    policy, now = calendars.policy(), clock.now()
    deadlines.stop(referral, "response", by=by, because=plan)
    deadlines.stop(referral, "options", by=by, because="A new plan was given")
    deadline = replace(working_time.promised(until, now, policy), sentence=plan)
    _start(referral, "options", deadline, by=by)
    work.refresh_due(referral)


def _start(referral, kind, deadline, *, by):
    deadlines.start(
        referral,
        kind,
        deadline=deadline,
        case=referral.reference,
        team_id=referral.team_id,
        owner_id=referral.broker_id,
        priority=referral.priority,
        by=by,
    )
