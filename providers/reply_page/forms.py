from django import forms

from brokerage.design.forms import DateInputField, Field, GovukForm, MoneyField
from providers.replies.models import WhyNot


class WhoReplies(GovukForm):
    """A reply names who gives it, and their role."""

    by_name = forms.CharField(label="Your name", max_length=120, error_messages={"required": "Enter your name"})
    by_role = forms.CharField(
        label="Your role", help_text="For example: care co-ordinator", max_length=120, error_messages={"required": "Enter your role"}
    )
    submit_text = "Send your reply"
    first: tuple[str, ...] = ()

    def __init__(self, *args, sheet, **kwargs):
        super().__init__(*args, **kwargs)
        self.sheet = sheet

    def layout(self):
        return [*self.first, "by_name", "by_role"]


class OfferForm(WhoReplies):
    rate = MoneyField(label="Your rate", error_messages={"required": "Enter your rate"})
    start_on = DateInputField(label="When can you start?", error_messages={"required": "Enter the day you can start"})
    who_will_come = forms.CharField(
        label="Who will provide the care? (optional)", help_text="For example: a small regular team, two of them speak Polish",
        widget=forms.Textarea, required=False,
    )
    conditions = forms.CharField(label="Anything your offer depends on (optional)", widget=forms.Textarea, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rate"].label = "Your rate an hour" if self.sheet.unit == "hour" else "Your rate a week"

    def layout(self):
        return [*self.first, Field.text("rate", field_width=5), "start_on", "who_will_come", "conditions", "by_name", "by_role"]


class PartForm(OfferForm):
    visits = forms.TypedMultipleChoiceField(
        label="Which visits can you do?", coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select the visits you can do"},
    )
    first = ("visits",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["visits"].choices = [(position, line.words) for position, line in enumerate(self.sheet.timetable)]


class DifferentForm(OfferForm):
    changes = forms.CharField(
        label="What would be different?", help_text="For example: 08:30 instead of 07:30, or one carer", widget=forms.Textarea,
        error_messages={"required": "Enter what would be different"},
    )
    first = ("changes",)


class NoForm(WhoReplies):
    why_not = forms.ChoiceField(
        label="What stood in the way?", choices=WhyNot.choices, widget=forms.RadioSelect,
        error_messages={"required": "Select what stood in the way"},
    )
    would_say_yes_if = forms.CharField(
        label="What would have made you say yes? (optional)", widget=forms.Textarea, required=False
    )
    first = ("why_not", "would_say_yes_if")


class CallForm(WhoReplies):
    submit_text = "Ask us to call"


class NotUsForm(GovukForm):
    submit_text = "This was not us"
