from django import forms

from brokerage.accounts.models import Serves
from brokerage.design.forms import Field, GovukForm


class TeamForm(GovukForm):
    submit_text = "Save"

    name = forms.CharField(label="What is the team called?", max_length=100)
    serves = forms.ChoiceField(label="Whom does it serve?", choices=Serves, widget=forms.RadioSelect)
    mailbox = forms.EmailField(
        label="Mailbox (optional)",
        required=False,
        help_text="Letters about new work go there. Without one they go to its duty brokers",
    )
    duty_phone = forms.CharField(label="Duty phone (optional)", required=False, max_length=30)
    takes_calls = forms.BooleanField(label="Rings back those who ask on the public page", required=False)

    def layout(self):
        return [
            "name",
            Field.radios("serves", inline=True),
            "mailbox",
            Field.text("duty_phone", field_width=20),
            Field.checkbox("takes_calls"),
        ]


class CloseForm(GovukForm):
    submit_text = "Close the team"

    because = forms.CharField(label="Why?", max_length=300, error_messages={"required": "Enter why"})
