"""The short pages that are written in code."""

from referrals.intake import about_the_person as people
from referrals.intake import actions
from referrals.intake.draft_page import AboutThePerson, DraftPage
from referrals.intake.page_forms import WhenForm
from referrals.needs import actions as needs
from referrals.needs.forms import ChildsNeedsForm, NeedsForm, OutcomesForm, PreferencesForm
from referrals.people.forms import ContactForm, DecisionsForm, PersonForm


class PersonPage(DraftPage):
    key = "person"
    heading = "The person"
    form_class = PersonForm
    checks_names = False

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"is_childs": self.is_childs}

    def get_initial(self):
        person = self.subject.person
        return {name: getattr(person, name) for name in PersonForm.base_fields} if person else {}

    def act(self, answers):
        people.say_who(self.subject, by=self.request.user, **answers)


class ContactPage(AboutThePerson):
    key = "contact"
    heading = "Whom we may ring about them"
    form_class = ContactForm
    checks_names = False

    def get_form_kwargs(self):
        must = "contact" in self.subject.pathway.terms.must
        return super().get_form_kwargs() | {"must": must, "is_childs": self.is_childs}

    def get_initial(self):
        person = self.subject.person
        contact = person and person.contacts.filter(is_main=True).first()
        return {"name": contact.name, "relationship": contact.relationship, "phone": contact.phone} if contact else {}

    def act(self, answers):
        people.say_main_contact(self.subject, by=self.request.user, **answers)


class DecisionsPage(AboutThePerson):
    key = "decisions"
    heading = "Deciding about this support"
    form_class = DecisionsForm
    checks_names = False

    def get_initial(self):
        person = self.subject.person
        contact = person and person.contacts.filter(supports_best_interests=True).first()
        said = {"name": contact.name, "relationship": contact.relationship, "phone": contact.phone} if contact else {}
        return {"capacity": self.subject.capacity} | said

    def act(self, answers):
        people.say_how_decisions_are_made(self.subject, by=self.request.user, **answers)


class NeedsPage(DraftPage):
    key = "needs"
    heading = "Needs"

    def get_form_class(self):
        return ChildsNeedsForm if self.is_childs else NeedsForm

    def get_form_kwargs(self):
        asks = (
            {"asks_for_current_support": "current_support" in self.subject.pathway.terms.must} if self.is_childs else {}
        )
        return super().get_form_kwargs() | asks

    def get_initial(self):
        if self.is_childs:
            return ChildsNeedsForm.initial_of(self.subject.needs)
        return {name: getattr(self.subject.needs, name) for name in NeedsForm.base_fields}

    def act(self, answers):
        needs.describe(self.subject, by=self.request.user, **answers)


class OutcomesPage(DraftPage):
    key = "outcomes"
    heading = "Outcomes and tasks"
    form_class = OutcomesForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"asks_for_tasks": bool(self.subject.pathway.terms.service_kind)}

    def get_initial(self):
        words = [outcome.words for outcome in self.subject.outcomes.all()]
        return dict(zip(("first", "second", "third"), words, strict=False)) | {"tasks": self.subject.needs.tasks}

    def form_valid(self, form):
        self.words = form.words
        return super().form_valid(form)

    def act(self, answers):
        needs.set_outcomes(self.subject, words=self.words, by=self.request.user)
        if "tasks" in answers:
            needs.describe(self.subject, tasks=answers["tasks"], by=self.request.user)


class PreferencesPage(DraftPage):
    key = "preferences"
    heading = "What matters to the person"
    form_class = PreferencesForm

    def get_initial(self):
        said = {name: getattr(self.subject.needs, name) for name in PreferencesForm.base_fields}
        return said | {"carer_gender": said["carer_gender"] or "any"}

    def act(self, answers):
        needs.describe(self.subject, by=self.request.user, **answers)


class WhenPage(DraftPage):
    key = "when"
    heading = "Start, urgency and funding"
    form_class = WhenForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"terms": self.subject.pathway.terms, "is_childs": self.is_childs}

    def get_initial(self):
        said = {name: getattr(self.subject, name) for name in WhenForm.base_fields}
        return said | {"is_interim": "yes" if self.subject.is_interim else "no"}

    def act(self, answers):
        actions.say_when(self.subject, by=self.request.user, **answers)
