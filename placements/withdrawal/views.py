from django import forms
from django.urls import reverse

from brokerage.design.forms import GovukForm
from brokerage.design.views import ActionView
from placements.withdrawal import actions, rules
from referrals.intake.models import SEES_THE_TEAMS_CASES, Referral


class WithdrawForm(GovukForm):
    submit_text = "Withdraw the case"
    because = forms.CharField(
        label="Why is the support not needed any more?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
        error_messages={"required": "Enter why the support is not needed any more"},
    )


class WithdrawCase(ActionView):
    may = rules.WITHDRAWS
    deed = "withdraw a case"
    heading = "Withdraw this case"
    form_class = WithdrawForm
    template_name = "placements/withdrawal/withdraw.html"
    reason_not_to = rules.reason_not_to_withdraw
    done = "Withdrawn. Everybody who was waiting has been told."

    def get_queryset(self):
        return Referral.objects.visible_to(self.request.user).select_related("person", "team", "pathway")

    def get_caption(self):
        return f"{self.subject.reference}, {self.subject.initials}"

    def get_back(self):
        name = "casefile" if self.request.user.has_role(*SEES_THE_TEAMS_CASES) else "referral_tasks"
        return reverse(name, args=[self.subject.reference])

    def get_success_url(self):
        return self.get_back()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"start_has_passed": rules.start_has_passed(self.subject)}

    def act(self, answers):
        actions.withdraw(self.subject, by=self.request.user, **answers)
