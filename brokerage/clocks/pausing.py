"""What a pause does to a deadline: what was left when it began is left again when it ends. Pure arithmetic.

What is left is measured by the policy of the day the clock is paused, and laid out by the policy of the day it goes on.
"""

from datetime import datetime, timedelta

from brokerage.clocks import saying, sentences
from brokerage.clocks.working_time import Policy, add_working, working_between

NOTHING = timedelta()


def left(due_at: datetime, paused_at: datetime, policy: Policy, *, elapsed: bool = False) -> timedelta:
    """The unspent time: working time, or all of it for a rule that counts by the clock on the wall. Never less than none."""
    if due_at <= paused_at:
        return NOTHING
    return due_at - paused_at if elapsed else working_between(paused_at, due_at, policy)


def due_again(
    due_before: datetime,
    paused_at: datetime,
    ended_at: datetime,
    unspent: timedelta,
    policy: Policy,
    *,
    elapsed: bool = False,
) -> datetime:
    """When it is due after the pause: as much is left as was. What was due already stays due, and a pause in which
    no time passed that counts changes nothing."""
    if due_before <= paused_at:
        return due_before
    if ended_at < due_before and left(due_before, ended_at, policy, elapsed=elapsed) == unspent:
        return due_before
    again = ended_at + unspent if elapsed else add_working(ended_at, unspent, policy)
    return max(due_before, again)


def sentence(
    before: str,
    *,
    whom: str,
    paused_at: datetime,
    ended_at: datetime,
    unspent: timedelta,
    due_after: datetime,
    policy: Policy,
    elapsed: bool = False,
) -> str:
    """What was paused, for whom and how long, and when it is due now; after what was said before, which ends with its own due."""
    if elapsed:
        lasted, rest = f"{saying.exactly(ended_at - paused_at)} by the clock", saying.exactly(unspent)
    else:
        lasted = sentences.working(working_between(paused_at, ended_at, policy))
        rest = sentences.working(unspent)
    return sentences.resumed(before, whom, paused_at, ended_at, lasted, rest, due_after, policy)
