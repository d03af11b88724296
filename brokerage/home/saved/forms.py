from django import forms

from brokerage.design.forms import GovukForm
from brokerage.home.saved import rules


class ViewForm(GovukForm):
    submit_text = "Save view"
    name = forms.CharField(
        label="Name",
        max_length=40,
        help_text="For example Hospital discharge, PL4",
        error_messages={"required": "Enter a name for the view"},
    )
    team = forms.ModelChoiceField(
        label="Who sees it?", queryset=None, required=False, empty_label="Only me", widget=forms.Select
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        if user.has_role(*rules.SHARES):
            self.fields["team"].queryset = user.teams.all()
        else:
            del self.fields["team"]

    def clean(self):
        return {"team": None, **super().clean()}
