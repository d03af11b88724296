"""The short pages of a referral while it is a draft, each saved as it goes."""

from django.urls import reverse

from brokerage.design.views import ActionView, ButtonView
from brokerage.errors import Refused
from referrals.intake import about_the_person as people
from referrals.intake import actions, rules
from referrals.intake.models import Referral
from referrals.intake.own import REFERRERS, OwnReferral
from referrals.intake.page_forms import WhenForm
from referrals.needs import actions as needs
from referrals.needs.forms import NeedsForm, OutcomesForm, PreferencesForm, VisitForm
from referrals.needs.week import Line, hours_a_week, timetable, week_of
from referrals.people.forms import ContactForm, DecisionsForm, PersonForm


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


class WhenPage(DraftPage):
    heading = "Start, urgency and funding"
    form_class = WhenForm

    def get_initial(self):
        said = {name: getattr(self.subject, name) for name in WhenForm.base_fields}
        return said | {"is_interim": "yes" if self.subject.is_interim else "no"}

    def act(self, answers):
        actions.say_when(self.subject, by=self.request.user, **answers)
