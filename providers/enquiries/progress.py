"""How an enquiry fares: each provider's letter, and whether it has answered. Never what it would cost."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from brokerage.notify.models import Message, State
from providers.enquiries.models import Invitation

SILENT, OFFERED, DECLINED, CALL = "silent", "offered", "declined", "call"
ANSWERS = {"no": DECLINED, "interested": CALL}  # every other kind of reply offers something
WORDS = {SILENT: "No answer yet", OFFERED: "Offered", DECLINED: "Declined", CALL: "Asks for a call"}
LETTERS = {
    State.QUEUED: "Waiting to go",
    State.SENDING: "Being sent",
    State.SENT: "Sent",
    State.FAILED: "Could not be sent",
    State.CANCELLED: "Not sent",
}


@dataclass(frozen=True)
class Row:
    """One provider asked."""

    name: str
    service_id: int
    miles: Decimal | None
    mailbox: str
    letter: str  # a `State`
    letter_words: str
    sent_at: datetime | None
    trouble: str
    answer: str
    answer_words: str
    answered_at: datetime | None
    is_late: bool

    @property
    def needs_somebody(self) -> bool:
        return self.letter == State.FAILED and self.answer == SILENT


@dataclass(frozen=True)
class Progress:
    rows: list[Row]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """For the line at the top: asked, letters on their way, answers."""
        letters = [row.letter for row in self.rows]
        waiting = letters.count(State.QUEUED) + letters.count(State.SENDING)
        failed = letters.count(State.FAILED)
        answers = [(WORDS[answer], self._answered(answer)) for answer in (OFFERED, DECLINED, CALL, SILENT)]
        counted = [("Asked", len(self.rows)), ("Waiting to go", waiting), ("Could not be sent", failed), *answers]
        return [(words, count) for words, count in counted if count or words in ("Asked", "Offered", "Declined")]

    def _answered(self, answer) -> int:
        return sum(row.answer == answer for row in self.rows)


def of(enquiry) -> Progress:
    """Three queries, however many were asked. What needs somebody is first, then the nearest."""
    invitations = list(Invitation.objects.filter(enquiry=enquiry).select_related("enquiry").order_by("miles", "pk"))
    letters = _letters(invitations)
    answers = _answers(enquiry)
    rows = [_row(one, letters.get(str(one.pk)), answers.get(one.pk)) for one in invitations]
    return Progress(sorted(rows, key=lambda row: not row.needs_somebody))


def _letters(invitations) -> dict[str, Message]:
    """The latest letter with the link to each."""
    ids = [str(one.pk) for one in invitations]
    found = Message.objects.filter(
        about_label=Invitation._meta.label, about_id__in=ids, link_label=Invitation._meta.label
    )
    return {letter.about_id: letter for letter in found.order_by("pk")}


def _answers(enquiry) -> dict[int, tuple]:
    current = Invitation.objects.filter(enquiry=enquiry, replies__is_current=True)
    values = current.values_list("pk", "replies__kind", "replies__made_at", "replies__is_late")
    return {pk: (ANSWERS.get(kind, OFFERED), made_at, is_late) for pk, kind, made_at, is_late in values}


def _row(invitation, letter, answered) -> Row:
    answer, answered_at, is_late = answered or (SILENT, None, False)
    spoken = letter is None and invitation.enquiry.by_phone
    state = State(letter.state) if letter else State.QUEUED
    return Row(
        name=invitation.service_name,
        service_id=invitation.service_id,
        miles=invitation.miles,
        mailbox=invitation.mailbox,
        letter="" if spoken else state.value,
        letter_words="By phone" if spoken else LETTERS[state],
        sent_at=letter.sent_at if letter else None,
        trouble=letter.last_error if letter and state == State.FAILED else "",
        answer=answer,
        answer_words=WORDS[answer],
        answered_at=answered_at,
        is_late=is_late,
    )
