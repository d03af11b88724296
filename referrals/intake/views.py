"""The referral as its referrer sees it: a list of their own, short pages while it is a draft, and what is happening after."""

from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from brokerage.audit.recording import history_of
from brokerage.clocks import clock
from brokerage.deadlines.models import Clock
from brokerage.design.forms import GovukForm
from brokerage.design.lists import Column
from brokerage.design.views import ActionView, ButtonView, Door, ListPage
from brokerage.errors import Refused
from referrals.documents import actions as documents
from referrals.documents.forms import PaperForm
from referrals.documents.models import PaperKind
from referrals.documents.rules import kinds_needed, missing_papers
from referrals.intake import about_the_person as people
from referrals.intake import actions, rules
from referrals.intake.forms import NewReferralForm, WhenForm
from referrals.intake.models import Referral, Stage
from referrals.intake.task_list import task_list
from referrals.needs import actions as needs
from referrals.needs.forms import NeedsForm, OutcomesForm, PreferencesForm, VisitForm
from referrals.needs.week import Line, hours_a_week, timetable, week_of
from referrals.people.forms import ContactForm, DecisionsForm, PersonForm
from referrals.timing import actions as timing

REFERRERS = set(rules.REFERS)


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


class OwnReferral:
    """Pages on a referral of one's own."""

    def get_queryset(self):
        user = self.request.user
        own = Referral.objects.visible_to(user)
        return (
            (own.filter(referred_by=user) | own.filter(coordinator=user))
            .select_related("person", "pathway", "team", "needs", "broker", "coordinator", "work")
            .prefetch_related("outcomes", "visits", "papers", "person__contacts")
        )

    @cached_property
    def subject(self):
        return get_object_or_404(self.get_queryset(), reference=self.kwargs["reference"])

    def get_caption(self):
        initials = f", {self.subject.initials}" if self.subject.person else ""
        return f"{self.subject.reference}{initials}"


class ReferralPage(OwnReferral, Door, TemplateView):
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


class DraftPage(OwnReferral, ActionView, abstract=True):
    """One short page of the referral, saved as it goes."""

    may = REFERRERS
    deed = "write a referral"
    reason_not_to = rules.reason_not_to_edit

    def get_back(self):
        return reverse("referral_tasks", args=[self.subject.reference])

    def get_success_url(self):
        return self.get_back()

    def post(self, request, *args, **kwargs):
        if reason := self.why_not():
            raise Refused(reason)
        return super().post(request, *args, **kwargs)

    def _do(self, answers):
        """Asked again under the row's lock: nothing is changed once it has been submitted."""
        held = Referral.objects.select_for_update(of=("self",)).get(pk=self.subject.pk)
        if self.reason_not_to and (reason := self.reason_not_to(held, self.request.user)):
            raise Refused(reason)
        return super()._do(answers)


class AboutThePerson(DraftPage, abstract=True):
    """Pages that need to know who it is about first."""

    def why_not(self):
        return super().why_not() or (None if self.subject.person else "Say who the person is first.")


class PersonPage(DraftPage):
    heading = "The person"
    form_class = PersonForm

    def get_initial(self):
        person = self.subject.person
        return {name: getattr(person, name) for name in PersonForm.base_fields} if person else {}

    def act(self, answers):
        people.say_who(self.subject, by=self.request.user, **answers)


class ContactPage(AboutThePerson):
    heading = "Whom we may ring about them"
    form_class = ContactForm

    def get_initial(self):
        person = self.subject.person
        contact = person and person.contacts.filter(is_main=True).first()
        return {"name": contact.name, "relationship": contact.relationship, "phone": contact.phone} if contact else {}

    def act(self, answers):
        people.say_main_contact(self.subject, by=self.request.user, **answers)


class DecisionsPage(AboutThePerson):
    heading = "Deciding about this support"
    form_class = DecisionsForm

    def get_initial(self):
        contact = self.subject.person and self.subject.person.contacts.filter(supports_best_interests=True).first()
        said = {"name": contact.name, "relationship": contact.relationship, "phone": contact.phone} if contact else {}
        return {"capacity": self.subject.capacity} | said

    def act(self, answers):
        people.say_how_decisions_are_made(self.subject, by=self.request.user, **answers)


class NeedsPage(DraftPage):
    heading = "Needs"
    form_class = NeedsForm

    def get_initial(self):
        return {name: getattr(self.subject.needs, name) for name in NeedsForm.base_fields}

    def act(self, answers):
        needs.describe(self.subject, by=self.request.user, **answers)


class OutcomesPage(DraftPage):
    heading = "Outcomes and tasks"
    form_class = OutcomesForm

    def get_initial(self):
        words = [outcome.words for outcome in self.subject.outcomes.all()]
        return dict(zip(("first", "second", "third"), words, strict=False)) | {"tasks": self.subject.needs.tasks}

    def form_valid(self, form):
        self.words = form.words
        return super().form_valid(form)

    def act(self, answers):
        needs.set_outcomes(self.subject, words=self.words, by=self.request.user)
        needs.describe(self.subject, tasks=answers["tasks"], by=self.request.user)


class PreferencesPage(DraftPage):
    heading = "What matters to the person"
    form_class = PreferencesForm

    def get_initial(self):
        said = {name: getattr(self.subject.needs, name) for name in PreferencesForm.base_fields}
        return said | {"carer_gender": said["carer_gender"] or "any"}

    def act(self, answers):
        needs.describe(self.subject, by=self.request.user, **answers)


class TimetablePage(DraftPage):
    heading = "Visits in a week"
    done = "Added"
    form_class = VisitForm
    template_name = "referrals/needs/timetable.html"

    def get_initial(self):
        return {"carers": 1}

    def get_success_url(self):
        return reverse("referral_timetable", args=[self.subject.reference])

    def act(self, answers):
        needs.add_visits(self.subject, by=self.request.user, **answers)

    def get_context_data(self, **kwargs):
        page = super().get_context_data(**kwargs)
        lines = week_of(self.subject.visits.all())
        return page | {
            "rows": timetable(lines),
            "visits": [(visit.pk, Line.of(visit)) for visit in self.subject.visits.all()],
            "hours": hours_a_week(lines),
        }


class RemoveVisit(OwnReferral, ButtonView):
    may = REFERRERS
    deed = "write a referral"
    done = "Visit removed"

    def act(self, answers):
        held = Referral.objects.select_for_update(of=("self",)).get(pk=self.subject.pk)
        if reason := rules.reason_not_to_edit(held, self.request.user):
            raise Refused(reason)
        needs.remove_visits(self.subject, ids=[self.kwargs["visit"]], by=self.request.user)

    def get_success_url(self):
        return reverse("referral_timetable", args=[self.subject.reference])


class PapersPage(DraftPage):
    """Which papers are on the record. They may also come after the referral: the broker is told which are missing."""

    heading = "Papers on record"
    form_class = PaperForm
    template_name = "referrals/documents/papers.html"
    reason_not_to = None

    def get_form_kwargs(self):
        terms = self.subject.pathway.terms
        kinds = {*terms.papers, *terms.papers_if_urgent}
        return super().get_form_kwargs() | {"kinds": kinds}

    def get_success_url(self):
        return reverse("referral_papers", args=[self.subject.reference])

    def act(self, answers):
        documents.record_paper(self.subject, by=self.request.user, **answers)

    def get_context_data(self, **kwargs):
        page = super().get_context_data(**kwargs)
        have = {paper.kind: paper for paper in self.subject.papers.all()}
        kinds = [*kinds_needed(self.subject), *(kind for kind in have if kind not in kinds_needed(self.subject))]
        return page | {"papers": [(PaperKind(kind).label, have.get(kind)) for kind in kinds]}


class WhenPage(DraftPage):
    heading = "Start, urgency and funding"
    form_class = WhenForm

    def get_initial(self):
        said = {name: getattr(self.subject, name) for name in WhenForm.base_fields}
        return said | {"is_interim": "yes" if self.subject.is_interim else "no"}

    def act(self, answers):
        actions.say_when(self.subject, by=self.request.user, **answers)


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
