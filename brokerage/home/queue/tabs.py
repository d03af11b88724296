"""The queue's tabs."""

from collections.abc import Callable
from dataclasses import dataclass

from brokerage.home.readers import BROKERS


@dataclass(frozen=True)
class Tab:
    key: str
    label: str
    empty: str
    narrow: Callable  # (items, user) -> items
    condition: str  # the same in SQL, for counting


TABS = {
    tab.key: tab
    for tab in (
        Tab(
            "mine",
            "Mine",
            "Nothing is yours at the moment. Take something from “Unassigned”.",
            lambda items, user: items.filter(owner_id=user.pk),
            "owner_id = %(user)s",
        ),
        Tab(
            "team",
            "Team",
            "No open cases. New referrals appear here as they arrive.",
            lambda items, user: items,
            "true",
        ),
        Tab(
            "unassigned",
            "Unassigned",
            "Everything has somebody working on it. New referrals appear here as they arrive.",
            lambda items, user: items.unassigned(),
            "owner_id IS NULL",
        ),
        Tab(
            "waiting",
            "Waiting on others",
            "Nothing is waiting on a referrer, provider, person or panel.",
            lambda items, user: items.waiting_on_others(),
            "waits_on <> 'brokerage'",
        ),
        Tab(
            "signature",
            "Awaiting signature",
            "No agreement is waiting to be signed.",
            lambda items, user: items.awaiting_signature(),
            "awaits_signature",
        ),
        Tab(
            "escalated",
            "Escalated",
            "Nothing has missed its time. A case appears here when a clock of its own runs out.",
            lambda items, user: items.escalated(),
            "escalated_stage IN ('missed', 'missed_for_long')",
        ),
    )
}


def usual(user) -> Tab:
    return TABS["mine" if user.has_role(*BROKERS) else "team"]
