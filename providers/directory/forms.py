from django import forms

from brokerage.design.forms import DateInputField, GovukForm
from providers.directory import places, queries
from providers.directory.models import Kind, StandingStatus, State

MILES = [5, 10, 25, 50]


class FindServices(GovukForm):
    submit_text = "Filter"

    name = forms.CharField(label="Name", required=False)
    kind = forms.ChoiceField(label="Kind of care", choices=[("", "Any"), *Kind.choices], required=False)
    state = forms.ChoiceField(label="Today", choices=[("", "Any"), *State.choices], required=False)
    near = forms.CharField(label="Near postcode", required=False)
    miles = forms.TypedChoiceField(
        label="Within",
        choices=[(miles, f"{miles} miles") for miles in MILES],
        coerce=int,
        empty_value=10,
        required=False,
        initial=10,
    )

    def clean_near(self):
        """The place itself, so that a view need not look again."""
        near = self.cleaned_data["near"].strip()
        if not near:
            return None
        if not (places.postcode(near) or places.outward(near)):
            raise forms.ValidationError("Enter a postcode, like EX4 3PL, or its first half")
        place = queries.place_of(near)
        if place is None:
            raise forms.ValidationError(f"Enter another postcode: we do not know where {near.upper()} is")
        return place


class Because(GovukForm):
    because = forms.CharField(
        label="Reason", widget=forms.Textarea, max_length=500, error_messages={"required": "Enter the reason"}
    )


class CorrectMailboxes(Because):
    submit_text = "Save mailboxes"

    enquiries = forms.EmailField(
        label="Mailbox for enquiries", required=False, help_text="Leave it empty to write to the provider’s mailbox."
    )
    signing = forms.EmailField(
        label="Mailbox for signing agreements",
        required=False,
        help_text="Leave it empty to use the mailbox for enquiries.",
    )

    def layout(self):
        return ["enquiries", "signing", "because"]


class Suspend(Because):
    submit_text = "Stop asking this service"

    status = forms.ChoiceField(
        label="What is it?",
        choices=StandingStatus.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what it is"},
    )
    until_on = DateInputField(
        label="The day it may be asked again",
        required=False,
        help_text="With a day, nobody has to lift it. Leave it empty when you do not know yet.",
    )

    def layout(self):
        return ["status", "because", "until_on"]


class Lift(Because):
    submit_text = "Ask this service again"
