from django import forms
from django.utils import timezone

from brokerage.clocks import clock, saying
from brokerage.design.forms import Choice, DateInputField, Field, GovukForm, shown_for
from brokerage.files.fields import UploadField
from referrals.documents.kinds import OTHER, PEN_PICTURE, in_sentence, label_of


def _not_to_come(day):
    if day and day > timezone.localdate(clock.now()):
        raise forms.ValidationError("Enter today or an earlier day")
    return day


class PaperForm(GovukForm):
    """One paper put on record, with its file or without. `kinds` are those offered, with a hint for each that has one."""

    submit_text = "Put it on record"

    kind = forms.ChoiceField(
        label="Which paper is it?", widget=forms.RadioSelect, error_messages={"required": "Select which paper it is"}
    )
    title = forms.CharField(
        label="What is it?", max_length=80, required=False, help_text="For example: photo of the stairs"
    )
    dated_on = DateInputField(
        label="Its date", help_text="For example: 3 11 2026", error_messages={"required": "Enter the date of the paper"}
    )
    where = forms.CharField(
        label="Where it is (optional)",
        help_text="Its number or place in the case record system",
        max_length=120,
        required=False,
    )
    words = forms.CharField(
        label="The pen picture itself",
        help_text="The support this person needs, until the assessment is there",
        widget=forms.Textarea,
        required=False,
        max_length=10_000,
    )
    file = UploadField(label="The file (optional)", required=False)

    def __init__(self, *args, kinds: dict[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [Choice(kind, label_of(kind), hint=hint or None) for kind, hint in kinds.items()]

    def layout(self):
        return [
            "kind",
            shown_for("kind", OTHER, "title"),
            "dated_on",
            shown_for("kind", PEN_PICTURE, Field.textarea("words", rows=5)),
            "file",
            "where",
        ]

    def clean_dated_on(self):
        return _not_to_come(self.cleaned_data["dated_on"])

    def clean(self):
        answers = super().clean()
        kind = answers.get("kind")
        if kind == PEN_PICTURE and not answers.get("words") and not answers.get("file") and "file" not in self.errors:
            self.add_error("words", "Enter the pen picture, or choose its file")
        if kind == OTHER and not answers.get("title"):
            self.add_error("title", "Enter what it is")
        if kind != OTHER:
            answers["title"] = ""
        if kind != PEN_PICTURE:
            answers["words"] = ""
        return answers

    def file_must_be_chosen_again(self):
        """No browser keeps a chosen file when a page comes back: it is said where it would otherwise be missed."""
        if self.files.get("file") and self.errors and "file" not in self.errors:
            self.add_error("file", "Choose the file again")


class AskForm(GovukForm):
    submit_text = "Ask for these papers"

    kinds = forms.MultipleChoiceField(
        label="Which papers do you need?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select the papers to ask for"},
    )
    words = forms.CharField(
        label="Anything they should know (optional)",
        help_text="It stands in the letter. Do not write who the person is: the letter has initials and number only",
        widget=forms.Textarea,
        required=False,
        max_length=1000,
    )

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = [(kind, label_of(kind)) for kind in kinds]
        self.fields["kinds"].initial = list(kinds)


STOP, WITHOUT = "stop", "without"


class StopWaitingForm(GovukForm):
    submit_text = "Go on"

    how = forms.ChoiceField(
        label="What happens now?", widget=forms.RadioSelect, error_messages={"required": "Select what happens now"}
    )
    because = forms.CharField(
        label="Why", widget=forms.Textarea, error_messages={"required": "Enter why"}, max_length=1000
    )

    def __init__(self, *args, still, reason_not_to_waive, **kwargs):
        super().__init__(*args, **kwargs)
        them = saying.listed([in_sentence(kind) for kind in still])
        choices = [Choice(STOP, "Stop waiting", hint="Nothing is arranged before they have come")]
        if reason_not_to_waive is None:
            choices.append(Choice(WITHOUT, f"Go on without: {them}", hint="For this case, not needed any more"))
        self.fields["how"].choices = choices
        if len(choices) == 1:  # nothing to choose
            self.fields["how"].widget, self.fields["how"].initial = forms.HiddenInput(), STOP


class WithProviderForm(GovukForm):
    submit_text = "Record it"

    on = DateInputField(label="When did they get it?", error_messages={"required": "Enter when they got it"})
    to = forms.CharField(
        label="Who was given it?",
        help_text="The provider, and whom you spoke to",
        max_length=150,
        error_messages={"required": "Enter who was given it"},
    )

    def clean_on(self):
        return _not_to_come(self.cleaned_data["on"])
