from django import forms

from brokerage.design.forms import DateInputField, Field, GovukForm, MoneyField
from providers.replies import rules

A_REAL_DATE = {"real": "Enter a real date, like 9 11 2026", "part": "Enter the %(parts)s as well"}


class Text(forms.CharField):
    """A few lines of somebody's own words."""

    widget = forms.Textarea

    def __init__(self, label, **kwargs):
        super().__init__(label=label, max_length=1000, **kwargs)


class WhoReplies(GovukForm):
    """Whoever sends something says who they are, each time: these are never filled in for them."""

    by_name = forms.CharField(label="Your name", max_length=120, error_messages={"required": "Enter your name"})
    by_role = forms.CharField(
        label="Your role",
        help_text="For example: care co-ordinator",
        max_length=120,
        error_messages={"required": "Enter your role"},
    )
    submit_text = "Send your reply"
    first: tuple = ()
    last = ("by_name", "by_role")
    field_order = (  # as they stand on the page, so that what is missing is named in that order
        "versions", "visits", "changes", "why_not", "would_say_yes_if", "phone",
        "rate", "start_on", "who_will_come", "conditions", "by_name", "by_role",
    )  # fmt: skip

    def __init__(self, *args, sheet, **kwargs):
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        self.fields["by_name"].widget.attrs["autocomplete"] = "name"
        self.fields["by_role"].widget.attrs["autocomplete"] = "organization-title"

    def layout(self):
        return [*self.first, *self.last]


class OfferForm(WhoReplies):
    rate = MoneyField(label="Your rate", max_digits=9, error_messages={"required": "Enter your rate, like 24.60"})
    start_on = DateInputField(
        label="When can you start?", error_messages={"required": "Enter the day you can start", **A_REAL_DATE}
    )
    who_will_come = Text(
        "Who will come? (optional)", required=False, help_text="For example: a regular team of three, one speaks Polish"
    )
    conditions = Text("Does your offer depend on anything? (optional)", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        wanted = self.sheet.wanted_start_on
        self.fields["rate"].label = f"Your rate {'a week' if self.sheet.unit == 'week' else 'an hour'}"
        if any(line.carers > 1 for line in self.sheet.timetable):
            self.fields["rate"].help_text = "For one carer"
        if wanted:
            self.fields["start_on"].help_text = f"Wanted: {wanted:%A} {wanted.day} {wanted:%B %Y}"
        if self.sheet.unit == "week":
            del self.fields["who_will_come"]

    def layout(self):
        offer = [name for name in ("start_on", "who_will_come", "conditions") if name in self.fields]
        return [*self.first, Field.text("rate", field_width=10), *offer, *self.last]


class PartForm(OfferForm):
    visits = forms.TypedMultipleChoiceField(
        label="Which visits can you do?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select the visits you can do"},
    )
    first = (Field.checkboxes("visits", small=True),)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["visits"].choices = [(position, line.words) for position, line in enumerate(self.sheet.timetable)]


class DifferentForm(OfferForm):
    changes = Text(
        "What would be different?",
        help_text="For example: 08:30 instead of 07:30, or one carer",
        error_messages={"required": "Enter what would be different"},
    )
    first = ("changes",)


class NoForm(WhoReplies):
    why_not = forms.ChoiceField(
        label="What stood in the way?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what stood in the way"},
    )
    would_say_yes_if = Text("What would have made you say yes? (optional)", required=False)
    first = ("why_not", "would_say_yes_if")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["why_not"].choices = rules.reasons_that_fit(self.sheet)


class CallForm(WhoReplies):
    submit_text = "Ask us to call"
    phone = forms.CharField(
        label="Number to call",
        max_length=30,
        error_messages={"required": "Enter the number we should call"},
        widget=forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )
    first = ("phone",)


class NotUsForm(WhoReplies):
    submit_text = "This was not us"
    versions = forms.TypedMultipleChoiceField(
        label="Which of these were not you?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select the replies that were not yours"},
    )
    first = ("versions",)

    def __init__(self, *args, replies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["versions"].choices = replies


class CodeForm(GovukForm):
    submit_text = "Send your reply"

    code = forms.CharField(
        label="6-digit code",
        max_length=20,
        error_messages={"required": "Enter the 6-digit code"},
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}),
    )
    intent = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def layout(self):
        return [Field.text("code", field_width=10), "intent"]
