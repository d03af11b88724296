"""Answers of kinds that Django's own fields ask for badly: a date in three boxes, an amount of money, a time of day."""

import re
from datetime import date, time
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


class DateInput(forms.MultiWidget):
    template_name = "design/date.html"
    use_fieldset = True

    def __init__(self, attrs=None):
        box = "govuk-input govuk-date-input__input govuk-input--width-"
        super().__init__(
            [
                forms.TextInput({"class": f"{box}2", "inputmode": "numeric"}),
                forms.TextInput({"class": f"{box}2", "inputmode": "numeric"}),
                forms.TextInput({"class": f"{box}4", "inputmode": "numeric"}),
            ],
            attrs,
        )

    def decompress(self, value):
        return [value.day, value.month, value.year] if value else [None, None, None]


class DateInputField(forms.MultiValueField):
    """A date in three boxes. A month may be a number or a name."""

    widget = DateInput
    default_error_messages = {"real": "%(label)s must be a real date", "part": "%(label)s must include a %(parts)s"}

    def __init__(self, **kwargs):
        boxes = [forms.CharField(required=False) for _ in range(3)]
        super().__init__(fields=boxes, require_all_fields=False, **kwargs)

    def clean(self, value):
        day, month, year = [str(part or "").strip() for part in (value or [None] * 3)]
        if not (day or month or year):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        missing = [name for name, part in (("day", day), ("month", month), ("year", year)) if not part]
        if missing:
            raise self._problem("part", parts=" and ".join(missing))
        answer = self._real_date(day, month, year)
        self.run_validators(answer)
        return answer

    def _real_date(self, day, month, year) -> date:
        number = MONTHS.index(month[:3].lower()) + 1 if month[:3].lower() in MONTHS else month
        try:
            if len(year) != 4:
                raise ValueError("years are written in full")
            return date(int(year), int(number), int(day))
        except ValueError as error:
            raise self._problem("real") from error

    def _problem(self, code, **params):
        label = str(self.label or "Date").rstrip("?")
        return ValidationError(self.error_messages[code] % {"label": label, **params}, code=code)

    def has_changed(self, initial, data):
        before = self.widget.decompress(initial) if not isinstance(initial, list) else initial
        return [str(part or "") for part in before] != [str(part or "").strip() for part in (data or [None] * 3)]


class MoneyInput(forms.TextInput):
    template_name = "design/money.html"

    def __init__(self, attrs=None):
        super().__init__(
            {"class": "govuk-input--width-10", "inputmode": "decimal", "spellcheck": "false", **(attrs or {})}
        )


class MoneyField(forms.DecimalField):
    """Pounds to the penny; £ and commas may be typed."""

    widget = MoneyInput
    default_error_messages = {"max_decimal_places": "Enter an amount in pounds and pence, like 612.50"}

    def __init__(self, *, max_digits=10, decimal_places=2, **kwargs):
        super().__init__(max_digits=max_digits, decimal_places=decimal_places, **kwargs)

    def to_python(self, value) -> Decimal | None:
        if isinstance(value, str):
            value = re.sub(r"[£,\s]", "", value)
        return super().to_python(value)

    def widget_attrs(self, widget):
        return {}


class TimeField(forms.Field):
    """A time of day as people write it: 9, 9am, 09:30, 9.30pm, 1730, noon."""

    widget = forms.TextInput
    default_error_messages = {"invalid": "Enter a time, like 9am or 17:30"}
    words = {"noon": time(12), "midday": time(12), "midnight": time(0)}

    def to_python(self, value) -> time | None:
        if value in self.empty_values or isinstance(value, time):
            return value or None
        typed = re.sub(r"\s+", "", str(value).lower())
        if typed in self.words:
            return self.words[typed]
        match = re.fullmatch(r"(\d{1,2})(?:[:.]?(\d{2}))?(am|pm|a\.m\.|p\.m\.)?", typed)
        if not match:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return self._time(int(match[1]), int(match[2] or 0), (match[3] or "")[:1])

    def _time(self, hour: int, minute: int, half: str) -> time:
        try:
            if half and not 1 <= hour <= 12:
                raise ValueError("am and pm need a hour of the twelve")
            if half:
                hour = hour % 12 + (12 if half == "p" else 0)
            return time(hour, minute)
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def prepare_value(self, value):
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def widget_attrs(self, widget):
        return {"class": "govuk-input--width-5", "autocomplete": "off"}

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True
