"""The weekly timetable as plain lines: arithmetic and wording, no database. Offers, prices, sheets and agreements read it."""

from dataclasses import asdict, dataclass
from datetime import time
from decimal import Decimal

from referrals.needs.models import PartOfDay, Task, Term, VisitKind, Weeks

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PART_ORDER = {
    "morning": time(8),
    "lunch": time(12),
    "afternoon": time(14),
    "tea": time(16, 30),
    "evening": time(19),
    "night": time(22),
}


@dataclass(frozen=True)
class Line:
    """One visit on one weekday (Monday is 0)."""

    weekday: int
    starts_at: str  # "08:00", or "" where a part of the day is given
    window_ends_at: str
    part_of_day: str
    minutes: int
    carers: int = 1
    tasks: tuple[str, ...] = ()
    weeks: str = Weeks.EVERY.value
    term: str = Term.BOTH.value
    kind: str = VisitKind.VISIT.value

    @classmethod
    def of(cls, visit) -> "Line":
        return cls(
            weekday=visit.weekday,
            starts_at=f"{visit.starts_at:%H:%M}" if visit.starts_at else "",
            window_ends_at=f"{visit.window_ends_at:%H:%M}" if visit.window_ends_at else "",
            part_of_day=visit.part_of_day,
            minutes=visit.minutes,
            carers=visit.carers,
            tasks=tuple(visit.tasks),
            weeks=visit.weeks,
            term=visit.term,
            kind=visit.kind,
        )

    @classmethod
    def read(cls, data: dict) -> "Line":
        return cls(**{**data, "tasks": tuple(data.get("tasks", ()))})

    def write(self) -> dict:
        return {**asdict(self), "tasks": list(self.tasks)}

    @property
    def day(self) -> str:
        return DAYS[self.weekday]

    @property
    def time_words(self) -> str:
        """When: "08:00", "between 07:00 and 08:30", "morning"."""
        if self.part_of_day:
            return PartOfDay(self.part_of_day).label.lower()
        if self.window_ends_at:
            return f"between {self.starts_at} and {self.window_ends_at}"
        return self.starts_at

    @property
    def length_words(self) -> str:
        hours, minutes = divmod(self.minutes, 60)
        parts = [f"{hours} hour{'s' if hours > 1 else ''}"] if hours else []
        return " ".join([*parts, f"{minutes} minutes"]) if minutes else " ".join(parts)

    @property
    def words(self) -> str:
        """All of it in one phrase: "Monday 08:00, 45 minutes, two carers"."""
        return ", ".join([f"{self.day} {self.time_words}", *self.cell_words])

    @property
    def cell_words(self) -> list[str]:
        extras = [self.length_words]
        if self.carers > 1:
            extras.append({2: "two carers", 3: "three carers", 4: "four carers"}[self.carers])
        if self.kind != VisitKind.VISIT:
            extras.append(VisitKind(self.kind).label.lower())
        if self.weeks != Weeks.EVERY:
            extras.append(Weeks(self.weeks).label.lower())
        if self.term != Term.BOTH:
            extras.append(Term(self.term).label.lower())
        return extras

    @property
    def in_a_cell(self) -> str:
        return ", ".join([f"{self.minutes} min", *self.cell_words[1:]])

    @property
    def task_words(self) -> str:
        return ", ".join(Task(task).label for task in self.tasks)

    @property
    def hours(self) -> Decimal:
        """Care hours in an average week: minutes times carers, halved where it is every other week."""
        share = Decimal(1) if self.weeks == Weeks.EVERY else Decimal("0.5")
        return Decimal(self.minutes) * self.carers * share / 60

    @property
    def order(self) -> tuple:
        starts = time.fromisoformat(self.starts_at) if self.starts_at else _PART_ORDER[self.part_of_day]
        return (starts, self.window_ends_at, self.minutes, self.carers)


def week_of(visits) -> list[Line]:
    return sorted((Line.of(visit) for visit in visits), key=lambda line: (line.weekday, line.order))


def hours_a_week(lines) -> Decimal:
    """Care hours in a week, to the hundredth. Term time and holidays are not added: the larger counts."""
    both = sum((line.hours for line in lines if line.term == Term.BOTH), Decimal(0))
    term = sum((line.hours for line in lines if line.term == Term.TERM), Decimal(0))
    holidays = sum((line.hours for line in lines if line.term == Term.HOLIDAYS), Decimal(0))
    return (both + max(term, holidays)).quantize(Decimal("0.01"))


def in_brief(lines, *, with_tasks=False) -> list[str]:
    """The same visit on several days in one phrase: "Every day 08:00, 45 minutes", "Monday and Friday, morning, 1 hour"."""
    grouped: dict[tuple, list[Line]] = {}
    for line in lines:
        words = (*line.cell_words, line.task_words) if with_tasks else line.cell_words
        grouped.setdefault((line.order, line.time_words, *words), []).append(line)
    return [_phrase(group, with_tasks) for _, group in sorted(grouped.items())]


def _phrase(group, with_tasks) -> str:
    first = group[0]
    words = f"{_days(group)} {', '.join([first.time_words, *first.cell_words])}"
    return f"{words}: {first.task_words[0].lower()}{first.task_words[1:]}" if with_tasks and first.tasks else words


def _days(group) -> str:
    days = sorted({line.weekday for line in group})
    if days == list(range(7)):
        return "Every day"
    if days == list(range(5)):
        return "Monday to Friday"
    if days == [5, 6]:
        return "Saturday and Sunday"
    names = [DAYS[day] for day in days]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def timetable(lines) -> list[dict]:
    """The week as the timetable component draws it: short words in each cell, "45 min, two carers"."""
    return [
        {"label": row["label"], "cells": [" + ".join(line.in_a_cell for line in cell) for cell in row["cells"]]}
        for row in as_rows(lines)
    ]


def as_rows(lines) -> list[dict]:
    """Rows for the timetable component: one a time of day, each with seven cells of lines."""
    rows: dict[tuple, dict] = {}
    for line in lines:
        row = rows.setdefault((line.order[0], line.time_words), {"label": line.time_words, "cells": [[] for _ in DAYS]})
        row["cells"][line.weekday].append(line)
    return [rows[key] for key in sorted(rows)]
