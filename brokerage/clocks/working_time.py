"""What is due when: pure arithmetic under a policy. No database and no "now".

Every rule comes twice: `…_due` answers with the instant alone, for work by the thousand; the other with a `Deadline`,
which carries the sentence a broker can read out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from brokerage.clocks import sentences
from brokerage.clocks.policy import AFTERNOON, NEXT_OPENING, Policy
from brokerage.clocks.windows import BeforeTable, Windows

__all__ = ["AFTERNOON", "NEXT_OPENING", "Deadline", "Policy"]

ROUTINE, URGENT, EMERGENCY = PRIORITIES = ("routine", "urgent", "emergency")
START_WITHIN = timedelta(hours=2)
EMERGENCY_WITHIN = timedelta(hours=1)
CHILDREN_REPLY_DAYS = {"children_standard": 5, "children_urgent": 2}
REPLY_RULES = ("adults_one_working_day", *CHILDREN_REPLY_DAYS)


@dataclass(frozen=True)
class Deadline:
    """When something is due, frozen with the rule and the calendar it was worked out under, and why in one breath."""

    due_at: datetime
    sentence: str
    rule: str
    calendar: str
    counted_from: datetime | None = None  # what came in, or went out, when


# -- arithmetic


def add_working(instant: datetime, span: timedelta, policy: Policy) -> datetime:
    """The instant by which this much working time has passed. Ending exactly at closing, it ends that day."""
    if span < timedelta():
        raise ValueError("Working time can only be added.")
    return _look_up(policy, utc(instant), _add, span)


def working_between(begin: datetime, end: datetime, policy: Policy) -> timedelta:
    """How much of the time between two instants was working time; never less than none."""
    begin, end = utc(begin), utc(end)
    if end <= begin:
        return timedelta()
    return _look_up(policy, begin, _between, end)


def is_open(instant: datetime, policy: Policy) -> bool:
    return _look_up(policy, utc(instant), _is_open)


def next_opening(instant: datetime, policy: Policy) -> datetime:
    """This instant, while open; otherwise when the service opens next."""
    return _look_up(policy, utc(instant), _next_opening)


# -- due instants


def start_of_work_due(priority: str, received_at: datetime, policy: Policy) -> datetime:
    two_hours = add_working(received_at, START_WITHIN, policy)
    return min(two_hours, response_due(priority, received_at, policy))


def response_due(priority: str, received_at: datetime, policy: Policy) -> datetime:
    received_at = utc(received_at)
    if priority == EMERGENCY:
        return received_at + EMERGENCY_WITHIN
    routine = _look_up(policy, received_at, _routine, policy.out_of_hours)
    if priority == ROUTINE:
        return routine
    if priority == URGENT:
        return min(add_working(received_at, policy.half_a_day, policy), routine)
    raise ValueError(f"There is no priority {priority!r}: it is one of {', '.join(PRIORITIES)}.")


def provider_reply_due(rule: str, sent_at: datetime, policy: Policy) -> datetime:
    sent_at = utc(sent_at)
    if rule == "adults_one_working_day":
        day, clock_face = _look_up(policy, sent_at, _next_day_same_time, policy)
        return policy.at(day, clock_face)
    if rule in CHILDREN_REPLY_DAYS:
        return closing_of_working_day(CHILDREN_REPLY_DAYS[rule], sent_at, policy)
    raise ValueError(f"There is no reply rule {rule!r}: it is one of {', '.join(REPLY_RULES)}.")


def closing_of_working_day(number: int, sent_at: datetime, policy: Policy) -> datetime:
    """When the service closes on the n-th working day after the day of sending."""
    if number < 1:
        raise ValueError("Working days are counted from the first after sending.")
    return _look_up(policy, utc(sent_at), _nth_closing, policy.local(sent_at).date(), number)


# -- deadlines that explain themselves


def start_of_work(priority: str, received_at: datetime, policy: Policy) -> Deadline:
    due_at, closed = (start_of_work_due(priority, received_at, policy), not is_open(received_at, policy))
    if priority == EMERGENCY:
        sentence = sentences.emergency(received_at, EMERGENCY_WITHIN, due_at, policy, closed=closed, what="work starts")
    else:
        capped = due_at < add_working(received_at, START_WITHIN, policy)
        sentence = sentences.start_of_work(received_at, START_WITHIN, due_at, policy, closed=closed, capped=capped)
    return Deadline(due_at, sentence, f"start:{priority}", policy.calendar, utc(received_at))


def response(priority: str, received_at: datetime, policy: Policy) -> Deadline:
    due_at, closed = (response_due(priority, received_at, policy), not is_open(received_at, policy))
    if priority == EMERGENCY:
        what = "the answer is due"
        sentence = sentences.emergency(received_at, EMERGENCY_WITHIN, due_at, policy, closed=closed, what=what)
    elif priority == URGENT:
        capped = due_at < add_working(received_at, policy.half_a_day, policy)
        sentence = sentences.urgent(received_at, policy.half_a_day, due_at, policy, closed=closed, capped=capped)
    else:
        sentence = sentences.routine(received_at, counted_as(received_at, policy), due_at, policy)
    return Deadline(due_at, sentence, f"response:{priority}", policy.calendar, utc(received_at))


def provider_reply(rule: str, sent_at: datetime, policy: Policy) -> Deadline:
    due_at = provider_reply_due(rule, sent_at, policy)
    if rule in CHILDREN_REPLY_DAYS:
        sentence = sentences.reply_by_closing(sent_at, CHILDREN_REPLY_DAYS[rule], due_at, policy)
    else:
        sentence = sentences.reply_next_day(sent_at, next_opening(sent_at, policy), due_at, policy)
    return Deadline(due_at, sentence, f"reply:{rule}", policy.calendar, utc(sent_at))


def within_days(number: int, asked_at: datetime, policy: Policy, *, rule: str) -> Deadline:
    """By closing on the n-th working day after it was asked: a panel's decision, a signature."""
    due_at = closing_of_working_day(number, asked_at, policy)
    sentence = sentences.within_days(asked_at, number, due_at, policy)
    return Deadline(due_at, sentence, f"{rule}:{number} working days", policy.calendar, utc(asked_at))


def promised(due_at: datetime, made_at: datetime, policy: Policy) -> Deadline:
    """A time that somebody promised, as it was promised: a dated plan becomes the options clock."""
    sentence = sentences.promised(made_at, due_at, policy)
    return Deadline(utc(due_at), sentence, "promised", policy.calendar, utc(made_at))


def expected(due_at: datetime, asked_at: datetime, policy: Policy, *, whom: str) -> Deadline:
    """When we expect to hear from somebody for whom a clock is paused: that wait has a clock of its own."""
    sentence = sentences.expected(asked_at, whom, due_at, policy)
    return Deadline(utc(due_at), sentence, "expected", policy.calendar, utc(asked_at))


def counted_as(received_at: datetime, policy: Policy) -> datetime:
    """When a receipt counts as received: as it came while open; out of hours, as the policy says."""
    opening = next_opening(received_at, policy)
    if opening == received_at or policy.out_of_hours == NEXT_OPENING:
        return opening
    return _look_up(policy, utc(received_at), _last_closing)


# -- looking things up in the table of windows, which grows when it is too short


def _look_up(policy: Policy, instant: datetime, find: Callable, *more):
    windows = policy.windows
    while True:
        try:
            return find(windows, instant, *more)
        except BeforeTable:
            windows = policy.windows_around(instant)
        except IndexError:
            windows = policy.windows_beyond(windows, instant)


def utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("An instant needs its offset: use policy.at() for a time on the wall.")
    return instant if instant.tzinfo is UTC else instant.astimezone(UTC)


def _add(windows: Windows, instant: datetime, span: timedelta) -> datetime:
    return windows.when_worked(windows.worked_until(instant) + span) if span else _next_opening(windows, instant)


def _between(windows: Windows, begin: datetime, end: datetime) -> timedelta:
    return windows.worked_until(end) - windows.worked_until(begin)


def _is_open(windows: Windows, instant: datetime) -> bool:
    return instant < windows.closes[windows.last_opened(instant)]


def _receiving(windows: Windows, instant: datetime) -> int:
    """The index of the window in which something received now is first worked on."""
    index = windows.last_opened(instant)
    return index if instant < windows.closes[index] else index + 1


def _next_opening(windows: Windows, instant: datetime) -> datetime:
    return max(instant, windows.opens[_receiving(windows, instant)])


def _last_closing(windows: Windows, instant: datetime) -> datetime:
    return windows.closes[windows.last_opened(instant)]


def _routine(windows: Windows, instant: datetime, out_of_hours: str) -> datetime:
    index = _receiving(windows, instant)
    opened = windows.opens[index]
    if instant < opened:
        if out_of_hours == AFTERNOON:
            return windows.answers[index]
        instant = opened
    return windows.closes[index] if instant < windows.mornings_end[index] else windows.answers[index + 1]


def _next_day_same_time(windows: Windows, instant: datetime, policy: Policy) -> tuple[date, time]:
    index = _receiving(windows, instant)
    counted = max(instant, windows.opens[index])
    return windows.days[index + 1], policy.local(counted).time()


def _nth_closing(windows: Windows, instant: datetime, sent_on: date, number: int) -> datetime:
    return windows.closes[windows.next_day(sent_on) + number - 1]
