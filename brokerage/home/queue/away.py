"""Which brokers are away today, and who stands in."""


def said_of(rows) -> dict[int, str]:
    """Of the owners of these rows, by id."""
    return of({row.owner_id for row in rows if row.owner_id})


def of(user_ids) -> dict[int, str]:
    """By id: “away, Priya Nair stands in”."""
    return {}
