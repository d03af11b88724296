"""How many stand under each tab: counted to a thousand and no further, so that a count costs the same in a large council."""

from django.db import connection
from django.db.models import QuerySet

AT_MOST = 1000


def count(lists: dict[str, QuerySet]) -> dict[str, int]:
    """All of them in one statement. `AT_MOST + 1` stands for all that is more.

    Each is read in the order of an index: without an order, PostgreSQL would rather read the closed cases through.
    """
    statements, values = [], []
    for items in lists.values():
        statement, params = (
            items.order_by("team_id", "due_key", "id").values("pk")[: AT_MOST + 1].query.sql_with_params()
        )
        statements.append(f"(SELECT count(*) FROM ({statement}) AS counted)")
        values += params
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(statements)}", values)
        return dict(zip(lists, cursor.fetchone(), strict=True))


def in_words(number: int) -> str:
    return f"{AT_MOST:,}+" if number > AT_MOST else f"{number:,}"
