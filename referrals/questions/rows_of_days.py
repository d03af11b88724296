"""Several days or spans, each with a name: a row of three boxes apiece, so that it works without a script."""

from django import forms
from django.core.exceptions import ValidationError

from referrals.questions.days import read_day, written

USUAL_ROWS = 8
MOST_ROWS = 12
AT_ONCE = 4  # rows that are seen at once; further ones unfold


class RowsOfDays(forms.MultiWidget):
    template_name = "referrals/questions/rows_of_days.html"
    use_fieldset = True

    def __init__(self, rows, attrs=None):
        self.rows = rows
        super().__init__([forms.TextInput({"class": "govuk-input"}) for _ in range(rows * 3)], attrs)

    def decompress(self, value):
        boxes = [box for span in value or [] for box in span]
        return [*boxes, *[""] * (self.rows * 3)][: self.rows * 3]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        boxes = context["widget"]["subwidgets"]
        rows = [boxes[at : at + 3] for at in range(0, len(boxes), 3)]
        written = max(
            (number for number, row in enumerate(rows, start=1) if any(box["value"] for box in row)), default=0
        )
        shown = max(AT_ONCE, written + 1)
        context["widget"] |= {"rows": rows[:shown], "further_rows": rows[shown:], "shown": shown}
        return context


class RowsOfDaysField(forms.MultiValueField):
    """-> [(name, first, last)], a single day being its own last."""

    def __init__(self, *, rows=USUAL_ROWS, **kwargs):
        boxes = [forms.CharField(required=False, max_length=80) for _ in range(rows * 3)]
        super().__init__(fields=boxes, require_all_fields=False, widget=RowsOfDays(rows), **kwargs)

    def clean(self, value):
        boxes = [str(box or "").strip()[:80] for box in value or []]
        spans, problems = [], []
        for number, at in enumerate(range(0, len(boxes), 3), start=1):
            name, first, last = boxes[at : at + 3]
            try:
                if name or first or last:
                    spans.append(_span(name, first, last))
            except ValueError as trouble:
                problems.append(f"Row {number}: {trouble}")
        if problems:
            raise ValidationError(problems)
        if self.required and not spans:
            raise ValidationError(self.error_messages["required"], code="required")
        return sorted(spans, key=lambda span: span[1:])


def as_typed(spans) -> list[tuple[str, str, str]]:
    return [(name, written(first), written(last) if last != first else "") for name, first, last in spans]


def _span(name, first, last):
    if not first:
        raise ValueError("enter the first day")
    first = _day(first, "the first day")
    last = _day(last, "the last day") if last else first
    if last < first:
        raise ValueError("the last day is before the first: enter a later one")
    if (last - first).days > 120:
        raise ValueError("enter days within four months of each other")
    return name, first, last


def _day(text, what):
    try:
        return read_day(text)
    except ValueError:
        raise ValueError(f"enter {what} like 26/10/2026 or 26 October 2026") from None
