from django import forms

from brokerage.design.forms import Field, GovukForm
from referrals.signposts.models import Signpost


class SignpostForm(GovukForm):
    submit_text = "Save"

    name = forms.CharField(label="Name", max_length=80)
    what = forms.CharField(label="What is it, in a sentence?", max_length=300, widget=forms.Textarea)
    whom_for = forms.CharField(
        label="Whom is it for? (optional)", max_length=300, required=False, widget=forms.Textarea
    )
    how = forms.CharField(label="How is it reached? (optional)", max_length=200, required=False)
    phone = forms.CharField(label="Phone (optional)", max_length=30, required=False)
    link = forms.URLField(
        label="Web address (optional)",
        max_length=300,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "Enter a web address, like https://www.example.org"},
    )

    def layout(self):
        return [
            "name",
            Field.textarea("what", rows=3),
            Field.textarea("whom_for", rows=3),
            "how",
            Field.text("phone", field_width=20),
            "link",
        ]


class TellForm(GovukForm):
    submit_text = "Record it"

    signposts = forms.ModelMultipleChoiceField(
        label="What was the person told of?",
        queryset=Signpost.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        to_field_name="code",
        error_messages={"required": "Select what the person was told of"},
    )
    words = forms.CharField(label="What was said (optional)", required=False, max_length=300)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["signposts"].queryset = Signpost.objects.in_use()
