"""Answering the referrer in words."""

from django import forms

from brokerage.clocks import calendars
from brokerage.design.forms import Choice, DateInputField, Field, GovukForm, TimeField, shown_for
from brokerage.design.views import ActionView
from brokerage.home.views import BROKERS, OnACase
from referrals.intake import answering
from referrals.intake.answering import Answer


class AnswerForm(GovukForm):
    submit_text = "Send the answer"

    kind = forms.ChoiceField(
        label="What do you tell the referrer?",
        widget=forms.RadioSelect,
        choices=[
            Choice(Answer.INFORMATION.value, "What they asked for", hint="Information, advice, or help that was given"),
            Choice(
                Answer.NOTHING_FOUND.value, "Nothing was found: what may flex?", hint="The case then waits for them"
            ),
            Choice(Answer.PLAN.value, "A plan with a date", hint="A clock runs until the day you promise"),
        ],
        error_messages={"required": "Select what you tell the referrer"},
    )
    words = forms.CharField(
        label="Your words",
        help_text="They stand on the referral’s page; the letter says that there is an answer",
        widget=forms.Textarea,
        max_length=2000,
        error_messages={"required": "Enter what you tell the referrer"},
    )
    until_on = DateInputField(label="When will they hear more?", required=False)
    until_at = TimeField(
        label="By what time? (optional)", help_text="Closing time if you leave it empty", required=False
    )

    def layout(self):
        date = shown_for("kind", "plan", "until_on", Field.text("until_at", field_width=5))
        return ["kind", Field.textarea("words", rows=5), date]

    def clean(self):
        answers = super().clean()
        if answers.get("kind") == Answer.PLAN and not answers.get("until_on") and "until_on" not in self.errors:
            self.add_error("until_on", "Enter the day they will hear more")
        return answers


class AnswerReferrer(OnACase, ActionView):
    may = BROKERS
    deed = "answer a referrer"
    heading = "Answer the referrer"
    done = "The referrer has your answer"
    form_class = AnswerForm
    reason_not_to = answering.reason_not_to_answer

    def act(self, answers):
        day, face = answers.pop("until_on"), answers.pop("until_at")
        policy = calendars.policy()
        until = policy.at(day, face or policy.closes_at) if day and answers["kind"] == Answer.PLAN else None
        answering.answer(self.subject, **answers, until=until, by=self.request.user)
