"""How many stand under each tab: counted to a thousand and no further, so that a count costs the same in a large council."""

from django.db import connection

from brokerage.home.queue import sql
from brokerage.home.queue.tabs import TABS

AT_MOST = 1000
OF_EACH_TAB = sql.count_of_each({key: tab.condition for key, tab in TABS.items()})


def count(scope) -> dict[str, int]:
    """All the tabs in one statement. `AT_MOST + 1` stands for all that is more."""
    values = {"teams": scope.team_ids, "user": scope.user.pk, "limit": AT_MOST + 1}
    with connection.cursor() as cursor:
        cursor.execute(OF_EACH_TAB, values)
        return dict(zip(TABS, cursor.fetchone(), strict=True))


def count_here(items) -> int:
    """Of a filtered list that goes on beyond its page."""
    return items.order_by("team_id", "due_key", "id")[: AT_MOST + 1].count()


def in_words(number: int) -> str:
    return f"{AT_MOST:,}+" if number > AT_MOST else f"{number:,}"
