"""What the short pages of a referral have in common: saved one by one, by one writer at a time, with nothing typed lost."""

from django import forms
from django.urls import reverse

from brokerage.design.forms import GovukForm
from brokerage.design.versions import who_was_first
from brokerage.design.views import ActionView
from brokerage.errors import Refused
from referrals.intake import copying, rules, saved
from referrals.intake.models import Referral
from referrals.intake.own import REFERRERS, OwnReferral
from referrals.intake.page_list import line_of
from referrals.intake.task_list import next_page
from referrals.questions import names
from referrals.questions.actions import say_not_a_name

FIELDS = {"needs": "summary", "wanted_start": "wanted_start_on", "outcomes": "first", "contact": "name"}  # of an answer
LIST, CHECK = "list", "check"


class DraftPage(OwnReferral, ActionView, abstract=True):
    """One short page of the referral. `key` is its key in the pathway's list of pages."""

    may = REFERRERS
    deed = "write a referral"
    reason_not_to = rules.reason_not_to_edit
    template_name = "referrals/intake/draft_page.html"
    key = ""
    checks_names = True  # what looks like somebody's name is pointed out, where the pathway says so (LEI-05)
    names_pointed_out: tuple[tuple[str, bool], ...] = ()

    @property
    def is_childs(self) -> bool:
        return self.subject.pathway.serves == "children"

    @property
    def then(self) -> str:
        """Where it goes on after saving: to the next page, "list" or "check"."""
        return self.request.POST.get("then") or self.request.GET.get("then", "")

    def get_heading(self):
        line = line_of(self.subject, self.key)
        return line.label if line else self.heading

    def get_back(self):
        name = "submit_referral" if self.then == CHECK else "referral_tasks"
        return reverse(name, args=[self.subject.reference])

    def get_success_url(self):
        if self.then in (LIST, CHECK):
            return self.get_back()
        following = next_page(self.get_queryset().get(pk=self.subject.pk), self.key)
        return following.href if following else reverse("referral_tasks", args=[self.subject.reference])

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        _as_the_pathway_says(form, self.subject.pathway.terms)
        return form

    def get_context_data(self, **kwargs):
        page = super().get_context_data(**kwargs)
        return page | {
            "read_version": saved.version_of(self.subject, self.key),
            "then": self.then if self.then == CHECK else "",
            "names_pointed_out": self.names_pointed_out,
        }

    # -- saving

    def post(self, request, *args, **kwargs):
        if reason := self.why_not():
            raise Refused(reason)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        if self._points_out_names(form):
            return self.form_invalid(form)
        return super().form_valid(form)

    def _do(self, answers):
        """Asked again under the row's lock: nothing is changed once it has been submitted, or after another writer."""
        held = Referral.objects.select_for_update(of=("self",)).get(pk=self.subject.pk)
        if self.reason_not_to and (reason := self.reason_not_to(held, self.request.user)):
            raise Refused(reason)
        self._refuse_if_moved(held)
        self.outcome = self.act(answers)
        self.has_acted = True
        say_not_a_name(held, words=[word for word, cleared in self.names_pointed_out if cleared], by=self.request.user)
        copying.check_off(held, self.key)
        saved.mark(held, self.key, by=self.request.user)
        return str(self.get_success_url())

    def _refuse_if_moved(self, held):
        read = self.request.POST.get("read_version", "")
        if read and read != str(saved.version_of(held, self.key)):
            row = held.saved_pages.get(page=self.key)
            raise Refused(who_was_first(row.changed_by, row.changed_at))

    # -- names

    def _points_out_names(self, form) -> bool:
        """Whether something in what was written looks like a name and was not said to be none."""
        terms = self.subject.pathway.terms
        if not self.checks_names:
            return False
        allowed, cleared = names.allowed_in(self.subject), names.said_not_to_be(self.subject)
        ticked, pointed = set(self.request.POST.getlist("not_a_name")), {}
        for field, texts in _free_texts(form, everywhere=terms.no_names).items():
            found = [word for text in texts for word in names.look_like_names(text, allowed=allowed, cleared=cleared)]
            pointed |= {word: word in ticked for word in found}
            if left := [word for word in dict.fromkeys(found) if word not in ticked]:
                form.add_error(field, names.sentence(left))
        self.names_pointed_out = tuple(pointed.items())
        return not all(pointed.values())


class AboutThePerson(DraftPage, abstract=True):
    """Pages that need to know who it is about first."""

    def why_not(self):
        they = "child" if self.is_childs else "person"
        return super().why_not() or (None if self.subject.person else f"Say who the {they} is first.")


def _free_texts(form: GovukForm, *, everywhere: bool) -> dict[str, list[str]]:
    if hasattr(form, "free_texts"):
        return form.free_texts(everywhere=everywhere)
    if not everywhere:
        return {}
    return {
        name: [form.cleaned_data[name]]
        for name, field in form.fields.items()
        if type(field) is forms.CharField and form.cleaned_data.get(name)
    }


def _as_the_pathway_says(form: GovukForm, terms) -> None:
    """Hints of its own, and questions on which it insists though they may be left out elsewhere."""
    for answer, hint in terms.hints.items():
        if field := form.fields.get(FIELDS.get(answer, answer)):
            field.help_text = hint
    for answer in terms.must:
        field = form.fields.get(FIELDS.get(answer, answer))
        if field and not field.required and str(field.label).endswith("(optional)"):
            asked = str(field.label).removesuffix("(optional)").strip()
            none = " (or None)" if type(field) is forms.CharField else ""
            field.label, field.required = asked + none, True
            field.error_messages["required"] = f"Enter {asked[0].lower()}{asked[1:]}" + (", or None" if none else "")
