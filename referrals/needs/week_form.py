"""The weekly timetable as one form: a row a kind of visit, a cell a day."""

from datetime import datetime, timedelta

from django import forms
from django.core.exceptions import ValidationError

from brokerage.design.fields import TimeField
from brokerage.design.forms import GovukForm
from referrals.needs.grid import EMPTY, MOST_ROWS, MOST_VISITS
from referrals.needs.lengths import read_length
from referrals.needs.models import PartOfDay, Task, Term, VisitKind, Weeks
from referrals.needs.week import DAYS

CARERS = [(1, "One"), (2, "Two"), (3, "Three"), (4, "Four")]
LONGEST_WINDOW = timedelta(hours=12)


class LengthField(forms.Field):
    widget = forms.TextInput

    def __init__(self, *, where, **kwargs):
        self.where = where
        super().__init__(required=False, **kwargs)

    def to_python(self, value):
        try:
            return read_length(str(value or ""))
        except ValueError as trouble:
            raise ValidationError(f"{self.where}: {trouble}") from None


class Row:
    """One row's boxes, for the page to draw."""

    def __init__(self, form, number):
        self.form, self.number, self.prefix = form, number, f"r{number}"

    @property
    def label(self) -> str:
        return f"Row {self.number + 1}"

    def __getitem__(self, name):
        return self.form[f"{self.prefix}_{name}"]

    @property
    def cells(self):
        return [(day, self[f"d{place}"]) for place, day in enumerate(DAYS)]

    @property
    def times(self):
        return [self["starts_at"], self["window_ends_at"]]

    @property
    def picks(self) -> dict[str, list[tuple]]:
        """(value, label, is chosen) of each list to pick from."""
        return {name: self._picks_of(self[name]) for name in ("part_of_day", "carers", "kind", "weeks", "term")}

    @staticmethod
    def _picks_of(box):
        chosen = str(box.value() or "")
        return [(value, label, str(value) == chosen) for value, label in box.field.choices]

    @property
    def errors(self) -> list[tuple[str, str]]:
        """(id of the box, sentence), in order."""
        return [(box.auto_id, error) for box in self.boxes for error in box.errors]

    @property
    def boxes(self):
        return [self.form[name] for name in self.form.fields if name.startswith(f"{self.prefix}_")]

    @property
    def is_unusual(self) -> bool:
        """Whether what stands under “more” should be open."""
        usual = {"kind": VisitKind.VISIT, "weeks": Weeks.EVERY}
        return any((self[name].value() or value) != value for name, value in usual.items()) or bool(
            self["tasks"].value()
        )


class WeekForm(GovukForm):
    """`typed` are rows to begin with, as `grid.rows_of` makes them; with data, as many as were sent.

    After `is_valid`, `visits` are the visits it means, each the facts of one `Visit`.
    """

    submit_text = "Save and continue"

    def __init__(self, data=None, *args, typed=None, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.typed = typed or [EMPTY]
        count = how_many(data) if data is not None else len(self.typed)
        for number in range(count):
            self._add_row(number, self.typed[number] if number < len(self.typed) else EMPTY)
        self.rows = [Row(self, number) for number in range(count)]
        self.visits: list[dict] = []

    def layout(self):
        return []

    def clean(self):
        answers = super().clean()
        self.visits = [visit for row in self.rows for visit in self._visits_of(row, answers)]
        if len(self.visits) > MOST_VISITS:
            self.add_error(None, "There are too many visits for one week. Use a waking night or live-in care instead.")
        if not self.visits and not self.errors:
            self.add_error("r0_starts_at", "Enter when, and for how long, in at least one row")
        return answers

    def free_texts(self, *, everywhere):
        return {}

    # -- one row

    def _visits_of(self, row, answers):
        said = {name: answers.get(f"{row.prefix}_{name}") for name in ("starts_at", "window_ends_at", "part_of_day")}
        minutes = [answers.get(f"{row.prefix}_d{place}") for place in range(7)]
        wrong = any(f"{row.prefix}_{name}" in self.errors for name in (*said, *(f"d{place}" for place in range(7))))
        if wrong or not (any(said.values()) or any(minutes)):
            return []
        self._check_when(row, said)
        if not any(minutes):
            self.add_error(f"{row.prefix}_d0", f"{row.label}: enter how long, on at least one day")
        if row.errors:
            return []
        facts = {name: answers.get(f"{row.prefix}_{name}") for name in ("kind", "weeks", "term", "tasks", "carers")}
        facts |= said | {"part_of_day": said["part_of_day"] or ""}
        return [{**facts, "weekday": place, "minutes": each} for place, each in enumerate(minutes) if each]

    def _check_when(self, row, said):
        starts_at, ends_at, part = said["starts_at"], said["window_ends_at"], said["part_of_day"]
        if not starts_at and not part:
            sentence = "enter when the window starts" if ends_at else "enter a time, or select a part of the day"
            self.add_error(f"{row.prefix}_starts_at", f"{row.label}: {sentence}")
        elif starts_at and part:
            self.add_error(
                f"{row.prefix}_part_of_day", f"{row.label}: enter a time or select a part of the day, not both"
            )
        elif ends_at and not starts_at:
            self.add_error(f"{row.prefix}_starts_at", f"{row.label}: enter when the window starts")
        elif ends_at and not timedelta() < _after(starts_at, ends_at) <= LONGEST_WINDOW:
            self.add_error(f"{row.prefix}_window_ends_at", f"{row.label}: enter a latest start after the first")

    def _add_row(self, number, typed):
        prefix, said = f"r{number}", {**EMPTY, **typed}
        words = {"invalid": f"Row {number + 1}: enter a time, like 9am or 17:30"}
        choose = {"required": False}
        fields = {
            "starts_at": TimeField(label="Time", required=False, error_messages=words),
            "window_ends_at": TimeField(label="Latest start", required=False, error_messages=words),
            "part_of_day": forms.ChoiceField(
                label="Or part of the day", choices=[("", "At a time"), *PartOfDay.choices], **choose
            ),
            "carers": forms.TypedChoiceField(label="Carers", coerce=int, choices=CARERS, empty_value=1, **choose),
            "kind": _choice("Kind", VisitKind.choices, VisitKind.VISIT),
            "term": _choice("When in the year", Term.choices, Term.BOTH),
            "weeks": _choice("Which weeks", Weeks.choices, Weeks.EVERY),
            "tasks": forms.MultipleChoiceField(
                label="What for", choices=Task.choices, widget=forms.CheckboxSelectMultiple, **choose
            ),
        }
        for name, field in fields.items():
            field.initial = said.get(name)
            self.fields[f"{prefix}_{name}"] = field
        for place, day in enumerate(DAYS):
            cell = LengthField(where=f"Row {number + 1}, {day}", initial=said["days"][place])
            self.fields[f"{prefix}_d{place}"] = cell


def how_many(data) -> int:
    try:
        return min(max(int(data.get("rows", "1")), 1), MOST_ROWS)
    except ValueError:
        return 1


def as_sent(data) -> list[dict]:
    """The rows as they stand in what was sent, right or wrong, to be drawn again with one more or one less."""
    return [
        {name: data.get(f"r{number}_{name}", "") for name in ("starts_at", "window_ends_at", "part_of_day", "carers")}
        | {name: data.get(f"r{number}_{name}", EMPTY[name]) for name in ("kind", "weeks", "term")}
        | {
            "tasks": data.getlist(f"r{number}_tasks"),
            "days": [data.get(f"r{number}_d{place}", "") for place in range(7)],
        }
        for number in range(how_many(data))
    ]


def _choice(label, choices, usual):
    return forms.TypedChoiceField(label=label, choices=choices, required=False, empty_value=usual.value)


def _after(first, last):
    day = datetime(2026, 1, 1)
    return (datetime.combine(day, last) - datetime.combine(day, first)) % timedelta(days=1)
