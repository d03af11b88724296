"""A case's papers as one screen reads them: what is on record, what is missing, what was asked for, what is still owed."""

from dataclasses import dataclass
from functools import cached_property

from referrals.documents import chasing, rules
from referrals.documents.kinds import MANY, PLANS, label_of
from referrals.documents.models import Chase, Paper, PaperRequest


@dataclass(frozen=True)
class PaperLine:
    kind: str
    label: str
    paper: Paper | None  # none where it is missing
    needed: bool
    waiver: object = None

    @property
    def is_missing(self) -> bool:
        return self.needed and self.paper is None

    @property
    def is_plan(self) -> bool:
        return self.paper is not None and self.kind in PLANS


@dataclass
class Papers:
    referral: object

    @cached_property
    def lines(self) -> list[PaperLine]:
        """What is needed, in the pathway's order; then what is on record besides; then what was waived."""
        papers = list(self._papers)
        needed = rules.kinds_needed(self.referral)
        have = {paper.kind: paper for paper in papers if paper.kind not in MANY}
        waivers = {waiver.kind: waiver for waiver in self.referral.paper_waivers.all()}
        lines = [PaperLine(kind, label_of(kind), have.get(kind), True) for kind in needed]
        lines += [
            PaperLine(paper.kind, paper.get_kind_display(), paper, False)
            for paper in papers
            if paper.kind not in needed
        ]
        lines += [
            PaperLine(kind, label_of(kind), None, False, waiver) for kind, waiver in waivers.items() if kind not in have
        ]
        return lines

    def __iter__(self):
        return iter(self.lines)

    def __len__(self):
        return len(self.lines)

    @cached_property
    def missing(self) -> list[str]:
        return rules.missing_papers(self.referral)

    @cached_property
    def asked(self) -> PaperRequest | None:
        return rules.open_request(self.referral)

    @property
    def still_wanted(self) -> list[str]:
        """Labels of what was asked for and has not come."""
        return [label_of(kind) for kind in rules.still_wanted(self.asked, self.referral)] if self.asked else []

    @cached_property
    def chase(self) -> Chase | None:
        return self.referral.chases.open().first()

    @property
    def owed(self) -> list[str]:
        """What is to follow, where a case goes on or was arranged without it."""
        return chasing.owed(self.referral) if self.chase else []

    @property
    def plan_goes_first(self) -> bool:
        """Whether a provider must have the plan before the service starts."""
        return rules.is_phone_first(self.referral) and self.referral.pathway.terms.plan_before_start

    @property
    def reason_not_to_start(self) -> str | None:
        return rules.reason_not_to_start(self.referral) if self.referral.status == "in_progress" else None

    @cached_property
    def _papers(self):
        return self.referral.papers.select_related("file", "recorded_by", "with_provider_by").prefetch_related(
            "earlier__file", "earlier__recorded_by", "earlier__replaced_by"
        )


def papers_of(referral) -> Papers:
    return Papers(referral)
