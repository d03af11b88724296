"""The referral as its referrer sees it: a list of their own, short pages while it is a draft, and what is happening after."""

from django import forms
from django.db.models import Prefetch, Q
from django.urls import reverse, reverse_lazy
from django.views.generic import TemplateView

from brokerage.audit.recording import history_of
from brokerage.deadlines.models import Clock
from brokerage.design.forms import GovukForm
from brokerage.design.lists import Column
from brokerage.design.views import ActionView, ButtonView, Door, ListPage
from referrals.access.models import Page
from referrals.access.opening import OpensCase
from referrals.documents.models import PaperRequest
from referrals.documents.queries import papers_of
from referrals.documents.rules import missing_papers
from referrals.intake import actions, duplicates, messages, rules
from referrals.intake.forms import MessageForm, NewReferralForm, OwnFilter
from referrals.intake.happening import happening, owes
from referrals.intake.models import Referral, Route, Stage
from referrals.intake.own import REFERRERS, OwnReferral
from referrals.intake.summary import summary, warnings_of
from referrals.intake.task_list import task_list
from referrals.timing import actions as timing

SHOWN = ("response", "options", "hand_over", "papers", "wait")  # clocks that the referrer reads
WHICH = {
    "open": rules.STILL_OPEN,
    "drafts": {Stage.DRAFT},
    "closed": {Stage.CLOSED, Stage.WITHDRAWN},
}


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
        Column("due", "Due next"),
        Column("broker", "Broker"),
    )

    filter_class = OwnFilter

    @property
    def empty_next(self):
        return ("Make a referral", reverse("new_referral"))

    def get_rows(self):
        user = self.request.user
        return (
            Referral.objects.visible_to(user)
            .filter(Q(referred_by=user) | Q(coordinator=user))
            .select_related("person", "pathway", "work", "broker")
            .prefetch_related("papers", Prefetch("paper_requests", PaperRequest.objects.open(), to_attr="asked"))
            .order_by("-id")
        )

    def get_context_data(self, **kwargs):
        page = super().get_context_data(**kwargs)
        for row in page["rows"]:
            row.happening, row.owes = happening(row), owes(row)
        return page

    def narrow(self, rows, answers):
        if which := answers["which"]:
            rows = rows.filter(status__in=WHICH[which])
        for word in answers["words"].split():
            rows = rows.filter(
                Q(reference__iexact=word) | Q(person__record_id__iexact=word) | Q(person__search_words__icontains=word)
            )
        return rows


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

    def get_initial(self):
        """A hospital's team refers from the same ward again: the route of the last one, and from where."""
        last = Referral.objects.filter(referred_by=self.request.user, phone_first=False).order_by("-id").first()
        if last is None:
            return {"route": Route.COORDINATOR}
        return {"route": last.route, "organisation": last.organisation}

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
            return page | self._draft()
        return page | self._progress()

    def _draft(self):
        referral = self.subject
        lines = task_list(referral)
        start, response = timing.foretell_for(referral)
        alike, hidden = duplicates.seen_by(referral, self.request.user)
        return {
            "tasks": lines,
            "to_do": [line for line in lines if line.blocks],
            "done": sum(line.is_done for line in lines),
            "start": start,
            "response": response,
            "alike": alike,
            "hidden": hidden,
        }

    def _progress(self):
        referral, user = self.subject, self.request.user
        return {
            "now": happening(referral),
            "clocks": Clock.objects.filter(case=referral.reference, kind__in=SHOWN).order_by("stopped_at", "due_at"),
            "papers": papers_of(referral),
            "messages": messages.of(referral),
            "events": _what_happened(referral),
            "may_write": messages.reason_not_to_write(referral, user) is None,
            "may_copy": rules.reason_not_to_copy(referral, user) is None,
            "may_refer_on": rules.reason_not_to_refer_on(referral, user) is None,
            "may_withdraw": referral.status in rules.STILL_OPEN,
            "followed_by": referral.followed_by.filter(pk__in=Referral.objects.visible_to(user)).select_related(
                "pathway"
            ),
            "follows": Referral.objects.visible_to(user).filter(pk=referral.follows_id).first(),
            "to_do": rules.reason_not_to_finish_paperwork(referral, user) if referral.owes_paperwork else "",
        }


def _what_happened(referral):
    """The history as its referrer reads it: no provider's reply before its time is in these words, by how they are written."""
    return [
        {"at": event.at, "said": event.said, "who": event.actor_name, "because": event.because}
        for event in history_of(referral.reference)[:100]
    ]


class WriteMessage(OwnReferral, ActionView):
    may = REFERRERS
    deed = "write to the broker"
    heading = "Write to the broker"
    form_class = MessageForm
    reason_not_to = messages.reason_not_to_write
    done = "Sent. The broker has been told"

    def get_back(self):
        return reverse("referral_tasks", args=[self.subject.reference])

    def get_success_url(self):
        return self.get_back()

    def act(self, answers):
        messages.write(self.subject, words=answers["words"], by=self.request.user)


class SubmitForm(GovukForm):
    submit_text = "Submit the referral"

    discussed_with = forms.CharField(
        label="Whom in brokerage did you talk this over with on the phone?",
        help_text="An urgent case of this kind is talked over first",
        max_length=120,
        error_messages={"required": "Enter whom in brokerage you talked this over with on the phone"},
    )

    def __init__(self, *args, is_discussed, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_discussed:
            del self.fields["discussed_with"]


class Submit(OwnReferral, ActionView):
    """What will be sent, when an answer is due and why; then it is brokerage's."""

    may = REFERRERS
    deed = "submit a referral"
    heading = "Check and submit"
    form_class = SubmitForm
    template_name = "referrals/intake/submit.html"
    done = "Referral submitted"
    reason_not_to = rules.reason_not_ready

    def get_back(self):
        return reverse("referral_tasks", args=[self.subject.reference])

    def get_success_url(self):
        return self.get_back()

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"is_discussed": rules.is_to_be_discussed(self.subject)}

    def act(self, answers):
        actions.submit(self.subject, by=self.request.user, **answers)

    def get_context_data(self, **kwargs):
        page = super().get_context_data(**kwargs)
        start, response = timing.foretell_for(self.subject)
        alike, hidden = duplicates.seen_by(self.subject, self.request.user)
        return page | {
            "referral": self.subject,
            "start": start,
            "response": response,
            "missing": missing_papers(self.subject),
            "to_do": [line for line in task_list(self.subject) if line.blocks],
            "pages": summary(self.subject),
            "warnings": warnings_of(self.subject),
            "alike": alike,
            "hidden": hidden,
        }


class Discard(OwnReferral, ButtonView):
    may = REFERRERS
    deed = "throw a draft away"
    done = "The draft was thrown away"

    def act(self, answers):
        actions.discard(self.subject, by=self.request.user)

    def get_success_url(self):
        return reverse("my_referrals")
