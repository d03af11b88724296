"""Pausing the response clock of a case by hand, and letting it go on."""

from datetime import datetime

from django import forms

from brokerage.clocks import calendars
from brokerage.design.forms import Choice, DateInputField, Field, GovukForm, TimeField
from brokerage.design.views import ActionView
from brokerage.errors import Refused
from brokerage.home.views import BROKERS, OnACase
from referrals.documents.rules import open_request
from referrals.timing import actions as timing
from referrals.timing import rules
from referrals.work.models import WaitsOn


class PauseForm(GovukForm):
    submit_text = "Pause the clock"

    waits_on = forms.ChoiceField(
        label="Whom do we wait for?",
        widget=forms.RadioSelect,
        choices=[
            Choice(WaitsOn.REFERRER, "The referrer", hint="They are told, and see it on their page"),
            Choice(WaitsOn.PERSON, "The person or their family", hint="To choose, to visit, to be well enough"),
            Choice(WaitsOn.PROVIDER, "Providers"),
            Choice(WaitsOn.PANEL, "Panel"),
        ],
        error_messages={"required": "Select whom we wait for"},
    )
    whom = forms.CharField(
        label="Who is that? (optional)",
        help_text="As the deadline’s sentence should say it, for example: her daughter. It stands in letters",
        max_length=150,
        required=False,
    )
    because = forms.CharField(
        label="What do we wait for, and why can we not go on?",
        widget=forms.Textarea,
        max_length=500,
        error_messages={"required": "Enter what we wait for and why"},
    )
    expected_on = DateInputField(
        label="When do we expect it? (optional)",
        help_text="Two working days if you leave it empty. You are told shortly before, and when it does not come",
        required=False,
    )
    expected_at = TimeField(
        label="By what time? (optional)", help_text="Closing time if you leave it empty", required=False
    )

    def layout(self):
        return [
            Field.radios("waits_on"),
            "whom",
            Field.textarea("because", rows=3),
            "expected_on",
            Field.text("expected_at", field_width=5),
        ]

    def clean(self):
        answers = super().clean()
        if answers.get("expected_at") and not answers.get("expected_on") and "expected_on" not in self.errors:
            self.add_error("expected_on", "Enter the day as well as the time")
        return answers


class PauseClock(OnACase, ActionView):
    may = BROKERS
    deed = "pause a clock"
    heading = "Pause the response clock"
    done = "The clock is paused. What was left of it is kept."
    form_class = PauseForm
    template_name = "referrals/timing/pause.html"
    reason_not_to = rules.reason_not_to_wait

    def act(self, answers):
        day, face = answers.pop("expected_on"), answers.pop("expected_at")
        policy = calendars.policy()
        expected_at: datetime | None = policy.at(day, face or policy.closes_at) if day else None
        timing.wait_for(self.subject, **answers, expected_at=expected_at, by=self.request.user)


class GoOnForm(GovukForm):
    submit_text = "Let the clock go on"
    because = forms.CharField(label="What came? (optional)", max_length=300, required=False)


class GoOn(OnACase, ActionView):
    may = BROKERS
    deed = "let a clock go on"
    heading = "Let the response clock go on"
    done = "The clock goes on, with the time that was left"
    form_class = GoOnForm
    template_name = "referrals/timing/go_on.html"

    @staticmethod
    def reason_not_to(referral, user):
        if open_request(referral):
            return "This case waits for papers. Record them, or go on without waiting, where the papers stand."
        return rules.reason_not_to_go_on(referral, user)

    def act(self, answers):
        if reason := self.why_not():
            raise Refused(reason)
        timing.go_on(self.subject, by=self.request.user, because=answers["because"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"paused": timing.open_pause(self.subject)}
