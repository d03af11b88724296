"""One referral from end to end, read once for the page: every stage's part in it, in a constant number of queries."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q

from brokerage.audit.recording import history_of
from brokerage.clocks import saying
from brokerage.deadlines.models import Clock, Kind, Moved, Pause
from brokerage.deadlines.rules import reason_not_to_pause
from brokerage.notify.models import Message
from placements.choosing import queries as choosing
from placements.contracts.models import Contract
from placements.panel.models import Submission, SubmissionStatus
from placements.placing.models import Placement
from providers.enquiries.models import Enquiry
from providers.ringround.models import RingRound
from providers.ringround.rules import may_be_rung_round
from referrals.agreements.rules import reason_not_to_search
from referrals.documents.queries import Papers, papers_of
from referrals.intake.models import Referral
from referrals.needs.models import CareBand, Task
from referrals.needs.week import hours_a_week, in_brief, timetable, week_of
from referrals.questions.answers import answers_of
from referrals.timing.telling_apart import waits
from referrals.work.models import WaitsOn


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

    @cached_property
    def waits(self) -> list[tuple[str, str]]:
        """Whose working time it was so far, by whose it was; those who had none are left out (AMB-01)."""
        spent = waits(self.referral, at=self.now)
        return [(WaitsOn(whose).label, saying.roughly(span)) for whose, span in spent.items() if span]

    @property
    def stopped_clocks(self):
        return [each for each in self.clocks if each.stopped_at is not None]

    @property
    def due(self):
        return next((each for each in self.running_clocks if each.is_ticking), None)

    @property
    def response(self):
        return next((each for each in self.running_clocks if each.kind == Kind.RESPONSE), None)

    @property
    def may_pause(self) -> bool:
        return reason_not_to_pause(self.response, Kind.RESPONSE) is None

    @cached_property
    def ledger(self):
        """The pauses of its clocks, newest first."""
        rows = Pause.objects.of_case(self.referral.reference)
        return list(rows.select_related("clock", "paused_by", "ended_by").order_by("-id"))

    @property
    def wait(self):
        """The pause by which we wait for somebody, other than for papers: those are said where papers are."""
        if self.response is None or not self.response.is_paused or self.papers.asked:
            return None
        return next((each for each in self.ledger if each.is_open and each.clock_id == self.response.pk), None)

    @property
    def referrer_to_say(self):
        """Since when the referrer is to say what may change, where no clock is paused for it."""
        row = getattr(self.referral, "work", None)
        if row is None or not row.is_open or row.waits_on != WaitsOn.REFERRER or self.papers.asked or self.wait:
            return None
        return row.waits_since

    @cached_property
    def moves(self):
        """Where a day that we are closed moved one of its deadlines, newest first."""
        rows = Moved.objects.of_case(self.referral.reference)
        return list(rows.select_related("clock", "moved_by").order_by("-id"))

    @cached_property
    def papers(self) -> Papers:
        return papers_of(self.referral)

    @property
    def missing_papers(self) -> list[str]:
        return self.papers.missing

    @cached_property
    def week(self):
        return week_of(self.referral.visits.all())

    @property
    def timetable(self) -> list[dict]:
        return timetable(self.week)

    @property
    def visits_in_brief(self) -> list[str]:
        return in_brief(self.week, with_tasks=True)

    @property
    def bands(self) -> str:
        return ", ".join(CareBand(band).label for band in self.referral.needs.bands)

    @property
    def tasks(self) -> str:
        return ", ".join(Task(task).label for task in self.referral.needs.tasks)

    @cached_property
    def answers(self):
        """To the pathway's own questions."""
        return answers_of(self.referral)

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
    def ring_rounds(self):
        rounds = RingRound.objects.filter(referral=self.referral).annotate(
            to_ring=Count("lines"), rung=Count("lines", filter=Q(lines__tries__gt=0))
        )
        return list(rounds.order_by("-id"))

    @property
    def ring_round(self):
        return self.ring_rounds[0] if self.ring_rounds else None

    @property
    def may_ring_round(self) -> bool:
        """Offered beside the next step; who may, the button says."""
        enquiry = self.latest_enquiry
        sealed = enquiry is not None and enquiry.status == "open" and not enquiry.open_from_start
        going = self.ring_round is not None and self.ring_round.status == "open"
        return self.referral.status == "in_progress" and may_be_rung_round(self.referral) and not sealed and not going

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
class Letter:
    address: str
    state: str
    body: str


@dataclass(frozen=True)
class Entry:
    """One line of the timeline: a deed, or a letter as it was written, to one address or to several at once."""

    at: object
    said: str
    who: str = ""
    because: str = ""
    letters: tuple[Letter, ...] = ()

    @property
    def is_letter(self) -> bool:
        return bool(self.letters)

    @property
    def body_label(self) -> str:
        return "Read the letter" if len(self.letters) == 1 else f"Read the {len(self.letters)} letters"


def timeline(reference: str, *, only: str = "", limit: int = 500) -> list[Entry]:
    """Everything that happened to a case, newest first. `only` is "deeds" or "letters"."""
    deeds = [] if only == "letters" else history_of(reference)[:limit]
    letters = [] if only == "deeds" else Message.objects.filter(case=reference).order_by("-id")[:limit]
    entries = [Entry(at=event.at, said=event.said, who=_who(event), because=event.because) for event in deeds]
    return sorted([*entries, *_posted(letters)], key=lambda entry: entry.at, reverse=True)


def _posted(messages) -> list[Entry]:
    """Letters as lines: the same one to several addresses in the same minute is one line."""
    together: dict[tuple, list[Message]] = {}
    for message in messages:
        together.setdefault((message.subject, message.date.replace(second=0, microsecond=0)), []).append(message)
    return [_line_of(same) for same in together.values()]


def _line_of(same: list[Message]) -> Entry:
    first, states = same[0], sorted({message.get_state_display().lower() for message in same})
    to = first.address if len(same) == 1 else f"{len(same)} addresses"
    return Entry(
        at=first.date,
        said=f"{'Letter' if len(same) == 1 else 'Letters'} to {to}: {first.subject}",
        who=" and ".join(states),
        letters=tuple(
            Letter(message.address, message.get_state_display().lower(), _readable(message.body)) for message in same
        ),
    )


def _readable(body: str) -> str:
    """What stood where the link or the code goes is never kept, so it is named."""
    return body.replace("[[link]]", "[link]").replace("[[code]]", "[code]")


def _who(event) -> str:
    return ", ".join(part for part in (event.actor_name, event.actor_role, event.actor_organisation) if part)


def of(reference: str, user, *, now) -> CaseFile:
    """
    Raises:
        Referral.DoesNotExist: no such case, or none that this person may see.
    """
    referral = (
        Referral.objects.visible_to(user)
        .select_related(
            "pathway", "person", "team", "broker", "coordinator", "referred_by", "needs", "started_by", "work"
        )
        .prefetch_related("outcomes", "papers", "paper_waivers", "visits", "person__contacts")
        .get(reference=reference)
    )
    return CaseFile(referral=referral, now=now)
