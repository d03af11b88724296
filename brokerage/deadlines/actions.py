"""Start a clock, pause it, let it go on, stop it, hand it on."""

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from brokerage.audit.recording import record
from brokerage.clocks import calendars, clock, pausing, saying, stages
from brokerage.clocks.working_time import Deadline
from brokerage.errors import Refused

from . import rules
from .escalating import escalate_due
from .models import Clock, Kind, Pause, Stage

__all__ = [
    "escalate_due",
    "hand_case_to",
    "hand_cases_to",
    "hand_to",
    "pause",
    "resume",
    "running",
    "start",
    "stop",
    "stop_case",
]


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
    found = hold(subject, kind)
    return found and _stop(found, by=by, because=because)


@transaction.atomic
def stop_case(case: str, *, by, because: str) -> int:
    """Stop whatever is timed on a case that is over. Returns how many clocks ran."""
    stopped = 0
    while found := Clock.objects.running().filter(case=case).order_by("-pk").select_for_update(no_key=True).first():
        _stop(found, by=by, because=because)  # one at a time: the end of a pause stops the clock on its wait
        stopped += 1
    return stopped


def _stop(found: Clock, *, by, because: str) -> Clock:
    found.stopped_at = clock.now()
    if found.is_paused:
        _end(_open_pause(found), found, due_after=None, by=by, because=because)
    found.paused_at = None
    found.stopped_by = _user(by)
    found.stop_reason = because
    found.save(update_fields=["stopped_at", "stopped_by", "stop_reason", "paused_at"])
    Stage.objects.waiting().filter(clock=found).update(settled_at=found.stopped_at)
    return found


@transaction.atomic
def pause(
    subject,
    kind: str,
    *,
    waits_on: str,
    because: str,
    by,
    whom: str = "",
    expected: Deadline | None = None,
) -> Pause:
    """Pause a running clock while we wait for somebody. What is left of it is kept, and nobody is told that it runs out.

    Args:
        whom: the one we wait for, as a sentence says it; the kind of wait where nobody in particular.
        expected: when we expect to hear. The wait then has a clock of its own, which escalates like any other.

    Raises:
        Refused: it does not run, is paused already, or is of a kind that is never paused.
    """
    found = hold(subject, kind)
    if reason := rules.reason_not_to_pause(found, kind):
        raise Refused(reason)
    if not because.strip():
        raise Refused("Enter why the clock is paused.")
    now = clock.now()
    paused = Pause.objects.create(
        clock=found,
        waits_on=waits_on,
        whom=whom.strip(),
        because=because.strip(),
        paused_at=now,
        paused_by=_user(by),
        due_before=found.due_at,
        left=pausing.left(found.due_at, now, calendars.policy(), elapsed=found.counts_elapsed),
    )
    found.paused_at = now
    found.save(update_fields=["paused_at"])
    Stage.objects.waiting().filter(clock=found).update(is_held=True)
    if expected:
        start(
            paused,
            Kind.WAIT,
            deadline=expected,
            case=found.case,
            team_id=found.team_id,
            owner_id=found.owner_id,
            priority=found.priority,
            initials=found.initials,
            by=by,
        )
    said = f"{found.get_kind_display()} clock paused: we wait for {paused.waits_for}"
    record("clock.paused", found, by=by, case=found.case, said=said, because=paused.because, waits_on=waits_on)
    return paused


@transaction.atomic
def resume(subject, kind: str, *, by, because: str = "") -> Clock | None:
    """Let a paused clock go on: the unspent time is given back, with a new sentence. None where it was not paused."""
    found = hold(subject, kind)
    if found is None or not found.is_paused:
        return None
    paused, now, policy = _open_pause(found), clock.now(), calendars.policy()
    elapsed, whom = found.counts_elapsed, paused.waits_for
    due_after = pausing.due_again(paused.due_before, paused.paused_at, now, paused.left, policy, elapsed=elapsed)
    if due_after != found.due_at:
        found.sentence = pausing.sentence(
            found.sentence,
            whom=whom,
            paused_at=paused.paused_at,
            ended_at=now,
            unspent=paused.left,
            due_after=due_after,
            policy=policy,
            elapsed=elapsed,
        )
    found.due_at, found.paused_at = due_after, None
    found.save(update_fields=["due_at", "paused_at", "sentence"])
    _time_stages_again(found, paused, ended_at=now, policy=policy)
    _end(paused, found, due_after=due_after, by=by, because=because)
    due = saying.short(due_after, now=now, zone=policy.zone)
    said = f"{found.get_kind_display()} clock goes on, due {due}, after waiting for {whom}"
    record("clock.resumed", found, by=by, case=found.case, said=said, because=because, waited_on=paused.waits_on)
    return found


def hand_to(subject, kind: str | None = None, *, owner_id: int | None) -> int:
    """Give the subject's running clocks, of one kind or all, to somebody else. They keep running."""
    clocks = Clock.objects.of(subject).running()
    return (clocks.filter(kind=kind) if kind else clocks).update(owner_id=owner_id)


def hand_case_to(case: str, *, owner_id: int | None) -> int:
    """Give all that is timed on a case to somebody else, but what panel owes, which is nobody's own."""
    return Clock.objects.running().filter(case=case).exclude(kind=Kind.PANEL).update(owner_id=owner_id)


def hand_cases_to(cases, *, owner_id: int | None) -> int:
    """The same of many cases."""
    return Clock.objects.running().filter(case__in=list(cases)).exclude(kind=Kind.PANEL).update(owner_id=owner_id)


def set_priority(case: str, priority: str) -> int:
    """Whoever is told of this case's clocks from now on is told so as of one of this priority."""
    return Clock.objects.running().filter(case=case).update(priority=priority)


def running(subject, kind: str) -> Clock | None:
    return Clock.objects.of(subject).running().filter(kind=kind).first()


def hold(subject, kind: str) -> Clock | None:
    """The running clock, nobody else's until this transaction ends: for whoever asks a rule about it before they act."""
    # Not FOR UPDATE: what points at a clock, as an escalation does, need not wait for this.
    return Clock.objects.of(subject).running().filter(kind=kind).select_for_update(no_key=True).first()


def _open_pause(found: Clock) -> Pause:
    return found.pauses.open().get()


def _end(paused: Pause, found: Clock, *, due_after, by, because: str) -> None:
    """Close a line of the ledger, and with it the clock on that wait."""
    stop(paused, Kind.WAIT, by=by, because=because or f"The {found.get_kind_display().lower()} clock went on")
    paused.ended_at, paused.ended_by, paused.ended_because = clock.now(), _user(by), because
    paused.due_after = due_after
    paused.save(update_fields=["ended_at", "ended_by", "ended_because", "due_after"])


def _time_stages_again(found: Clock, paused: Pause, *, ended_at, policy) -> None:
    held = list(Stage.objects.waiting().filter(clock=found))
    again = stages.after_pause(
        {stage.name: stage.due_at for stage in held},
        paused_at=paused.paused_at,
        ended_at=ended_at,
        due_before=paused.due_before,
        due_after=found.due_at,
        policy=policy,
        elapsed=found.counts_elapsed,
    )
    for stage in held:
        stage.due_at, stage.is_held = again[stage.name], False
    Stage.objects.bulk_update(held, ["due_at", "is_held"])


def _user(by):
    """Somebody with no account, or the service itself, is named in the history and not here."""
    return by if isinstance(by, get_user_model()) else None
