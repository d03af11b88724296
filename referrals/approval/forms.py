from django import forms
from django.utils import timezone

from brokerage.clocks import clock
from brokerage.design.forms import DateInputField, Field, GovukForm
from referrals.approval.models import ApprovedBy


class ApprovalForm(GovukForm):
    """`kinds` are the approvals this referral may have."""

    submit_text = "Save and continue"

    manager_name = forms.CharField(
        label="Manager’s name", max_length=120, error_messages={"required": "Enter the manager’s name"}
    )
    manager_role = forms.CharField(label="Manager’s role (optional)", max_length=80, required=False)
    signed_on = DateInputField(
        label="When did the manager approve this referral?",
        error_messages={"required": "Enter when the manager approved this referral"},
    )
    approved_by = forms.ChoiceField(
        label="How was the support approved?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select how the support was approved"},
    )
    approved_on = DateInputField(
        label="On which day was the support approved?",
        help_text="The day of the panel, or of the plan",
        error_messages={"required": "Enter the day on which the support was approved"},
    )
    because = forms.CharField(
        label="Conditions or reasons (optional)", widget=forms.Textarea, required=False, max_length=1000
    )

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        self.fields["approved_by"].choices = [(kind.value, kind.label) for kind in kinds]
        if len(kinds) == 1:
            self.fields["approved_by"].initial = kinds[0].value
        if kinds == [ApprovedBy.LINE_MANAGER]:
            self.fields["approved_by"].widget = forms.HiddenInput()
            self.fields["signed_on"].label = "When did the line manager agree?"
            self.fields["because"].label = "What the line manager said (optional)"
            del self.fields["approved_on"]

    def layout(self):
        names = [name for name in self.fields if name not in ("because", "approved_by")]
        radios = [] if len(self.kinds) == 1 and self.kinds[0] == ApprovedBy.LINE_MANAGER else ["approved_by"]
        return [*names[:3], *radios, *names[3:], Field.textarea("because", rows=3)]

    def clean_signed_on(self):
        return _not_to_come(self.cleaned_data["signed_on"])

    def clean_approved_on(self):
        return _not_to_come(self.cleaned_data["approved_on"])

    def clean(self):
        answers = super().clean()
        answers.setdefault("approved_on", answers.get("signed_on"))
        return answers


def _not_to_come(day):
    if day and day > timezone.localdate(clock.now()):
        raise forms.ValidationError("Enter today or a day that has been")
    return day
