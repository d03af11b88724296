"""One referral from end to end, read once for the page: every stage's part in it, in a constant number of queries."""

from dataclasses import dataclass
from functools import cached_property

from brokerage.audit.recording import history_of
from brokerage.deadlines.models import Clock
from brokerage.notify.models import Message
from placements.choosing import queries as choosing
from placements.contracts.models import Contract
from placements.panel.models import Submission, SubmissionStatus
from placements.placing.models import Placement
from providers.enquiries.models import Enquiry
from referrals.agreements.rules import reason_not_to_search
from referrals.documents.models import PaperKind
from referrals.documents.rules import kinds_needed, missing_papers
from referrals.intake.models import Referral
from referrals.needs.week import hours_a_week, timetable, week_of


@dataclass(frozen=True)
class PaperLine:
    label: str
    paper: object  # a Paper, or None where it is missing
    needed: bool


@dataclass
class CaseFile:
    referral: Referral
    now: object

    @cached_property
    def clocks(self):
        """This case's clocks: those running first, by what is due next."""
        clocks = Clock.objects.filter(case=self.referral.reference).order_by("stopped_at", "due_at")
        return sorted(clocks, key=lambda each: (each.stopped_at is not None, each.due_at))

    @property
    def running_clocks(self):
        return [each for each in self.clocks if each.stopped_at is None]

    @property
    def due(self):
        return self.running_clocks[0] if self.running_clocks else None

    @cached_property
    def papers(self) -> list[PaperLine]:
        have = {paper.kind: paper for paper in self.referral.papers.all()}
        needed = kinds_needed(self.referral)
        kinds = [*needed, *(kind for kind in have if kind not in needed)]
        return [PaperLine(PaperKind(kind).label, have.get(kind), kind in needed) for kind in kinds]

    @cached_property
    def missing_papers(self) -> list[str]:
        return missing_papers(self.referral)

    @cached_property
    def week(self):
        return week_of(self.referral.visits.all())

    @property
    def timetable(self) -> list[dict]:
        return timetable(self.week)

    @property
    def hours_a_week(self):
        return hours_a_week(self.week)

    @cached_property
    def enquiries(self):
        return list(Enquiry.objects.filter(referral=self.referral).prefetch_related("invitations").order_by("-id"))

    @property
    def latest_enquiry(self):
        return self.enquiries[0] if self.enquiries else None

    @cached_property
    def offers(self):
        return choosing.options(self.referral, at=self.now) if self.enquiries else []

    @cached_property
    def choice(self):
        return choosing.current_choice(self.referral)

    @cached_property
    def chosen(self):
        return choosing.option_of(self.choice.reply) if self.choice else None

    @cached_property
    def submissions(self):
        rows = Submission.objects.filter(referral=self.referral).select_related(
            "agreement", "decided_by", "proposed_by"
        )
        return list(rows.order_by("-id"))

    def at_panel(self, kind) -> bool:
        return any(row.agreement.kind == kind and row.status == SubmissionStatus.AT_PANEL for row in self.submissions)

    @cached_property
    def search_refusal(self):
        return reason_not_to_search(self.referral)

    @cached_property
    def placement(self):
        return (
            Placement.objects.filter(referral=self.referral)
            .select_related("service", "arranged_by")
            .order_by("-id")
            .first()
        )

    @cached_property
    def contract(self):
        if self.placement is None:
            return None
        return Contract.objects.filter(placement=self.placement).order_by("-id").first()

    @cached_property
    def notes(self):
        return list(self.referral.notes.select_related("made_by"))


@dataclass(frozen=True)
class Entry:
    """One line of the timeline: a deed, or a letter as it was sent."""

    at: object
    said: str
    who: str = ""
    because: str = ""
    body: str = ""
    body_label: str = ""
    is_letter: bool = False


def timeline(reference: str, *, only: str = "", limit: int = 500) -> list[Entry]:
    """Everything that happened to a case, newest first. `only` is "deeds" or "letters"."""
    entries = []
    if only != "letters":
        entries += [
            Entry(at=event.at, said=event.said, who=_who(event), because=event.because)
            for event in history_of(reference)[:limit]
        ]
    if only != "deeds":
        entries += [
            Entry(
                at=letter.sent_at or letter.created_at,
                said=f"Letter to {letter.address}: {letter.subject}",
                who=letter.get_state_display().lower(),
                body=letter.body,
                body_label="Read the letter",
                is_letter=True,
            )
            for letter in Message.objects.filter(case=reference).order_by("-id")[:limit]
        ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _who(event) -> str:
    return ", ".join(part for part in (event.actor_name, event.actor_role, event.actor_organisation) if part)


def of(reference: str, user, *, now) -> CaseFile:
    """
    Raises:
        Referral.DoesNotExist: no such case, or none that this person may see.
    """
    referral = (
        Referral.objects.visible_to(user)
        .select_related("pathway", "person", "team", "broker", "coordinator", "referred_by", "needs", "started_by")
        .prefetch_related("outcomes", "papers__recorded_by", "visits", "person__contacts")
        .get(reference=reference)
    )
    return CaseFile(referral=referral, now=now)
