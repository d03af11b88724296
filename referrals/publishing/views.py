"""Pathways as everybody reads them: which there are, what each asks, and what it was before."""

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from brokerage.design.views import ActionView, ButtonView, Door
from referrals.pathways import in_words
from referrals.pathways.models import Pathway, PathwayDraft
from referrals.pathways.rules import Known
from referrals.publishing import actions, queries, rules
from referrals.publishing.forms import BringBackForm, NewPathwayForm, WithdrawForm
from referrals.publishing.known import known


def told_of(section: str, terms, names: Known) -> list[dict]:
    """Each line of a section: its words, or a list where it says several things."""
    return [{"label": label} | _told(said) for label, said in in_words.lines_of(section, terms, names)]


def _told(said: str | list[str]) -> dict:
    """Short things stand in one line; what is a sentence or holds a comma has a line of its own."""
    if isinstance(said, list) and all(len(each) < 45 and "," not in each for each in said):
        said = ", ".join(said)
    return {"words": said} if isinstance(said, str) else {"several": said}


def sections_of(terms, names: Known) -> list[dict]:
    """The whole of a pathway for a page: each section with its lines, and the questions page by page."""
    told = [
        {"key": key, "label": label, "lines": told_of(key, terms, names)} for key, label in in_words.SECTIONS.items()
    ]
    asked = next(section for section in told if section["key"] == "asked")
    asked["pages"] = [
        {
            "label": page.label,
            "guidance": page.guidance,
            "questions": [
                {"words": in_words.question(question, terms), "hint": question.hint, "why": question.why}
                for question in terms.asks(page.key)
            ],
        }
        for page in terms.own_pages
    ]
    return told


class ReadsPathways(Door, TemplateView, abstract=True):
    may = rules.READS
    deed = "read the pathways"

    @property
    def changes_them(self):
        return rules.reason_not_to_change(self.request.user) is None

    @cached_property
    def pathway(self):
        """The version in force; of one withdrawn, its last."""
        latest = Pathway.objects.filter(code=self.kwargs["code"]).order_by("-in_force", "-version")
        if found := latest.select_related("published_by", "withdrawn_by").first():
            return found
        raise Http404

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"changes_them": self.changes_them}


class Pathways(ReadsPathways):
    template_name = "referrals/publishing/pathways.html"

    def get_context_data(self, **kwargs):
        new = PathwayDraft.objects.exclude(code__in=Pathway.objects.values("code")).select_related("changed_by")
        return super().get_context_data(**kwargs) | {"rows": queries.pathways(), "new_drafts": new}


class PathwayPage(ReadsPathways):
    """The whole of one pathway in plain words."""

    template_name = "referrals/publishing/pathway.html"

    def get_context_data(self, **kwargs):
        pathway = self.pathway
        counts = Pathway.objects.filter(code=pathway.code).aggregate(
            here=Count("referrals", filter=Q(pk=pathway.pk, referrals__status__in=queries.OPEN)),
            before=Count("referrals", filter=~Q(pk=pathway.pk) & Q(referrals__status__in=queries.OPEN)),
        )
        return super().get_context_data(**kwargs) | {
            "pathway": pathway,
            "sections": sections_of(pathway.terms, known()),
            "counts": counts,
            "draft": PathwayDraft.objects.filter(code=pathway.code).select_related("changed_by").first(),
        }


class PathwayVersions(ReadsPathways):
    template_name = "referrals/publishing/versions.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "pathway": self.pathway,
            "versions": queries.versions_of(self.kwargs["code"], known()),
        }


class PathwayVersion(ReadsPathways):
    """One version as it was."""

    template_name = "referrals/publishing/version.html"

    def get_context_data(self, **kwargs):
        names = known()
        version = next(
            (
                version
                for version in queries.versions_of(self.kwargs["code"], names)
                if version.pathway.version == self.kwargs["number"]
            ),
            None,
        )
        if version is None:
            raise Http404
        return super().get_context_data(**kwargs) | {
            "version": version,
            "pathway": version.pathway,
            "sections": sections_of(version.pathway.terms, names),
        }


# -- what an administrator does with a pathway as it stands


class OnAPathway:
    may = rules.CHANGES
    deed = "change a pathway"

    @cached_property
    def subject(self):
        rows = Pathway.objects.filter(code=self.kwargs["code"])
        if number := self.kwargs.get("number"):
            return get_object_or_404(rows, version=number)
        latest = rows.order_by("-in_force", "-version").first()
        if latest is None:
            raise Http404
        return latest

    def get_caption(self):
        return self.subject.name

    def get_back(self):
        return self.subject.get_absolute_url()


class BeginChange(OnAPathway, ButtonView):
    def act(self, answers):
        return actions.begin(self.subject, by=self.request.user)

    def get_success_url(self):
        return reverse("pathway_draft", args=[self.subject.code])


class NewPathway(OnAPathway, ActionView):
    """A pathway of one's own, begun from one there is."""

    heading = "New pathway"
    form_class = NewPathwayForm

    def get_caption(self):
        return f"From {self.subject.name}"

    def get_initial(self):
        return {"serves": self.subject.serves}

    def act(self, answers):
        return actions.begin_from(self.subject, by=self.request.user, **answers)

    def get_success_url(self):
        return self.outcome.get_absolute_url()


class Withdraw(OnAPathway, ActionView):
    heading = "Withdraw this pathway"
    template_name = "referrals/publishing/withdraw.html"
    form_class = WithdrawForm
    done = "The pathway is withdrawn: nobody can refer by it any more"
    reason_not_to = rules.reason_not_to_withdraw

    def act(self, answers):
        actions.withdraw(self.subject, because=answers["because"], by=self.request.user)

    def get_context_data(self, **kwargs):
        referrals = self.subject.referrals
        return super().get_context_data(**kwargs) | {
            "open_cases": referrals.filter(status__in=queries.OPEN).count(),
            "drafts": referrals.filter(status="draft").count(),
        }


class BringBack(OnAPathway, ActionView):
    heading = "Bring this version back"
    template_name = "referrals/publishing/bring_back.html"
    form_class = BringBackForm
    reason_not_to = rules.reason_not_to_bring_back

    def get_caption(self):
        return f"{self.subject.name}, version {self.subject.version}"

    def act(self, answers):
        return actions.bring_back(self.subject, because=answers["because"], by=self.request.user)

    def get_done(self):
        published = self.outcome.pathway
        return f"{published.name} is in force again as it was in version {self.subject.version}: it is now version {published.version}"

    def get_context_data(self, **kwargs):
        in_force = Pathway.objects.in_force().filter(code=self.subject.code).first()
        changes = queries.changes_between(in_force, self.subject, known()) if in_force else []
        return super().get_context_data(**kwargs) | {"changes": changes, "in_force": in_force}
