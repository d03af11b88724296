"""Taking a referral at the phone, and writing down the rest of it afterwards."""

from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views.generic import TemplateView

from brokerage.clocks import clock
from brokerage.design.views import ActionView, ButtonView, Door
from referrals.access.models import Page
from referrals.access.opening import OpensCase
from referrals.intake import duplicates, paperwork, phoning, rules
from referrals.intake.models import SEES_THE_TEAMS_CASES
from referrals.intake.own import REFERRERS, OwnReferral
from referrals.intake.phoning_forms import LATER, PhoneForm
from referrals.intake.task_list import task_list

CALLER = ("contact_name", "organisation", "contact_phone", "contact_email")


class PhoneIn(ActionView):
    may = REFERRERS
    deed = "take a referral by phone"
    heading = "Referral by phone"
    form_class = PhoneForm
    template_name = "referrals/intake/phone_in.html"
    back = reverse_lazy("my_referrals")

    def get_form_kwargs(self):
        user = self.request.user
        return super().get_form_kwargs() | {
            "user": user,
            "today": timezone.localdate(clock.now()),
            "look": lambda described: duplicates.known_to(described, user),
        }

    def form_valid(self, form):
        self.known_person = form.known_person
        return super().form_valid(form)

    def act(self, answers):
        person = {
            name: answers[name]
            for name in ("first_names", "last_name", "born_on", "about_age", "postcode", "record_id")
        }
        caller = None if answers["coordinator"] else {name: answers[name] for name in CALLER}
        kept = ("pathway", "team", "coordinator", "route", "summary", "wanted_start_on", "priority", "priority_reason")
        return phoning.phone_in(
            by=self.request.user,
            person={"known": self.known_person} if self.known_person else person,
            caller=caller,
            notice_reason="No computer to hand" if answers["starts"] == LATER else "",
            pen_picture=answers["pen_picture"],
            funding_agreed_by=answers["funding_agreed_by"],
            **{name: answers[name] for name in kept},
        )

    def get_done(self):
        return f"{self.outcome.reference} is received, and its clocks have started"

    def get_success_url(self):
        reads_cases = self.request.user.has_role(*SEES_THE_TEAMS_CASES)
        return reverse("casefile" if reads_cases else "referral_tasks", args=[self.outcome.reference])


class Paperwork(OpensCase, OwnReferral, Door, TemplateView):
    """The pages of a phoned referral, open until all of it is written down."""

    page = Page.REFERRAL
    may = REFERRERS
    deed = "finish the paperwork"
    template_name = "referrals/intake/paperwork.html"

    def get_context_data(self, **kwargs):
        referral = self.subject
        lines = task_list(referral)
        return super().get_context_data(**kwargs) | {
            "referral": referral,
            "caption": self.get_caption(),
            "tasks": lines,
            "to_do": [line for line in lines if line.status == "to_do" and line.key != "papers"],
            "reason_not_to": rules.reason_not_to_edit(referral, self.request.user),
            "reason_not_to_finish": rules.reason_not_to_finish_paperwork(referral, self.request.user),
        }


class FinishPaperwork(OwnReferral, ButtonView):
    may = REFERRERS
    deed = "finish the paperwork"
    done = "The paperwork is there. The broker has been told"

    def act(self, answers):
        paperwork.finish(self.subject, by=self.request.user)

    def get_success_url(self):
        return reverse("referral_tasks", args=[self.subject.reference])
