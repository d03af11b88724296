"""Saying that an answer is needed sooner than was said, or may wait."""

from django import forms
from django.urls import reverse

from brokerage.accounts.models import Role
from brokerage.design.forms import Choice, Field, GovukForm
from brokerage.design.views import ActionView
from brokerage.home.readers import CASE_READERS
from brokerage.home.views import OnACase
from referrals.intake import urgency
from referrals.intake.models import Priority

HINTS = {
    Priority.EMERGENCY: "The person may be unsafe: an answer within the hour",
    Priority.URGENT: "An answer in half a working day",
    Priority.ROUTINE: "The deadlines that run now stand as they are",
}


class UrgencyForm(GovukForm):
    submit_text = "Change it"
    priority = forms.ChoiceField(
        label="How soon is an answer needed now?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select how soon an answer is needed"},
    )
    because = forms.CharField(
        label="What has changed?",
        max_length=300,
        widget=forms.Textarea,
        error_messages={"required": "Enter why an answer is needed sooner, or may wait"},
    )

    def __init__(self, *args, referral, **kwargs):
        super().__init__(*args, **kwargs)
        offered = [each for each in urgency.WORST_FIRST if each in referral.pathway.terms.priorities]
        self.fields["priority"].choices = [
            Choice(each.value, each.label, hint=HINTS[each]) for each in offered if each != referral.priority
        ]

    def layout(self):
        return ["priority", Field.textarea("because", rows=3)]


class ChangeUrgency(OnACase, ActionView):
    may = {Role.COORDINATOR, Role.BROKER, Role.DUTY_BROKER, Role.TEAM_MANAGER}
    deed = "say how soon an answer is needed"
    heading = "Change how soon an answer is needed"
    form_class = UrgencyForm
    reason_not_to = urgency.reason_not_to_change_urgency
    done = "Changed. The broker and the referrer have been told."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"referral": self.subject}

    def get_back(self):
        name = "casefile" if self.request.user.has_role(*CASE_READERS) else "referral_tasks"
        return reverse(name, args=[self.subject.reference])

    def get_success_url(self):
        return self.get_back()

    def act(self, answers):
        urgency.change(self.subject, by=self.request.user, **answers)
