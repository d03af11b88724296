"""The queue's row for a case, kept by every stage that moves it."""

from django.db import transaction

from brokerage.audit.recording import record
from brokerage.clocks import clock
from brokerage.deadlines.models import Clock
from brokerage.errors import Refused
from referrals.work.models import Note, WaitsOn, WorkItem


def take_up(referral, *, next_step):
    """Put a received referral in the queue."""
    person = referral.person
    return WorkItem.objects.create(
        referral=referral,
        reference=referral.reference,
        initials=person.initials,
        record_id=person.record_id,
        service=referral.pathway.name,
        area=person.outward,
        priority=referral.priority,
        team=referral.team,
        owner=referral.broker,
        next_step=next_step,
        received_at=referral.received_at,
        changed_at=clock.now(),
    )


def move_on(referral, *, next_step, waits_on=WaitsOn.BROKERAGE):
    """Say what the case waits for now, in one line of the broker's words, and what runs out first."""
    WorkItem.objects.filter(referral=referral).update(
        next_step=next_step, waits_on=waits_on, changed_at=clock.now(), **_what_is_due(referral)
    )


def hand_to(referral, *, owner):
    WorkItem.objects.filter(referral=referral).update(owner=owner, changed_at=clock.now())


def close(referral, *, next_step):
    WorkItem.objects.filter(referral=referral).update(
        is_open=False, next_step=next_step, due_at=None, due_kind="", due_sentence="", changed_at=clock.now()
    )


def refresh_due(referral):
    """Show the clock of this case that runs out first, whatever it times."""
    WorkItem.objects.filter(referral=referral).update(changed_at=clock.now(), **_what_is_due(referral))


def _what_is_due(referral):
    first = Clock.objects.running().filter(case=referral.reference).next_due_first().first()
    return {
        "due_at": first.due_at if first else None,
        "due_kind": first.kind if first else "",
        "due_sentence": first.sentence if first else "",
    }


@transaction.atomic
def add_note(referral, *, words, by):
    if not words.strip():
        raise Refused("Enter the note.")
    note = Note.objects.create(referral=referral, words=words.strip(), made_at=clock.now(), made_by=by)
    record("note.added", note, by=by, case=referral.reference, said="Note added", because="")
    return note
