"""How much each broker carries today."""

from dataclasses import dataclass

from django.db.models import Count

from brokerage.accounts.models import User
from brokerage.home.queue import away
from brokerage.home.queue.filters import due_today
from referrals.work.models import WorkItem


@dataclass(frozen=True)
class Load:
    broker: User
    open: int = 0
    due_today: int = 0
    away: str = ""

    @property
    def in_words(self) -> str:
        """12 open, 3 due today; away, Priya Nair stands in"""
        carried = f"{self.open:,} open, {self.due_today:,} due today" if self.open else "No open case"
        return f"{carried}; {self.away}" if self.away else carried


def of_teams(team_ids) -> list[Load]:
    """Of everybody these teams' cases may be given to."""
    brokers = list(User.objects.brokers().filter(teams__in=team_ids).distinct().order_by("full_name", "pk"))
    carried = {
        owner: (number, today)
        for owner, number, today in WorkItem.objects.open()
        .filter(owner__in=brokers)
        .values_list("owner")
        .annotate(number=Count("pk"), today=Count("pk", filter=due_today()))
        .order_by()
    }
    absences = away.of([broker.pk for broker in brokers])
    return [Load(broker, *carried.get(broker.pk, (0, 0)), absences.get(broker.pk, "")) for broker in brokers]
