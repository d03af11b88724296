"""One screen of the queue: its rows and its counts, in two statements, and the mark by which a change is known."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from brokerage.home.queue import away, counting, paging
from brokerage.home.queue.paging import Cursor, Page
from brokerage.home.queue.scope import Scope
from brokerage.home.queue.selection import Selection
from brokerage.home.queue.tabs import TABS

ROWS_A_PAGE = 50
COLUMNS = (
    "id",
    "reference",
    "initials",
    "priority",
    "service",
    "area",
    "next_step",
    "waits_on",
    "waits_since",
    "due_at",
    "due_kind",
    "due_key",
    "escalated_stage",
    "is_restricted",
    "received_at",
    "owner_id",
    "owner__full_name",
)


@dataclass(frozen=True)
class Screen:
    scope: Scope
    selection: Selection
    after: Cursor | None = None
    before: Cursor | None = None

    @classmethod
    def asked(cls, query, user) -> "Screen":
        cursors = {name: Cursor.read(query.get(name, "")) for name in ("after", "before")}
        return cls(Scope(user), Selection.asked(query, user), **cursors)

    @cached_property
    def page(self) -> Page:
        return paging.read(
            [items.values_list(*COLUMNS, named=True) for items in queries(self.scope, self.selection)],
            order=self.selection.order,
            size=ROWS_A_PAGE,
            after=self.after,
            before=self.before,
        )

    @cached_property
    def counts(self) -> dict[str, int]:
        """Of each tab."""
        return counting.count(self.scope) if self.scope.team_ids else dict.fromkeys(TABS, 0)

    @cached_property
    def count(self) -> int:
        """Of this list: as its tab says, as can be seen, or asked for where it is filtered and goes on."""
        if not self.selection.answers:
            return self.counts[self.selection.tab.key]
        if not (self.page.before or self.page.after):
            return len(self.page.rows)
        return counting.count_here(self.selection.narrow(self.scope.items(), self.scope.user))

    @cached_property
    def away(self) -> dict[int, str]:
        """Of the owners on this page."""
        return away.said_of(self.page.rows, self.scope.away)

    @cached_property
    def version(self) -> str:
        """Of what is shown: another as soon as anything on the screen is another."""
        shown = repr((self.page.rows, sorted(self.counts.items()), sorted(self.away.items())))
        return hashlib.blake2b(shown.encode(), digest_size=12).hexdigest()


def queries(scope: Scope, selection: Selection) -> list:
    """What is selected, as queries that are each read in the order of an index: one's own, or each team's."""
    if selection.tab.key == "mine":
        return [selection.narrow(scope.items(), scope.user)] if scope.team_ids else []
    return [selection.narrow(items, scope.user) for items in scope.items_of_each_team()]
