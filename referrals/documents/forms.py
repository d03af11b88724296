from django import forms

from brokerage.design.forms import DateInputField, Field, GovukForm, shown_for
from referrals.documents.models import PaperKind


class PaperForm(GovukForm):
    """One paper on record. `kinds` narrows which may be said."""

    submit_text = "Record it"

    kind = forms.ChoiceField(
        label="Which paper is on record?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select which paper is on record"},
    )
    dated_on = DateInputField(label="Its date", error_messages={"required": "Enter the date of the paper"})
    where = forms.CharField(
        label="Where it is (optional)",
        help_text="Its number or place in the case record system",
        max_length=120,
        required=False,
    )
    words = forms.CharField(
        label="The pen picture itself",
        help_text="Only for a pen picture of needs",
        widget=forms.Textarea,
        required=False,
    )

    def __init__(self, *args, kinds=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in PaperKind if kinds is None or kind in kinds]

    def layout(self):
        return ["kind", "dated_on", "where", shown_for("kind", "pen_picture", Field.textarea("words", rows=4))]

    def clean(self):
        answers = super().clean()
        if answers.get("kind") == PaperKind.PEN_PICTURE and not answers.get("words"):
            self.add_error("words", "Enter the pen picture")
        return answers
