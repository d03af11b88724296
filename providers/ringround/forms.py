from datetime import datetime, timedelta

from django import forms

from brokerage.clocks import calendars
from brokerage.design.forms import DateInputField, Field, GovukForm, MoneyField, TimeField, shown_for
from providers.replies import rules as replies
from providers.replies.models import ReplyKind

A_REAL_DATE = {"real": "Enter a real date, like 9 11 2026", "part": "Enter the %(parts)s as well"}


class Words(forms.CharField):
    widget = forms.Textarea

    def __init__(self, label, **kwargs):
        super().__init__(label=label, max_length=1000, **kwargs)


class OutcomeForm(GovukForm):
    """What came of a call. Put right afterwards, it also asks why."""

    submit_text = "Record"
    because = forms.CharField(
        label="Why is the outcome corrected?",
        max_length=300,
        error_messages={"required": "Enter why the outcome is corrected"},
    )

    def __init__(self, *args, line, sheet, today, correcting=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.line, self.sheet, self.today = line, sheet, today
        if not correcting:
            del self.fields["because"]
        else:
            self.order_fields([*(name for name in self.fields if name != "because"), "because"])

    def layout(self):
        return list(self.fields)


class CanHelpForm(OutcomeForm):
    submit_text = "Record their offer"

    spoke_to = forms.CharField(
        label="Who said so?", max_length=120, error_messages={"required": "Enter who at the provider said so"}
    )
    spoke_role = forms.CharField(
        label="Their role",
        max_length=120,
        help_text="For example: care co-ordinator",
        error_messages={"required": "Enter their role"},
    )
    mailbox = forms.EmailField(
        label="Their e-mail address",
        help_text="None is registered. Their receipt, and later the agreement, go there",
        error_messages={"required": "Enter their e-mail address"},
    )
    kind = forms.ChoiceField(
        label="How much of it?",
        widget=forms.RadioSelect,
        initial=ReplyKind.WHOLE,
        error_messages={"required": "Select how much of it they can do"},
    )
    visits = forms.TypedMultipleChoiceField(
        label="Which visits?", coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    changes = Words("What would be different?", required=False)
    rate = MoneyField(label="Rate", max_digits=9, error_messages={"required": "Enter their rate, like 24.60"})
    start_on = DateInputField(
        label="From which day?", error_messages={"required": "Enter the day they can start", **A_REAL_DATE}
    )
    who_will_come = Words("Who will come? (optional)", required=False)
    conditions = Words("Conditions, and anything else they said (optional)", required=False)
    field_order = (
        "spoke_to", "spoke_role", "mailbox", "kind", "visits", "changes", "rate", "start_on", "who_will_come", "conditions",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        week = self.sheet.unit == "week"
        self.fields["rate"].label = f"Rate {'a week' if week else 'an hour'}"
        if self.line.mailbox:
            del self.fields["mailbox"]
        lines = self.sheet.timetable
        kinds = [ReplyKind.WHOLE, *([ReplyKind.PART] if len(lines) > 1 else []), ReplyKind.DIFFERENT]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        self.fields["visits"].choices = [(position, line.words) for position, line in enumerate(lines)]
        if len(lines) < 2:
            del self.fields["visits"]
        if week:
            del self.fields["who_will_come"]

    def layout(self):
        ask = [name for name in ("spoke_to", "spoke_role", "mailbox") if name in self.fields]
        part = [shown_for("kind", "part", Field.checkboxes("visits", small=True))] if "visits" in self.fields else []
        last = [name for name in ("start_on", "who_will_come", "conditions", "because") if name in self.fields]
        different = shown_for("kind", "different", Field.textarea("changes", rows=2))
        return [*ask, Field.radios("kind", small=True), *part, different, Field.text("rate", field_width=10), *last]

    def clean(self):
        answers = super().clean()
        if answers.get("kind") == ReplyKind.PART and not answers.get("visits"):
            self.add_error("visits", "Select the visits they can do")
        if answers.get("kind") == ReplyKind.DIFFERENT and not answers.get("changes", "").strip():
            self.add_error("changes", "Enter what would be different")
        return answers


class CannotForm(OutcomeForm):
    why_not = forms.ChoiceField(
        label="What stands in the way?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what stands in the way"},
    )
    would_say_yes_if = Words("What would make them say yes? (optional)", required=False)
    spoke_to = forms.CharField(label="Who said so? (optional)", max_length=120, required=False)
    spoke_role = forms.CharField(label="Their role (optional)", max_length=120, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["why_not"].choices = replies.reasons_that_fit(self.sheet)

    def layout(self):
        rest = [name for name in ("spoke_to", "spoke_role", "because") if name in self.fields]
        return [Field.radios("why_not", small=True), Field.textarea("would_say_yes_if", rows=2), *rest]


class RingBackForm(OutcomeForm):
    at = TimeField(
        label="At what time?",
        help_text="A time that has passed today is tomorrow’s",
        error_messages={"required": "Enter when to ring back, like 14:30"},
    )
    spoke_to = forms.CharField(label="Whom to ask for (optional)", max_length=120, required=False)
    words = forms.CharField(label="Anything they said (optional)", max_length=1000, required=False)

    def ring_back_at(self, now: datetime):
        """The next time that clocks on the wall show it."""
        policy = calendars.policy()
        day = policy.local(now).date()
        at = policy.at(day, self.cleaned_data["at"])
        return at if at > now else policy.at(day + timedelta(days=1), self.cleaned_data["at"])


class PlainForm(OutcomeForm):
    """An outcome that has nothing to say but what it is: no answer, a wrong number."""


class WhyForm(GovukForm):
    because = forms.CharField(
        label="Why?", max_length=300, widget=forms.Textarea, error_messages={"required": "Enter why"}
    )

    def layout(self):
        return [Field.textarea("because", rows=3)]


class TakeOverForm(WhyForm):
    submit_text = "Take over the call"


class OutOfTurnForm(WhyForm):
    submit_text = "Ring them now"


class StopForm(WhyForm):
    submit_text = "Stop the ring-round"


class NobodyForm(GovukForm):
    submit_text = "Nobody can help: ask the referrer"
    may_flex = forms.CharField(
        label="What may change? The referrer reads this (optional)",
        max_length=300,
        required=False,
        help_text="For example: may the first visit be at half past nine? Write no name",
        widget=forms.Textarea,
    )

    def layout(self):
        return [Field.textarea("may_flex", rows=3)]
