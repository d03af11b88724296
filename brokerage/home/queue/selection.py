"""What somebody asked of the queue: a tab, an order, filters. All of it stands in the address, so that it can be sent and saved."""

from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict

from brokerage.home.queue import tabs
from brokerage.home.queue.filters import FILTERS
from brokerage.home.queue.tabs import Tab


@dataclass(frozen=True)
class Order:
    key: str
    label: str
    column: str
    descending: bool = False


ORDERS = {
    order.key: order
    for order in (
        Order("due", "Due next", "due_key"),
        Order("newest", "Newest received", "received_at", descending=True),
        Order("oldest", "Longest here", "received_at"),
    )
}
LONGEST = 80  # characters of an answer


@dataclass(frozen=True)
class Selection:
    tab: Tab
    order: Order
    answers: dict[str, str] = field(default_factory=dict)  # those that narrow
    not_meant: tuple[str, ...] = ()  # labels of filters whose answers mean nothing

    @classmethod
    def asked(cls, query, user) -> "Selection":
        answers, not_meant = {}, []
        for each in FILTERS:
            answer = query.get(each.name, "").strip()[:LONGEST]
            if answer and each.condition(answer, user) is None:
                not_meant.append(each.label)
            elif answer:
                answers[each.name] = answer
        tab = tabs.TABS.get(query.get("tab", ""), tabs.usual(user))
        return cls(tab, ORDERS.get(query.get("sort", ""), ORDERS["due"]), answers, tuple(not_meant))

    @classmethod
    def of_address(cls, address: str, user) -> "Selection":
        return cls.asked(QueryDict(address), user)

    def narrow(self, items, user):
        items = self.tab.narrow(items, user)
        conditions = [each.condition(self.answers[each.name], user) for each in FILTERS if each.name in self.answers]
        return items.filter(*conditions) if conditions else items

    @cached_property
    def address(self) -> str:
        """The query that says all this again, always in the same order."""
        return self.address_with()

    def address_with(self, **changes) -> str:
        """The same with some of it changed; an empty answer takes one away."""
        said = {
            "tab": self.tab.key,
            "sort": "" if self.order.key == "due" else self.order.key,
            **self.answers,
            **changes,
        }
        return urlencode({name: answer for name, answer in said.items() if answer})

    def without_filters(self) -> str:
        return self.address_with(**dict.fromkeys(self.answers, ""))
