"""When a broker may pause the response clock by hand, and let it go on."""

from brokerage.deadlines import actions as deadlines
from brokerage.deadlines import rules as of_clocks
from referrals.work.rules import reason_not_to_work_on


def reason_not_to_wait(referral, user) -> str | None:
    if reason := reason_not_to_work_on(referral, user):
        return reason
    return of_clocks.reason_not_to_pause(deadlines.running(referral, "response"), "response")


def reason_not_to_go_on(referral, user) -> str | None:
    if reason := reason_not_to_work_on(referral, user):
        return reason
    running = deadlines.running(referral, "response")
    if running is None or not running.is_paused:
        return f"The response clock of {referral.reference} is not paused."
    return None
