from django import forms

from brokerage.administration.council import rules
from brokerage.clocks.calendars import WEEKDAYS
from brokerage.council.models import OutOfHours
from brokerage.design.forms import Choice, Field, Fieldset, GovukForm, Size, TimeField

YES_NO = [Choice("yes", "Yes"), Choice("no", "No")]


class IdentityForm(GovukForm):
    submit_text = "Save"

    name = forms.CharField(label="Name of the council", max_length=120)
    service_name = forms.CharField(label="Name of the service", max_length=120)
    phone = forms.CharField(label="Phone (optional)", max_length=30, required=False)
    email = forms.EmailField(label="Email address (optional)", required=False)
    brand_colour = forms.CharField(
        label="Colour of the council",
        max_length=7,
        help_text="Of the bar at the top and of buttons’ edges: six digits and letters after #, like #1d4f4b",
    )
    link_colour = forms.CharField(label="Colour of links", max_length=7, help_text="Like #1a5c74")
    because = forms.CharField(label="Why? (optional)", required=False, max_length=300)

    def layout(self):
        return [
            "name",
            "service_name",
            Field.text("phone", field_width=20),
            Field.text("email"),
            Field.text("brand_colour", field_width=10),
            Field.text("link_colour", field_width=10),
            "because",
        ]

    def clean_brand_colour(self):
        return _colour(self.cleaned_data["brand_colour"])

    def clean_link_colour(self):
        return _colour(self.cleaned_data["link_colour"])


def _colour(said: str) -> str:
    colour = said.strip().lower()
    colour = colour if colour.startswith("#") else f"#{colour}"
    if len(colour) != 7 or not set(colour[1:]) <= set("0123456789abcdef"):
        raise forms.ValidationError("Enter a colour as six digits and letters after #, like #1d4f4b")
    if reason := rules.reason_not_to_wear(colour):
        raise forms.ValidationError(reason)
    return colour


class HoursForm(GovukForm):
    """Asked twice: first the effect is shown, then it is saved with a reason."""

    working_days = forms.TypedMultipleChoiceField(
        label="Which days do you work?",
        choices=[(number, day) for number, day in enumerate(WEEKDAYS)],
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one working day"},
    )
    opens_at = TimeField(label="When do you open?")
    closes_at = TimeField(label="When do you close?")
    morning_ends_at = TimeField(
        label="When does the morning end?",
        help_text="What comes in the morning is answered the same day. This very minute is afternoon.",
    )
    out_of_hours = forms.ChoiceField(
        label="What comes while you are closed", choices=OutOfHours, widget=forms.RadioSelect
    )
    because = forms.CharField(label="Why?", required=False, max_length=300, help_text="It stands in the history")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def submit_text(self):
        return "Save the hours" if self.has_been_seen else "Show the effect on clocks"

    @property
    def has_been_seen(self) -> bool:
        return bool(self.is_bound and self.data.get("seen"))

    def layout(self):
        return [
            Field.checkboxes("working_days"),
            Fieldset(
                Field.text("opens_at", field_width=5),
                Field.text("closes_at", field_width=5),
                Field.text("morning_ends_at", field_width=5),
                legend="Hours",
                legend_size=Size.MEDIUM,
            ),
            Field.radios("out_of_hours"),
            *([Field.text("because")] if self.has_been_seen else []),
        ]

    def clean(self):
        answers = super().clean()
        hours = {"working_days", "opens_at", "closes_at", "morning_ends_at"}
        if hours <= set(answers) and (reason := rules.reason_not_to_work(answers)):
            raise forms.ValidationError(reason)
        return answers

    @property
    def facts(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name not in {"because", "seen"}}

    @property
    def mark(self) -> str:
        """What was looked at: changed again, the effect is shown again."""
        said = {name: str(value) for name, value in self.facts.items()}
        return "|".join(said[name] for name in sorted(said))


class SafeguardsForm(GovukForm):
    submit_text = "Save"

    replies_need_code = forms.TypedChoiceField(
        label="Must a provider enter a code from their registered mailbox to reply?",
        choices=YES_NO,
        widget=forms.RadioSelect,
        coerce=lambda said: said == "yes",
        help_text="To sign an agreement a code is always needed",
    )
    adults_sheets_need_release = forms.TypedChoiceField(
        label="Must a second person release what providers read about adults?",
        choices=YES_NO,
        widget=forms.RadioSelect,
        coerce=lambda said: said == "yes",
        help_text="About children it is always so",
    )
    because = forms.CharField(label="Why?", max_length=300, error_messages={"required": "Enter why"})

    def layout(self):
        return [
            Field.radios("replies_need_code", inline=True),
            Field.radios("adults_sheets_need_release", inline=True),
            "because",
        ]
