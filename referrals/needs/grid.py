"""The timetable as rows that somebody edits: one row a kind of visit, one cell a day. Rows are as typed; visits are as kept."""

from referrals.needs.lengths import written

FACTS = ("starts_at", "window_ends_at", "part_of_day", "carers", "kind", "weeks", "term", "tasks")
MOST_ROWS = 30
MOST_VISITS = 140  # twenty a day
EMPTY = {"carers": 1, "kind": "visit", "weeks": "every", "term": "both", "tasks": [], "days": [""] * 7}


def rows_of(visits) -> list[dict]:
    """Visits that are alike but for the day and the length share a row."""
    rows: list[tuple[tuple, dict]] = []
    for visit in sorted(visits, key=_place):
        key = tuple(_plain(getattr(visit, fact)) for fact in FACTS)
        row = next((row for other, row in rows if other == key and not row["days"][visit.weekday]), None)
        if row is None:
            row = {fact: getattr(visit, fact) for fact in FACTS} | {"days": [""] * 7}
            rows.append((key, row))
        row["days"][visit.weekday] = written(visit.minutes)
    return [row for _, row in rows]


def _plain(value):
    return tuple(sorted(value)) if isinstance(value, list) else value


PARTS = ("morning", "lunch", "afternoon", "tea", "evening", "night")
PART_STARTS = dict(zip(PARTS, ("08:00", "12:00", "14:00", "16:30", "19:00", "22:00"), strict=True))


def _place(visit):
    starts = f"{visit.starts_at:%H:%M}" if visit.starts_at else PART_STARTS[visit.part_of_day]
    return (starts, visit.part_of_day, visit.term, visit.weeks, visit.weekday, visit.pk or 0)
