from datetime import timedelta

from django import forms
from django.utils import timezone

from brokerage.clocks import clock
from brokerage.design.forms import Choice, DateInputField, Field, GovukForm, shown_for
from referrals.intake.models import Funding, Priority


class WhenForm(GovukForm):
    submit_text = "Save and continue"

    wanted_start_on = DateInputField(
        label="When should support start?", error_messages={"required": "Enter when support should start"}
    )
    start_flexibility = forms.CharField(
        label="Can that move? (optional)", help_text="For example: any day that week", max_length=200, required=False
    )
    priority = forms.ChoiceField(
        label="How soon is an answer needed?",
        widget=forms.RadioSelect,
        choices=[
            Choice(Priority.ROUTINE.value, "Routine", hint="An answer the same day, or by 12:30 the next working day"),
            Choice(Priority.URGENT.value, "Urgent", hint="An answer in half a working day"),
            Choice(Priority.EMERGENCY.value, "Emergency", hint="The person may be unsafe: an answer within the hour"),
        ],
        error_messages={"required": "Select how soon an answer is needed"},
    )
    priority_reason = forms.CharField(
        label="If it cannot wait, why?", max_length=300, required=False, help_text="For urgent and emergency only"
    )
    is_interim = forms.TypedChoiceField(
        label="Is this an interim service?",
        coerce=lambda answer: answer == "yes",
        choices=[("no", "No"), ("yes", "Yes")],
        widget=forms.RadioSelect,
        initial="no",
        error_messages={"required": "Select whether this is an interim service"},
    )
    funding = forms.ChoiceField(
        label="Who pays?",
        choices=Funding.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select who pays"},
    )

    def layout(self):
        return [
            "wanted_start_on",
            "start_flexibility",
            "priority",
            shown_for("priority", "urgent emergency", "priority_reason"),
            Field.radios("is_interim", inline=True),
            "funding",
        ]

    def clean_wanted_start_on(self):
        day, today = self.cleaned_data["wanted_start_on"], timezone.localdate(clock.now())
        if day and day < today:
            raise forms.ValidationError("Enter today or a later day")
        if day and day > today + timedelta(days=731):
            raise forms.ValidationError("Enter a day within two years")
        return day

    def clean(self):
        answers = super().clean()
        if answers.get("priority") in {Priority.URGENT, Priority.EMERGENCY} and not answers.get("priority_reason"):
            self.add_error("priority_reason", "Enter why it cannot wait")
        return answers
