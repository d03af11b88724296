from datetime import timedelta

from django import forms
from django.utils import timezone

from brokerage.clocks import calendars, clock
from brokerage.design.forms import Choice, DateInputField, Field, GovukForm, shown_for
from referrals.intake import notice
from referrals.intake.models import Funding, PaidThrough, Priority

BY_THE_COUNCIL = (Funding.COUNCIL, Funding.MIXED)


class WhenForm(GovukForm):
    """`terms` are the pathway's: its priorities, the notice providers need, and whether it asks who pays."""

    submit_text = "Save and continue"

    wanted_start_on = DateInputField(
        label="When should support start?", error_messages={"required": "Enter when support should start"}
    )
    start_flexibility = forms.CharField(
        label="Can that move? (optional)", help_text="For example: any day that week", max_length=200, required=False
    )
    short_notice_because = forms.CharField(
        label="Why can it not be later?", max_length=300, required=False, help_text="Brokers and providers plan by this"
    )
    priority = forms.ChoiceField(
        label="How soon is an answer needed?",
        widget=forms.RadioSelect,
        choices=[
            Choice(Priority.ROUTINE.value, "Routine", hint="An answer the same day, or by 12:30 the next working day"),
            Choice(Priority.URGENT.value, "Urgent", hint="An answer in half a working day"),
            Choice(Priority.EMERGENCY.value, "Emergency", hint="The person may be unsafe: an answer within the hour"),
        ],
        error_messages={"required": "Select how soon an answer is needed"},
    )
    priority_reason = forms.CharField(
        label="If it cannot wait, why?", max_length=300, required=False, help_text="For urgent and emergency only"
    )
    is_interim = forms.TypedChoiceField(
        label="Is this an interim service?",
        coerce=lambda answer: answer == "yes",
        choices=[("no", "No"), ("yes", "Yes")],
        widget=forms.RadioSelect,
        initial="no",
        error_messages={"required": "Select whether this is an interim service"},
    )
    funding = forms.ChoiceField(
        label="Who pays?",
        choices=Funding.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select who pays"},
    )
    paid_through = forms.ChoiceField(
        label="How does the council pay its part?",
        choices=PaidThrough.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text="Where the council pays all or part",
    )
    funding_split = forms.CharField(
        label="Who pays which part?",
        help_text="Where two pay, or a part is a direct payment. For example: the council £180 a week, the person the rest",
        max_length=200,
        required=False,
    )

    def __init__(self, *args, terms, is_childs=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.terms, self.asks_for_reason = terms, False
        choices = self.fields["priority"].choices
        self.fields["priority"].choices = [each for each in choices if each[0] in terms.priorities]
        if tuple(terms.priorities) == (Priority.ROUTINE,):
            del self.fields["priority"], self.fields["priority_reason"]
        if is_childs or not terms.service_kind:
            del self.fields["is_interim"]
        if is_childs and "funding" not in terms.must:
            for name in ("funding", "paid_through", "funding_split"):
                del self.fields[name]

    def layout(self):
        has_reason = self.asks_for_reason or self["short_notice_because"].value()
        parts = [
            "wanted_start_on",
            *(["short_notice_because"] if has_reason else []),
            "start_flexibility",
        ]
        if "priority" in self.fields:
            parts += ["priority", shown_for("priority", "urgent emergency", "priority_reason")]
        if "is_interim" in self.fields:
            parts.append(Field.radios("is_interim", inline=True))
        if "funding" in self.fields:
            parts += ["funding", shown_for("funding", "council mixed", "paid_through", "funding_split")]
        return parts

    def clean_wanted_start_on(self):
        day, today = self.cleaned_data["wanted_start_on"], timezone.localdate(clock.now())
        if day and day < today:
            raise forms.ValidationError("Enter today or a later day")
        if day and day > today + timedelta(days=731):
            raise forms.ValidationError("Enter a day within two years")
        return day

    def clean(self):
        answers = super().clean()
        if answers.get("priority") in {Priority.URGENT, Priority.EMERGENCY} and not answers.get("priority_reason"):
            self.add_error("priority_reason", "Enter why it cannot wait")
        self._check_notice(answers)
        if "funding" in self.fields:
            self._check_money(answers)
        return answers

    def _check_notice(self, answers):
        """Short notice may be given, with a reason; why it cannot wait is one (DER-14)."""
        day = answers.get("wanted_start_on")
        if day is None or answers.get("priority", Priority.ROUTINE) != Priority.ROUTINE:
            return
        today = timezone.localdate(clock.now())
        warning = notice.warning(day, today, calendars.policy(), self.terms.notice_working_days)
        if warning and not answers.get("short_notice_because"):
            self.asks_for_reason = True
            self.add_error("short_notice_because", f"{warning}. Enter why it cannot be later, or choose a later day")
        elif not warning:
            answers["short_notice_because"] = ""

    def _check_money(self, answers):
        """How the council's money is paid, and who pays what where two do (DER-02)."""
        if answers.get("funding") not in BY_THE_COUNCIL:
            answers["paid_through"] = answers["funding_split"] = ""
            return
        if not answers.get("paid_through"):
            self.add_error("paid_through", "Select how the council pays its part")
        is_split = answers.get("funding") == Funding.MIXED or answers.get("paid_through") == PaidThrough.BOTH
        if is_split and not answers.get("funding_split"):
            self.add_error("funding_split", "Enter who pays which part")
