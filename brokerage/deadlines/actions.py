"""Start a clock, stop it, hand it on."""

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from brokerage.clocks import calendars, clock, stages
from brokerage.clocks.working_time import Deadline
from brokerage.errors import Refused

from .escalating import escalate_due
from .models import Clock, Kind, Stage

__all__ = ["escalate_due", "hand_case_to", "hand_to", "running", "start", "stop"]


@transaction.atomic
def start(
    subject,
    kind: str,
    *,
    deadline: Deadline,
    case: str,
    team_id: int | None,
    owner_id: int | None = None,
    priority: str = "routine",
    initials: str = "",
    by,
) -> Clock:
    """Start a clock, with the instants at which it will escalate.

    Raises:
        Refused: one of this kind is running already, or it would be due before it starts.
    """
    started_at = deadline.counted_from or clock.now()
    if deadline.due_at <= started_at:
        raise Refused(f"{Kind(kind).label} for {case} must be due later than it starts.")
    try:
        with transaction.atomic():
            started = Clock.objects.create(
                subject_label=subject._meta.label,
                subject_id=str(subject.pk),
                kind=kind,
                case=case,
                initials=initials or getattr(subject, "initials", ""),
                priority=priority,
                team_id=team_id,
                owner_id=owner_id,
                started_at=started_at,
                started_by=_user(by),
                due_at=deadline.due_at,
                sentence=deadline.sentence,
                rule=deadline.rule,
                calendar=deadline.calendar,
            )
    except IntegrityError as conflict:
        if "clock_of_a_kind_runs_once" not in str(conflict):
            raise
        raise Refused(f"{Kind(kind).label} for {case} is already being timed.") from None
    due = stages.instants(priority, started_at, deadline.due_at, calendars.policy())
    Stage.objects.bulk_create([Stage(clock=started, name=name, due_at=at) for name, at in due.items()])
    return started


@transaction.atomic
def stop(subject, kind: str, *, by, because: str = "") -> Clock | None:
    """Stop the clock, if it runs: nobody is told about it any more. A second stop finds nothing to change."""
    # Not FOR UPDATE: what points at a clock, as an escalation does, need not wait for this.
    found = Clock.objects.of(subject).running().filter(kind=kind).select_for_update(no_key=True).first()
    if found is None:
        return None
    found.stopped_at = clock.now()
    found.stopped_by = _user(by)
    found.stop_reason = because
    found.save(update_fields=["stopped_at", "stopped_by", "stop_reason"])
    Stage.objects.waiting().filter(clock=found).update(settled_at=found.stopped_at)
    return found


def hand_to(subject, kind: str | None = None, *, owner_id: int | None) -> int:
    """Give the subject's running clocks, of one kind or all, to somebody else. They keep running."""
    clocks = Clock.objects.of(subject).running()
    return (clocks.filter(kind=kind) if kind else clocks).update(owner_id=owner_id)


def hand_case_to(case: str, *, owner_id: int | None) -> int:
    """Give all that is timed on a case to somebody else, but what panel owes, which is nobody's own."""
    return Clock.objects.running().filter(case=case).exclude(kind=Kind.PANEL).update(owner_id=owner_id)


def running(subject, kind: str) -> Clock | None:
    return Clock.objects.of(subject).running().filter(kind=kind).first()


def _user(by):
    """Somebody with no account, or the service itself, is named in the history and not here."""
    return by if isinstance(by, get_user_model()) else None
