from django import forms
from django.utils import timezone

from brokerage.clocks import clock
from brokerage.design.forms import DateInputField, Field, GovukForm


class SiblingForm(GovukForm):
    """One further child on the referral."""

    submit_text = "Add this child"

    first_names = forms.CharField(
        label="First names", max_length=80, error_messages={"required": "Enter their first names"}
    )
    last_name = forms.CharField(label="Last name", max_length=80, error_messages={"required": "Enter their last name"})
    born_on = DateInputField(label="Date of birth", error_messages={"required": "Enter their date of birth"})
    record_id = forms.CharField(label="Case record number (optional)", max_length=30, required=False)
    differs = forms.CharField(
        label="What is different for this child (or None)",
        help_text="Diagnosis, behaviour, moving about, and anything the support has to do otherwise for them",
        widget=forms.Textarea,
        max_length=2000,
        error_messages={"required": "Enter what is different for this child, or None"},
    )

    def layout(self):
        return ["first_names", "last_name", "born_on", Field.text("record_id", field_width=10),
                Field.textarea("differs", rows=3)]  # fmt: skip

    def clean_born_on(self):
        born_on = self.cleaned_data["born_on"]
        if born_on and born_on > timezone.localdate(clock.now()):
            raise forms.ValidationError("Enter a date of birth in the past")
        return born_on

    def free_texts(self, *, everywhere) -> dict[str, list[str]]:
        """Their own names are allowed; what is different for them is for the names rule."""
        return {"differs": [self.cleaned_data["differs"]]} if everywhere else {}
