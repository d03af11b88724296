"""A change to a pathway while it is written: section by section, compared with what is in force, then published."""

from django.http import Http404
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from brokerage.design.views import ActionView, ButtonView, Door
from brokerage.errors import Refused
from referrals.pathways import in_words
from referrals.pathways.models import Pathway, PathwayDraft
from referrals.pathways.rules import reasons_not_to_follow
from referrals.publishing import actions, effects, forms, queries, rules
from referrals.publishing.known import known
from referrals.publishing.views import told_of

SECTIONS = (  # key, address
    ("offered", "pathway_draft_offered"),
    ("asked", "pathway_draft_asked"),
    ("papers", "pathway_draft_papers"),
    ("agreements", "pathway_draft_agreements"),
    ("clocks", "pathway_draft_clocks"),
    ("rounds", "pathway_draft_rounds"),
    ("sheet", "pathway_draft_sheet"),
    ("guidance", "pathway_draft_guidance"),
)


class OfADraft:
    may = rules.CHANGES
    deed = "change a pathway"

    @cached_property
    def subject(self):
        drafts = PathwayDraft.objects.select_related("based_on", "changed_by", "begun_by")
        if draft := drafts.filter(code=self.kwargs["code"]).first():
            return draft
        if Pathway.objects.filter(code=self.kwargs["code"]).exists():
            raise Refused(
                "This change was published or thrown away. Open the pathway to see it as it is, or begin again."
            )
        raise Http404

    def get_caption(self):
        return f"{self.subject.name}, a change not published yet"

    def get_back(self):
        return self.subject.get_absolute_url()

    @property
    def in_force(self):
        return Pathway.objects.in_force().filter(code=self.subject.code).first()


class Draft(OfADraft, Door, TemplateView):
    """The change so far, what is still wrong with it, and the way to each section."""

    template_name = "referrals/publishing/draft.html"

    def get_context_data(self, **kwargs):
        draft, names = self.subject, known()
        return super().get_context_data(**kwargs) | {
            "draft": draft,
            "caption": self.get_caption(),
            "changes": queries.changes_of(draft, names),
            "to_put_right": reasons_not_to_follow(draft.name, draft.terms, names),
            "effect": _effect(draft),
            "sections": [
                {
                    "label": in_words.SECTIONS[key],
                    "href": reverse(name, args=[draft.code]),
                    "lines": told_of(key, draft.terms, names),
                }
                for key, name in SECTIONS
            ],
        }


def _effect(draft):
    """What the change would have done to the clocks; None where it does not touch them."""
    before, after = draft.based_on.terms, draft.terms
    if (before.response_rules, before.start_within_minutes) == (after.response_rules, after.start_within_minutes):
        return None
    return effects.of_terms(draft.based_on.code, before, after)


class Section(OfADraft, ActionView, abstract=True):
    """One section of the draft as a form."""

    done = "Kept in the draft. It holds only once it is published."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"draft": self.subject}

    def form_valid(self, form):
        self.form = form
        return super().form_valid(form)

    def act(self, answers):
        return actions.change(self.subject, by=self.request.user, **self.form.facts())


class Offered(Section):
    heading = "What it is"
    form_class = forms.OfferedForm


class Papers(Section):
    heading = "Papers"
    form_class = forms.PapersForm


class Clocks(Section):
    heading = "Clocks"
    form_class = forms.ClocksForm
    template_name = "referrals/publishing/clocks.html"


class Rounds(Section):
    heading = "How providers are asked"
    form_class = forms.RoundsForm


class Sheet(Section):
    heading = "What providers may read"
    form_class = forms.SheetForm


class Guidance(Section):
    heading = "Guidance and signposts"
    form_class = forms.GuidanceForm


class Agreements(Section):
    heading = "Approvals and agreements"
    form_class = forms.AgreementsForm
    template_name = "referrals/publishing/agreements.html"

    def get_context_data(self, **kwargs):
        draft, names = self.subject, known()
        said = next(line for line in in_words.LINES if line.fields == ("waivers",)).say(draft.terms, names)
        return super().get_context_data(**kwargs) | {"waivers": list(enumerate(said))}


class AddWaiver(Section):
    heading = "What a case may go without"
    form_class = forms.WaiverForm

    def get_success_url(self):
        return reverse("pathway_draft_agreements", args=[self.subject.code])

    get_back = get_success_url


class DraftButton(OfADraft, ButtonView, abstract=True):
    goes_back_to = "pathway_draft_asked"

    def get_success_url(self):
        return reverse(self.goes_back_to, args=[self.subject.code])

    def facts(self, terms) -> dict:
        raise NotImplementedError

    def act(self, answers):
        actions.change(self.subject, by=self.request.user, **self.facts(self.subject.terms))


class RemoveWaiver(DraftButton):
    goes_back_to = "pathway_draft_agreements"
    done = "Removed"

    def facts(self, terms):
        return {"waivers": tuple(each for n, each in enumerate(terms.waivers) if n != self.kwargs["number"])}


# -- what is asked


class Asked(Section):
    """Pages and questions, in order; and which of the usual answers may not be left out."""

    heading = "What is asked"
    form_class = forms.MustForm
    template_name = "referrals/publishing/asked.html"

    def get_success_url(self):
        return reverse("pathway_draft_asked", args=[self.subject.code])

    def get_back(self):
        return self.subject.get_absolute_url()

    def get_context_data(self, **kwargs):
        terms = self.subject.terms
        own = {page.key: page for page in terms.own_pages}
        return super().get_context_data(**kwargs) | {
            "pages": [
                {
                    "key": key,
                    "label": in_words.page(key, terms),
                    "own": own.get(key),
                    "questions": [(asked.key, in_words.question(asked, terms)) for asked in terms.asks(key)],
                }
                for key in terms.pages
            ],
            "hints": [f"{in_words.ANSWERS.get(key, key).capitalize()}: {hint}" for key, hint in terms.hints.items()],
        }


class OnAsked(Section, abstract=True):
    def get_success_url(self):
        return reverse("pathway_draft_asked", args=[self.subject.code])

    def get_back(self):
        return reverse("pathway_draft_asked", args=[self.subject.code])


class AddPage(OnAsked):
    heading = "Add a page"
    form_class = forms.AddPageForm


class Hint(OnAsked):
    heading = "A hint of its own"
    form_class = forms.HintForm


class ChangePage(OnAsked):
    heading = "Change the page"
    form_class = forms.PageForm

    @cached_property
    def page(self):
        return _found(self.subject.terms.own_pages, self.kwargs["key"])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"page": self.page}


class AddQuestion(ChangePage):
    heading = "Add a question"
    form_class = forms.QuestionForm

    def get_caption(self):
        return f"{self.subject.name}: {self.page.label}"


class ChangeQuestion(OnAsked):
    heading = "Change the question"
    form_class = forms.QuestionForm

    @cached_property
    def question(self):
        return _found(self.subject.terms.questions, self.kwargs["key"])

    def get_form_kwargs(self):
        page = _found(self.subject.terms.own_pages, self.question.page)
        return super().get_form_kwargs() | {"page": page, "question": self.question}


class RemovePage(DraftButton):
    done = "Page removed"

    def facts(self, terms):
        key = self.kwargs["key"]
        if key not in terms.pages:
            raise Http404
        if key in {"person", "when"}:
            raise Refused("Every referral says who the person is and when support should start, so this page stays.")
        return {
            "pages": tuple(each for each in terms.pages if each != key),
            "own_pages": tuple(page for page in terms.own_pages if page.key != key),
            "questions": tuple(question for question in terms.questions if question.page != key),
        }


class MovePage(DraftButton):
    done = "Moved"

    def facts(self, terms):
        if self.kwargs["key"] not in terms.pages:
            raise Http404
        return {"pages": _moved(list(terms.pages), self.kwargs["key"], self.kwargs["way"])}


class RemoveQuestion(DraftButton):
    done = "Question removed"

    def facts(self, terms):
        gone = _found(terms.questions, self.kwargs["key"])
        waiting = [each.label for each in terms.questions if each.shown_when and each.shown_when.question == gone.key]
        if waiting:
            raise Refused(f"“{waiting[0]}” is asked only after “{gone.label}”. Change that question first.")
        return {"questions": tuple(each for each in terms.questions if each.key != gone.key)}


class MoveQuestion(DraftButton):
    """Among the questions of its own page."""

    done = "Moved"

    def facts(self, terms):
        moving = _found(terms.questions, self.kwargs["key"])
        own = [each.key for each in terms.asks(moving.page)]
        order = iter(_moved(own, moving.key, self.kwargs["way"]))
        by_key = {each.key: each for each in terms.questions}
        return {
            "questions": tuple(by_key[next(order)] if each.page == moving.page else each for each in terms.questions)
        }


def _found(things, key):
    for thing in things:
        if thing.key == key:
            return thing
    raise Http404


def _moved(keys: list[str], key: str, way: str) -> tuple[str, ...]:
    at = keys.index(key)
    to = max(0, at - 1) if way == "up" else min(len(keys) - 1, at + 1)
    keys.insert(to, keys.pop(at))
    return tuple(keys)


# -- the end of it


class Publish(OfADraft, ActionView):
    heading = "Publish the change"
    template_name = "referrals/publishing/publish.html"
    form_class = forms.PublishForm
    reason_not_to = rules.reason_not_to_publish

    def act(self, answers):
        self.code = self.subject.code
        return actions.publish(self.subject, because=answers["because"], by=self.request.user)

    def get_success_url(self):
        return reverse("pathway", args=[self.code])

    def get_done(self):
        published = self.outcome
        moved = published.moved
        drafts = f" {moved} draft referral{'' if moved == 1 else 's'} moved to it." if moved else ""
        return f"{published.pathway.name}, version {published.pathway.version}, is in force.{drafts}"

    def get_context_data(self, **kwargs):
        draft = self.subject
        return super().get_context_data(**kwargs) | {
            "draft": draft,
            "changes": queries.changes_of(draft, known()),
            "effect": _effect(draft),
        }


class Discard(OfADraft, ButtonView):
    done = "The change was thrown away"
    goes_to = reverse_lazy("pathways")

    def act(self, answers):
        actions.discard(self.subject, by=self.request.user)
