from django import forms
from django.utils import timezone

from brokerage.clocks import clock
from brokerage.design.forms import DateInputField, Field, GovukForm
from referrals.playscheme.dates import days_of, weeks_of

YES_NO = [("yes", "Yes"), ("no", "No")]
PREFERRED, NOT_REQUIRED = "preferred", "not_required"
DAY_CHOICES = [("", "No preference"), (PREFERRED, "Preferred"), (NOT_REQUIRED, "Not required")]


def _yes_no(label, missing):
    return forms.TypedChoiceField(
        label=label, choices=YES_NO, coerce=lambda answer: answer == "yes", widget=forms.RadioSelect,
        error_messages={"required": missing},
    )  # fmt: skip


def _not_to_come(day):
    if day and day > timezone.localdate(clock.now()):
        raise forms.ValidationError("Enter today or a day that has been")
    return day


class PlaceForm(GovukForm):
    """What is asked before the days. `years` are those that can be asked for now."""

    submit_text = "Save and continue"

    year = forms.TypedChoiceField(
        label="Which year’s scheme?", coerce=int, widget=forms.RadioSelect,
        help_text="A place is for that year only: each summer needs a new referral",
        error_messages={"required": "Select which year’s scheme"},
    )  # fmt: skip
    case_is_open = _yes_no(
        "Was the case open to you before the play scheme was thought of?", "Select whether the case was open to you"
    )
    in_care_plan = _yes_no(
        "Is a summer play scheme part of the care plan?", "Select whether it is part of the care plan"
    )
    reviewed_on = DateInputField(
        label="When was the support last reviewed? (optional)", required=False,
        help_text="Without a review in the last six months, panel decides",
    )  # fmt: skip
    panel_approved_on = DateInputField(
        label="When did panel approve the play scheme? (optional)", required=False,
        help_text="Needed for new cases, after the closing date, without a recent review, and where it is not in the care plan",
    )  # fmt: skip
    days_wanted = forms.IntegerField(
        label="How many days?", min_value=1, max_value=40,
        error_messages={"required": "Enter how many days", "invalid": "Enter the days as a number, like 5"},
    )  # fmt: skip
    more_days_because = forms.CharField(
        label="If more than that, what is the identified need?", widget=forms.Textarea, required=False,
        max_length=600,
    )  # fmt: skip

    def __init__(self, *args, years, most, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]
        self.fields["year"].initial = years[0] if len(years) == 1 else None
        self.fields["days_wanted"].help_text = f"At most {most}, unless there is an identified need for more"

    def layout(self):
        return [
            Field.radios("year", inline=True), Field.radios("case_is_open", inline=True),
            Field.radios("in_care_plan", inline=True), "reviewed_on", "panel_approved_on",
            Field.text("days_wanted", field_width=2), Field.textarea("more_days_because", rows=3),
        ]  # fmt: skip

    def clean_reviewed_on(self):
        return _not_to_come(self.cleaned_data["reviewed_on"])

    def clean_panel_approved_on(self):
        return _not_to_come(self.cleaned_data["panel_approved_on"])


class DaysForm(GovukForm):
    """The annex: each day of the scheme, with “Not required” for those on which the child cannot come."""

    submit_text = "Save and continue"

    parents_told_on = DateInputField(
        label="When did you tell the parents the points above?",
        error_messages={"required": "Enter when you told the parents the points of the annex"},
    )

    def __init__(self, *args, scheme, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.days, self.request = days_of(scheme), request
        for day in self.days:
            self.fields[self.name_of(day)] = forms.ChoiceField(
                label=f"{day:%A} {day.day} {day:%B}", choices=DAY_CHOICES, required=False, widget=forms.Select
            )

    @staticmethod
    def name_of(day):
        return f"day_{day.isoformat()}"

    @classmethod
    def initial_of(cls, request) -> dict:
        said = {cls.name_of(day): PREFERRED for day in request.preferred}
        return said | {cls.name_of(day): NOT_REQUIRED for day in request.not_required} | {
            "parents_told_on": request.parents_told_on
        }  # fmt: skip

    @property
    def weeks(self):
        return [[self[self.name_of(day)] for day in week] for week in weeks_of(self.days)]

    def layout(self):
        return ["parents_told_on"]

    def clean_parents_told_on(self):
        return _not_to_come(self.cleaned_data["parents_told_on"])

    def chosen(self, what) -> list:
        return [day for day in self.days if self.cleaned_data.get(self.name_of(day)) == what]

    def clean(self):
        answers = super().clean()
        left = len(self.days) - len(self.chosen(NOT_REQUIRED))
        if left < self.request.days_wanted:
            first = self.name_of(self.days[0])
            days = f"{left} day{'' if left == 1 else 's'}"
            self.add_error(
                first, f"Leave at least {self.request.days_wanted} days open: only {days} can be used like this"
            )
        return answers


class SchemeForm(GovukForm):
    """One year's dates."""

    submit_text = "Save the dates"

    year = forms.IntegerField(label="Year", min_value=2020, max_value=2100)
    opens_on = DateInputField(label="From when are requests dealt with?")
    closes_on = DateInputField(label="Closing date for open cases")
    last_call_on = DateInputField(label="Last day for late and new requests, with panel’s approval")
    first_day = DateInputField(label="First day of the scheme")
    last_day = DateInputField(label="Last day of the scheme")
    most_days = forms.IntegerField(label="Most days for one child", min_value=1, max_value=40)

    def layout(self):
        return [Field.text("year", field_width=4), "opens_on", "closes_on", "last_call_on", "first_day", "last_day",
                Field.text("most_days", field_width=2)]  # fmt: skip

    def clean(self):
        answers = super().clean()
        names = ("opens_on", "closes_on", "last_call_on", "first_day", "last_day")
        for before, after in zip(names, names[1:], strict=False):
            if answers.get(before) and answers.get(after) and answers[after] < answers[before]:
                self.add_error(after, f"Enter a day after “{self.fields[before].label.rstrip('?')}”")
        if answers.get("year") and answers.get("first_day") and answers["first_day"].year != answers["year"]:
            self.add_error("first_day", f"Enter a day in {answers['year']}")
        return answers
