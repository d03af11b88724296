"""The referral as its referrer sees it: a list of their own, short pages while it is a draft, and what is happening after."""

from django.urls import reverse, reverse_lazy
from django.views.generic import TemplateView

from brokerage.audit.recording import history_of
from brokerage.clocks import clock
from brokerage.deadlines.models import Clock
from brokerage.design.forms import GovukForm
from brokerage.design.lists import Column
from brokerage.design.views import ActionView, ButtonView, Door, ListPage
from referrals.access.models import Page
from referrals.access.opening import OpensCase
from referrals.documents.rules import missing_papers
from referrals.intake import actions, rules
from referrals.intake.forms import NewReferralForm
from referrals.intake.models import Referral, Stage
from referrals.intake.own import REFERRERS, OwnReferral
from referrals.intake.task_list import task_list
from referrals.needs.week import hours_a_week, week_of
from referrals.timing import actions as timing


class MyReferrals(ListPage):
    """A co-ordinator's own referrals, with what is happening now in one line."""

    may = REFERRERS
    deed = "open their referrals"
    template_name = "referrals/intake/my_referrals.html"
    heading = "My referrals"
    empty = "You have made no referral yet."
    columns = (
        Column("case", "Referral"),
        Column("service", "Service"),
        Column("stage", "Stage"),
        Column("now", "What is happening"),
        Column("due", "Answer due"),
        Column("broker", "Broker"),
    )

    @property
    def empty_next(self):
        return ("Make a referral", reverse("new_referral"))

    def get_rows(self):
        own = Referral.objects.visible_to(self.request.user)
        user = self.request.user
        return (
            (own.filter(referred_by=user) | own.filter(coordinator=user))
            .select_related("person", "pathway", "work", "broker")
            .order_by("-id")
        )


class NewReferral(ActionView):
    may = REFERRERS
    deed = "make a referral"
    heading = "New referral"
    form_class = NewReferralForm
    back = reverse_lazy("my_referrals")

    def get_queryset(self):
        return None

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def act(self, answers):
        return actions.open_draft(by=self.request.user, **answers)

    def get_success_url(self):
        return reverse("referral_tasks", args=[self.outcome.reference])


class ReferralPage(OpensCase, OwnReferral, Door, TemplateView):
    page = Page.REFERRAL
    """While a draft, the list of what to answer; afterwards, what is happening with it."""

    may = REFERRERS
    deed = "open a referral"

    def get_template_names(self):
        name = "task_list" if self.subject.status == Stage.DRAFT else "progress"
        return [f"referrals/intake/{name}.html"]

    def get_context_data(self, **kwargs):
        referral = self.subject
        page = super().get_context_data(**kwargs) | {"referral": referral, "caption": self.get_caption()}
        if referral.status == Stage.DRAFT:
            lines = task_list(referral)
            start, response = timing.foretell(referral.priority)
            to_do = [line for line in lines if line.status == "to_do" and line.key != "papers"]
            return page | {"tasks": lines, "to_do": to_do, "start": start, "response": response}
        return page | {
            "clocks": Clock.objects.filter(case=referral.reference, kind__in=["response", "options"]).order_by("-id"),
            "missing": missing_papers(referral),
            "events": _what_happened(referral),
        }


def _what_happened(referral):
    """The history as its referrer reads it: no provider's reply before its time is in these words, by how they are written."""
    return [
        {"at": event.at, "said": event.said, "who": event.actor_name, "because": event.because}
        for event in history_of(referral.reference)[:100]
    ]


class Submit(OwnReferral, ActionView):
    """What will be sent, when an answer is due and why; then it is brokerage's."""

    may = REFERRERS
    deed = "submit a referral"
    heading = "Check and submit"
    form_class = type("SubmitForm", (GovukForm,), {"submit_text": "Submit the referral"})
    template_name = "referrals/intake/submit.html"
    done = "Referral submitted"
    reason_not_to = rules.reason_not_to_submit

    def get_back(self):
        return reverse("referral_tasks", args=[self.subject.reference])

    def get_success_url(self):
        return self.get_back()

    def act(self, answers):
        actions.submit(self.subject, by=self.request.user)

    def get_context_data(self, **kwargs):
        page = super().get_context_data(**kwargs)
        start, response = timing.foretell(self.subject.priority, at=clock.now())
        return page | {
            "referral": self.subject,
            "start": start,
            "response": response,
            "missing": missing_papers(self.subject),
            "hours": hours_a_week(week_of(self.subject.visits.all())),
        }


class Discard(OwnReferral, ButtonView):
    may = REFERRERS
    deed = "throw a draft away"
    done = "The draft was thrown away"

    def act(self, answers):
        actions.discard(self.subject, by=self.request.user)

    def get_success_url(self):
        return reverse("my_referrals")
