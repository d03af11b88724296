"""Which clocks a referral starts, what pauses them, and what stops them."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from brokerage.clocks import calendars, clock, response_rules, saying, working_time
from brokerage.deadlines import actions as deadlines
from brokerage.deadlines import rules as of_clocks
from brokerage.errors import Refused
from brokerage.notify.telling import tell
from brokerage.oncall import actions as oncall
from referrals.playscheme.rules import kept_until
from referrals.timing import rules
from referrals.timing.telling_apart import waits
from referrals.timing.wording import without_name
from referrals.work import actions as work
from referrals.work.models import WaitsOn

__all__ = [
    "answer",
    "foretell",
    "foretell_for",
    "go_on",
    "open_pause",
    "pause",
    "promise",
    "resume",
    "start_clocks",
    "stop_start",
    "wait_for",
    "waits",
]

USUAL_WAIT_DAYS = 2  # working days, where nobody says by when we expect to hear
TO_PRESENT_OPTIONS = timedelta(hours=2)  # working time, from the close of an enquiry to the options


def foretell(priority, *, at=None, terms=None) -> tuple[working_time.Deadline, working_time.Deadline]:
    """(start of work, response) for a referral of this priority received now: shown before it is sent.

    Args:
        terms: the pathway's; without them, as the service level says.
    """
    policy, at = calendars.policy(), at or clock.now()
    answers_by = terms.response_rules if terms else {}
    starts_by = timedelta(minutes=terms.start_within_minutes) if terms else working_time.START_WITHIN
    return (
        response_rules.start_of_work(priority, at, policy, answers_by, starts_by),
        response_rules.response(priority, at, policy, answers_by),
    )


def start_clocks(referral, *, by):
    """Start of work and response, from the moment of receipt (DER-04, DER-06..09)."""
    start, response = _of(referral, received_at=referral.received_at, kept_until=referral.kept_until)
    _start(referral, "start", start, by=by)
    _start(referral, "response", response, by=by)
    work.refresh_due(referral)
    if referral.priority == working_time.EMERGENCY and not working_time.is_open(
        referral.received_at, calendars.policy()
    ):
        oncall.page(referral.reference, team_id=referral.team_id, by=by)


def foretell_for(referral) -> tuple[working_time.Deadline, working_time.Deadline]:
    """The same for this draft as it is: an early play scheme request is kept on file first (LEI-06)."""
    now = clock.now()
    return _of(referral, received_at=now, kept_until=kept_until(referral, timezone.localdate(now)))


def _of(referral, *, received_at, kept_until):
    terms = referral.pathway.terms
    if kept_until is None:
        return foretell(referral.priority, at=received_at, terms=terms)
    counts_from = max(received_at, calendars.policy().at(kept_until, time(0)))
    said = f"Kept on file until {saying.full_day(kept_until, year=True)}, and counted from then."
    return tuple(
        replace(deadline, sentence=f"{said} {deadline.sentence}")
        for deadline in foretell(referral.priority, at=counts_from, terms=terms)
    )


@transaction.atomic
def hurry(referral, *, by, because):
    """The case cannot wait as long as it could: each clock runs to the earlier of its two deadlines (DER-06).

    An emergency that comes to be one while the service is closed pages whoever is on call.
    """
    now, policy = clock.now(), calendars.policy()
    sooner = dict(
        zip(("start", "response"), foretell(referral.priority, at=now, terms=referral.pathway.terms), strict=True)
    )
    for kind, deadline in sooner.items():
        running = deadlines.running(referral, kind)
        if running and (running.is_paused or deadline.due_at < running.due_at):
            deadlines.stop(referral, kind, by=by, because=because)
            _start(referral, kind, deadline, by=by)
    deadlines.set_priority(referral.reference, referral.priority)
    work.refresh_due(referral)
    if referral.priority == working_time.EMERGENCY and not working_time.is_open(now, policy):
        oncall.page(referral.reference, team_id=referral.team_id, by=by)


def stop_start(referral, *, by):
    deadlines.stop(referral, "start", by=by, because="Work began")
    oncall.acknowledge_case(referral.reference, by=by)
    work.refresh_due(referral)


@transaction.atomic
def pause(referral, *, waits_on, because, by, whom="", expected=None):
    """Pause the response clock and say in the queue whom the case waits for.

    Harmless where the clock does not run or is never paused: then only the queue says it. Where it is paused already for
    somebody else, that pause ends and this one begins in the same instant, so that each wait is told apart.

    Args:
        expected: the Deadline by which we expect to hear: see `working_time.expected`.
    """
    running = deadlines.hold(referral, "response")
    if running and running.is_paused and _the_same(running, waits_on, whom):
        return None
    if running and running.is_paused:
        deadlines.resume(
            referral, "response", by=by, because=f"The case now waits on {WaitsOn(waits_on).label.lower()}"
        )
        running = deadlines.running(referral, "response")
    paused = None
    if of_clocks.reason_not_to_pause(running, "response") is None:
        paused = deadlines.pause(
            referral, "response", waits_on=waits_on, because=because, by=by, whom=whom, expected=expected
        )
    work.wait_on(referral, waits_on=waits_on)
    return paused


@transaction.atomic
def resume(referral, *, by, because="", waits_on=None):
    """Let the response clock go on: what was unspent is given back. Harmless where it is not paused.

    Args:
        waits_on: end only a wait on this, such as panel; another goes on.
    """
    running = deadlines.running(referral, "response")
    if running is None or not running.is_paused:
        return None
    if waits_on and running.pauses.open().get().waits_on != waits_on:
        return None
    resumed = deadlines.resume(referral, "response", by=by, because=because)
    work.wait_on(referral, waits_on=WaitsOn.BROKERAGE)
    return resumed


@transaction.atomic
def wait_for(referral, *, waits_on, because, by, whom="", expected_at: datetime | None = None):
    """A broker pauses the response clock by hand. The referrer hears of it when they are the one we wait for."""
    deadlines.hold(referral, "response")
    if reason := rules.reason_not_to_wait(referral, by):
        raise Refused(reason)
    if expected_at and expected_at <= clock.now():
        raise Refused("Enter a day and time still to come for when you expect to hear.")
    whom = without_name(whom.strip(), referral.person) or _usual(referral, waits_on)
    name = whom or WaitsOn(waits_on).label.lower()
    expected = working_time.expected(expected_at or _usually(), clock.now(), calendars.policy(), whom=name)
    paused = pause(referral, waits_on=waits_on, because=because, by=by, whom=whom, expected=expected)
    if waits_on == WaitsOn.REFERRER and referral.coordinator_id != by.pk:
        tell(
            referral.coordinator_address,
            "clock-paused",
            case=referral.reference,
            about=referral,
            initials=referral.initials,
            reference=referral.reference,
            because=without_name(because, referral.person),
            by=by.full_name,
            expected=expected.sentence,
        )
    return paused


@transaction.atomic
def go_on(referral, *, by, because=""):
    """A broker lets the response clock go on by hand."""
    deadlines.hold(referral, "response")
    if reason := rules.reason_not_to_go_on(referral, by):
        raise Refused(reason)
    return resume(referral, by=by, because=because)


def open_pause(referral):
    """The ledger's open line on the response clock, if it is paused."""
    running = deadlines.running(referral, "response")
    return running.pauses.open().first() if running else None


def answer(referral, *, by, because):
    """A substantive answer reached the referrer: options, an arranged service, or a question about what may flex."""
    for kind in ("response", "options", "wait"):
        deadlines.stop(referral, kind, by=by, because=because)
    work.refresh_due(referral)


def expect_words(referral, *, by):
    """The referrer was asked what may flex: that they write back has a clock, so that the case is not forgotten."""
    deadlines.stop(referral, "wait", by=by, because="Asked again")
    whom = _usual(referral, WaitsOn.REFERRER)
    _start(referral, "wait", working_time.expected(_usually(), clock.now(), calendars.policy(), whom=whom), by=by)
    work.refresh_due(referral)


def words_came(referral, *, by):
    deadlines.stop(referral, "wait", by=by, because="They wrote back")
    work.refresh_due(referral)


def options_due_after(closes_at):
    """When options are promised for, where offers close at this instant: two working hours later."""
    return working_time.add_working(closes_at, TO_PRESENT_OPTIONS, calendars.policy())


def promise(referral, *, by, until, plan):
    """A dated plan is an answer too; it starts the clock of what it promised.

    Args:
        until: when the options are promised for; see `options_due_after`.
        plan: the sentence the referrer reads, such as "14 providers asked, offers close Wed 12:30, options with you by 14:30".
    """
    policy, now = calendars.policy(), clock.now()
    deadlines.stop(referral, "response", by=by, because=plan)
    for kind in ("options", "wait"):
        deadlines.stop(referral, kind, by=by, because="A new plan was given")
    deadline = replace(working_time.promised(until, now, policy), sentence=plan)
    _start(referral, "options", deadline, by=by)
    work.refresh_due(referral)


def _usually() -> datetime:
    """By when we expect to hear, where nobody says: closing on the second working day."""
    return working_time.within_days(USUAL_WAIT_DAYS, clock.now(), calendars.policy(), rule="wait").due_at


def _the_same(running, waits_on, whom) -> bool:
    paused = running.pauses.open().get()
    return (paused.waits_on, paused.whom) == (waits_on, whom.strip())


def _usual(referral, waits_on) -> str:
    return referral.coordinator.full_name if waits_on == WaitsOn.REFERRER else ""


def _start(referral, kind, deadline, *, by):
    deadlines.start(
        referral,
        kind,
        deadline=deadline,
        case=referral.reference,
        team_id=referral.team_id,
        owner_id=referral.broker_id,
        priority=referral.priority,
        by=by,
    )
