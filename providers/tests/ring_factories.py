"""A case that cannot wait, providers that can be rung, and a list of them."""

from decimal import Decimal

from brokerage.clocks import clock
from providers.ringround import actions
from providers.tests.factories import PostcodeFactory, ServiceFactory
from referrals.tests.factories import ReferralFactory
from referrals.timing import actions as timing


def emergency(**facts):
    """An emergency that a broker has begun, its clocks running."""
    said = {"priority": "emergency", "priority_reason": "Alone in bed since last night", "papers": []} | facts
    case = ReferralFactory(in_progress=True, **said)
    timing.start_clocks(case, by=case.broker)
    timing.stop_start(case, by=case.broker)
    return case


def agencies(number, **facts):
    PostcodeFactory()
    return [
        ServiceFactory(name=f"Agency {count}", phone=f"01632 9610{count:02d}", **facts)
        for count in range(1, number + 1)
    ]


def ring_round(number=3, **facts):
    agencies(number)
    case = emergency(**facts)
    return actions.open_list(case, by=case.broker)


def offer(**more):
    return {
        "spoke_to": "Pat Lowe",
        "spoke_role": "Care manager",
        "kind": "whole",
        "rate": Decimal("24.60"),
        "start_on": clock.now().date(),
    } | more


def rings(listed, outcome="no_answer", *, by=None, **said):
    """Claims the next and records what came of it."""
    by = by or listed.opened_by
    call = actions.claim(listed, by=by)
    if outcome == "can_help":
        said = offer() | said
    if outcome == "cannot":
        said = {"why_not": "no_staff"} | said
    return actions.finish(call, outcome=outcome, by=by, **said)
