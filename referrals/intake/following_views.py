"""A referral from an earlier one: copied, or referred on to long-term support; and what was copied looked at again."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from brokerage.clocks import clock
from brokerage.design.views import ActionView, ButtonView
from referrals.intake import copying, rules
from referrals.intake.forms import ReferOnForm
from referrals.intake.models import Referral
from referrals.intake.own import REFERRERS, OwnReferral


class FromAnEarlier:
    """Found among all that this person may see, not only their own."""

    def get_queryset(self):
        rows = Referral.objects.visible_to(self.request.user)
        return rows.select_related("person", "pathway", "team", "needs")

    def get_success_url(self):
        return reverse("referral_tasks", args=[self.outcome.reference])


class Copy(FromAnEarlier, ButtonView):
    may = REFERRERS
    deed = "make a referral"
    done = "Copied. Check each page before you submit"

    def act(self, answers):
        return copying.copy_from(self.subject, by=self.request.user)


class ReferOn(FromAnEarlier, ActionView):
    may = REFERRERS
    deed = "make a referral"
    heading = "Refer on for long-term support"
    form_class = ReferOnForm
    reason_not_to = rules.reason_not_to_refer_on
    template_name = "referrals/intake/refer_on.html"
    done = "Begun. Check each page before you submit"

    def get_caption(self):
        return f"{self.subject.reference}, {self.subject.initials}"

    def get_back(self):
        return (
            reverse("referral_tasks", args=[self.subject.reference])
            if self._is_own
            else self.subject.get_absolute_url()
        )

    @property
    def _is_own(self):
        return self.request.user.pk in {self.subject.referred_by_id, self.subject.coordinator_id}

    def get_form_kwargs(self):
        today = timezone.localdate(clock.now())
        return super().get_form_kwargs() | {"earlier": self.subject, "today": today}

    def act(self, answers):
        return copying.refer_on(self.subject, by=self.request.user, **answers)


class ConfirmCopied(OwnReferral, ButtonView):
    """What was copied to one page still holds."""

    may = REFERRERS
    deed = "write a referral"
    done = "Checked"

    def act(self, answers):
        if self.kwargs["page"] not in self.subject.unchecked_pages:
            raise Http404
        copying.confirm(self.subject, self.kwargs["page"], by=self.request.user)

    def get_success_url(self):
        return reverse("referral_tasks", args=[self.subject.reference])
