from django import forms

from brokerage.design.forms import Choice, Field, GovukForm

SEALED, OPEN = "sealed", "open"


class WordsForm(GovukForm):
    """Every text that providers read. The record's own words may be put differently, or left empty to show nothing."""

    submit_text = "Save and check"

    need_in_brief = forms.CharField(
        label="The need in brief",
        help_text="Providers read this first. Write “she”, “he” or “the person”: no names, places or numbers.",
        widget=forms.Textarea,
        max_length=2000,
        error_messages={"required": "Enter the need in brief"},
    )
    offers = forms.ChoiceField(
        label="When can offers be read?",
        widget=forms.RadioSelect,
        choices=[
            Choice(SEALED, "After the deadline", hint="Nobody sees a price before. This is usual."),
            Choice(OPEN, "As they come", hint="When a place must be taken as soon as it is found. Providers are told."),
        ],
    )

    def __init__(self, *args, texts, is_emergency, **kwargs):
        super().__init__(*args, **kwargs)
        self.worded = [text for text in texts if text.key != "need_in_brief"]
        for text in self.worded:
            self.fields[text.key] = forms.CharField(
                label=text.label,
                required=False,
                max_length=300,
                initial=text.words,
                help_text=f"The record says: {text.on_record}" if text.is_reworded else "",
            )
        if is_emergency:
            del self.fields["offers"]
        if all(text.key != "need_in_brief" for text in texts):
            del self.fields["need_in_brief"]

    def layout(self):
        first = [Field.textarea("need_in_brief", rows=5)] if "need_in_brief" in self.fields else []
        last = [Field.radios("offers")] if "offers" in self.fields else []
        return [*first, *(text.key for text in self.worded), *last]

    @property
    def wording(self) -> dict:
        return {text.key: self.cleaned_data.get(text.key, "") for text in self.worded}


class ClearForm(GovukForm):
    submit_text = "Let it stand"

    kind = forms.CharField(widget=forms.HiddenInput)
    found = forms.CharField(widget=forms.HiddenInput)
    because = forms.CharField(
        label="Why can these words stay?",
        max_length=300,
        error_messages={"required": "Enter why these words can stay"},
    )


class WarningForm(GovukForm):
    """Which warning is meant; nothing to ask."""

    kind = forms.CharField(widget=forms.HiddenInput)
    found = forms.CharField(widget=forms.HiddenInput)


class LeaveOutForm(GovukForm):
    submit_text = "Leave out"

    because = forms.CharField(
        label="Why should this service not be asked?",
        help_text="This is kept with the enquiry for good.",
        max_length=300,
        error_messages={"required": "Enter why this service should not be asked"},
    )


class WithdrawForm(GovukForm):
    submit_text = "Withdraw the enquiry"

    because = forms.CharField(
        label="Why is it withdrawn?",
        help_text="Providers are not told why. It is kept in the case’s history.",
        max_length=300,
        error_messages={"required": "Enter why it is withdrawn"},
    )
