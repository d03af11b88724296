"""The queue: what needs me today, read from one table."""

from dataclasses import dataclass

from django.db.models import Count, Q

from brokerage.deadlines.models import Escalation, Kind
from referrals.work.models import WaitsOn, WorkItem


@dataclass(frozen=True)
class Tab:
    key: str
    label: str
    empty: str

    def narrow(self, items, user):
        return items.filter(self.condition(user))

    def condition(self, user) -> Q:
        return {
            "mine": Q(owner=user),
            "team": Q(),
            "unassigned": Q(owner=None),
            "waiting": ~Q(waits_on=WaitsOn.BROKERAGE),
        }[self.key]


TABS = (
    Tab("mine", "Mine", "Nothing is yours at the moment. Take something from “Unassigned”."),
    Tab("team", "Team", "No open cases. New referrals appear here as they arrive."),
    Tab("unassigned", "Unassigned", "Everything has somebody working on it."),
    Tab("waiting", "Waiting on others", "Nothing is waiting on a referrer, provider, person or panel."),
)


DUE_FOR = {
    Kind.START: "to start",
    Kind.RESPONSE: "to answer",
    Kind.OPTIONS: "options",
    Kind.REPLY: "replies",
    Kind.PANEL: "panel",
    Kind.SIGNATURE: "signature",
}


def open_work(user):
    """Open cases this person may see, what is due next first; those with no clock running last."""
    return WorkItem.objects.open().visible_to(user).select_related("owner").by_what_is_due_next()


def services(user) -> list[str]:
    """What the open cases are for, as the filter offers it."""
    return list(
        WorkItem.objects.open().visible_to(user).order_by("service").values_list("service", flat=True).distinct()
    )


def counts(user) -> dict[str, int]:
    """How many stand under each tab: one statement."""
    return (
        WorkItem.objects.open()
        .visible_to(user)
        .aggregate(**{tab.key: Count("pk", filter=tab.condition(user)) for tab in TABS})
    )


def escalated(references) -> set[str]:
    """Which of these cases have a clock that was missed and still runs."""
    return set(
        Escalation.objects.filter(
            clock__case__in=list(references), clock__stopped_at=None, stage__name__startswith="missed"
        )
        .values_list("clock__case", flat=True)
        .distinct()
    )
