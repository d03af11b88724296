from django.utils.functional import cached_property

from brokerage.design.lists import Column
from brokerage.design.views import ListPage
from brokerage.home import queue
from brokerage.home.readers import BROKERS, CASE_READERS
from referrals.intake.models import Priority


class Queue(ListPage):
    """Brokers' home: what is due next at the top."""

    may = CASE_READERS
    deed = "open the queue"
    template_name = "home/queue.html"
    heading = "Cases"
    paginate_by = 25
    columns = (
        Column("due", "Due", sort="due_at"),
        Column("priority", "Priority"),
        Column("case", "Case", sort="reference"),
        Column("service", "Service", sort="service"),
        Column("area", "Area", sort="area"),
        Column("next", "Next step"),
        Column("waits", "Waits on", sort="waits_on"),
        Column("owner", "Broker"),
    )
    download_name = "cases"

    @cached_property
    def tab(self):
        usual = "mine" if self.request.user.has_role(*BROKERS) else "team"
        key = self.request.GET.get("tab", usual)
        return next((tab for tab in queue.TABS if tab.key == key), queue.TABS[0])

    def get(self, request, *args, **kwargs):
        self.answers = {name: request.GET.get(name, "") for name in ("priority", "service")}
        return super().get(request, *args, **kwargs)

    def get_rows(self):
        rows = self.tab.narrow(queue.open_work(self.request.user), self.request.user)
        return rows.filter(**{name: value for name, value in self.answers.items() if value})

    def cells(self, row):
        return [
            row.due_at,
            row.priority,
            f"{row.reference} {row.initials}",
            row.service,
            row.area,
            row.next_step,
            row.get_waits_on_display(),
            row.owner.full_name if row.owner else "",
        ]

    def get_context_data(self, **kwargs):
        page = super().get_context_data(**kwargs)
        counts = queue.counts(self.request.user)
        for row in page["rows"]:
            row.due_for = queue.DUE_FOR.get(row.due_kind, "")
        return page | {
            "tab": self.tab,
            "tabs": [{"key": tab.key, "label": tab.label, "count": counts[tab.key]} for tab in queue.TABS],
            "answers": self.answers,
            "filtered": any(self.answers.values()),
            "priorities": Priority.choices,
            "services": queue.services(self.request.user),
            "escalated": queue.escalated(row.reference for row in page["rows"]),
            "can_take": self.request.user.has_role(*BROKERS),
            "empty": self.tab.empty,
            "empty_next": ("See what has nobody yet", "?tab=unassigned") if self._may_take_one(counts) else None,
        }

    def _may_take_one(self, counts) -> bool:
        return self.tab.key == "mine" and counts["unassigned"] > 0
