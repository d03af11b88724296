"""The queue's row for a case, kept by every stage that moves it."""

from django.db import transaction
from django.db.models import Case, F, Max, Value, When

from brokerage.audit.recording import record
from brokerage.clocks import clock
from brokerage.deadlines.models import Clock
from brokerage.errors import Refused
from referrals.work.models import Note, WaitsOn, WorkItem
from referrals.work.spells import Spell


def take_up(referral, *, next_step):
    """Put a received referral in the queue."""
    person = referral.person
    Spell.objects.turn(referral, WaitsOn.BROKERAGE, at=referral.received_at)
    return WorkItem.objects.create(
        referral=referral,
        reference=referral.reference,
        initials=referral.initials,
        is_restricted=referral.is_restricted,
        record_id=person.record_id,
        service=referral.pathway.name,
        area=person.outward,
        priority=referral.priority,
        team=referral.team,
        owner=referral.broker,
        next_step=next_step,
        received_at=referral.received_at,
        waits_since=referral.received_at,
        changed_at=clock.now(),
    )


def move_on(referral, *, next_step, waits_on=WaitsOn.BROKERAGE, awaits_signature=False):
    """Say what the case waits for now, in one line of the broker's words, and what runs out first."""
    Spell.objects.turn(referral, waits_on, at=clock.now())
    WorkItem.objects.filter(referral=referral).update(
        next_step=next_step,
        awaits_signature=awaits_signature,
        changed_at=clock.now(),
        **_waiting(waits_on),
        **_what_is_due(referral),
    )


def wait_on(referral, *, waits_on):
    """Say whose time it is, where the next step stays what it was: a clock was paused, or goes on."""
    Spell.objects.turn(referral, waits_on, at=clock.now())
    WorkItem.objects.filter(referral=referral).update(
        changed_at=clock.now(), **_waiting(waits_on), **_what_is_due(referral)
    )


def say_who(referral):
    """Show whom the case is about, after that was put right."""
    person = referral.person
    WorkItem.objects.filter(referral=referral).update(
        initials=referral.initials, record_id=person.record_id, area=person.outward, changed_at=clock.now()
    )


def hand_to(referral, *, owner):
    WorkItem.objects.filter(referral=referral).update(owner=owner, changed_at=clock.now())


def hand_many_to(references, *, owner):
    WorkItem.objects.filter(reference__in=list(references)).update(owner=owner, changed_at=clock.now())


def close(referral, *, next_step):
    Spell.objects.turn(referral, None, at=clock.now())
    WorkItem.objects.filter(referral=referral).update(
        is_open=False,
        next_step=next_step,
        awaits_signature=False,
        due_at=None,
        due_kind="",
        due_sentence="",
        escalated_stage="",
        escalated_at=None,
        changed_at=clock.now(),
    )


def show_priority(referral):
    WorkItem.objects.filter(referral=referral).update(priority=referral.priority, changed_at=clock.now())


def refresh_due(referral):
    """Show the clock of this case that runs out first, whatever it times, and the worst mark of those that run."""
    WorkItem.objects.filter(referral=referral).update(changed_at=clock.now(), **_what_is_due(referral))


def _waiting(waits_on):
    """Since when, too: the same wait said again goes on from when it began."""
    goes_on = When(waits_on=waits_on, waits_since__isnull=False, then=F("waits_since"))
    return {"waits_on": waits_on, "waits_since": Case(goes_on, default=Value(clock.now()))}


def _what_is_due(referral):
    # The stages' names stand in the order of the alphabet as they do in time: due_soon, missed, missed_for_long.
    clocks = (
        Clock.objects.ticking()
        .filter(case=referral.reference)
        .annotate(worst=Max("escalations__stage__name"), worst_at=Max("escalations__escalated_at"))
        .next_due_first()
    )
    ticking = list(clocks)
    first = ticking[0] if ticking else None
    worst = max(ticking, key=lambda one: one.worst or "", default=None)
    return {
        "due_at": first.due_at if first else None,
        "due_kind": first.kind if first else "",
        "due_sentence": first.sentence if first else "",
        "escalated_stage": (worst.worst if worst else None) or "",
        "escalated_at": worst.worst_at if worst else None,
    }


@transaction.atomic
def add_note(referral, *, words, by, for_referrer=False):
    """
    Args:
        for_referrer: the referrer reads it too; see `referrals.intake.messages`, which tells them.
    """
    if not words.strip():
        raise Refused("Enter the note.")
    note = Note.objects.create(
        referral=referral, words=words.strip(), for_referrer=for_referrer, made_at=clock.now(), made_by=by
    )
    said = "Message between referrer and broker" if for_referrer else "Note added"
    record("note.added", note, by=by, case=referral.reference, said=said, because="")
    return note
