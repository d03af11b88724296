from datetime import date, datetime, timedelta

from django import forms

from brokerage.accounts.models import User
from brokerage.clocks import calendars
from brokerage.design.forms import DateInputField, Field, Fieldset, GovukForm, Size, TimeField
from brokerage.notify import numbers

from .models import Line

A_REAL_DATE = {"real": "Enter a real date, like 27 11 2026", "part": "Enter the %(parts)s as well"}


class ShiftForm(GovukForm):
    submit_text = "Save"

    person = forms.ModelChoiceField(
        label="Who?", queryset=None, required=False, empty_label="Somebody without an account here"
    )
    name = forms.CharField(label="Their name, if they have no account here", max_length=120, required=False)
    mobile = forms.CharField(
        label="Mobile number for text messages",
        max_length=30,
        required=False,
        help_text="Left empty, the one on their account is used",
        widget=forms.TextInput({"type": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label="E-mail address", required=False, help_text="Left empty, the one on their account is used"
    )
    team = forms.ModelChoiceField(label="For which team?", queryset=None, required=False, empty_label="All teams")
    line = forms.TypedChoiceField(
        label="First or second line?",
        coerce=int,
        choices=Line.choices,
        initial=Line.FIRST,
        widget=forms.RadioSelect,
        help_text="The second line is paged when the first has not answered, or when nobody is on it",
        error_messages={"required": "Select first or second line"},
    )
    from_on = DateInputField(
        label="From which day?", error_messages={"required": "Enter the day it begins", **A_REAL_DATE}
    )
    from_time = TimeField(label="From what time?", error_messages={"required": "Enter the time it begins"})
    until_on = DateInputField(
        label="Until which day?", error_messages={"required": "Enter the day it ends", **A_REAL_DATE}
    )
    until_time = TimeField(label="Until what time?", error_messages={"required": "Enter the time it ends"})

    def __init__(self, *args, teams, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = User.objects.active().filter(teams__in=teams).distinct().order_by("full_name")
        self.fields["team"].queryset = teams

    def layout(self):
        return [
            Fieldset(
                "person", "name", Field.text("mobile", field_width=20), "email",
                legend="Who is called", legend_size=Size.MEDIUM,
            ),
            Fieldset("team", Field.radios("line", inline=True), legend="For whom", legend_size=Size.MEDIUM),
            Fieldset("from_on", "from_time", "until_on", "until_time", legend="When", legend_size=Size.MEDIUM),
        ]  # fmt: skip

    def clean_mobile(self):
        typed = self.cleaned_data["mobile"]
        if typed and not numbers.mobile(typed):
            raise forms.ValidationError(
                "Enter a mobile number, like 07700 900123: a landline cannot read a text message"
            )
        return typed

    def clean(self):
        answers = super().clean()
        if not answers.get("person") and not answers.get("name"):
            self.add_error("name", "Enter their name, or select somebody with an account")
        return answers

    def facts(self) -> dict:
        """As `shifts.put_on` takes them: times by the clock on the wall."""
        answers = dict(self.cleaned_data)
        policy = calendars.policy()
        for end in ("from", "until"):
            answers[f"{end}_at"] = policy.at(answers.pop(f"{end}_on"), answers.pop(f"{end}_time"))
        return answers


def answers_of(shift, *, policy) -> dict:
    """A shift as the form was filled in."""
    starts, ends = policy.local(shift.from_at), policy.local(shift.until_at)
    times = {"from_on": starts.date(), "from_time": starts.time(), "until_on": ends.date(), "until_time": ends.time()}
    who = {"person": shift.person, "name": "" if shift.person_id else shift.name}
    return who | {name: getattr(shift, name) for name in ("mobile", "email", "team", "line")} | times


def answers_from(begins: datetime | None, until: datetime | None, *, policy) -> dict:
    """A gap, ready to be filled."""
    if not begins or not until:
        return {}
    starts, ends = policy.local(begins), policy.local(until)
    return {"from_on": starts.date(), "from_time": starts.time(), "until_on": ends.date(), "until_time": ends.time()}


class CopyForm(GovukForm):
    submit_text = "Copy the week"

    to = forms.TypedChoiceField(
        label="Into which week?",
        coerce=date.fromisoformat,
        widget=forms.RadioSelect,
        error_messages={"required": "Select a week"},
    )

    def __init__(self, *args, mondays, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(monday.isoformat(), _week(monday)) for monday in mondays]
        self.fields["to"].initial = mondays[0].isoformat()


def _week(monday) -> str:
    before = monday - timedelta(weeks=1)
    return f"The week of Monday {monday.day} {monday:%B}, from the week of {before.day} {before:%B}"


class WhoHasItForm(GovukForm):
    submit_text = "I have it"

    name = forms.CharField(
        label="Your name",
        max_length=120,
        error_messages={"required": "Enter your name"},
        widget=forms.TextInput({"autocomplete": "name"}),
    )
