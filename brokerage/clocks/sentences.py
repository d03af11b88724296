"""A deadline in a breath: what came when, which rule, which days were skipped and why, when it is due."""

import re
from datetime import date, datetime, timedelta

from brokerage.clocks import saying
from brokerage.clocks.policy import Policy

ONE_DAY = timedelta(days=1)
ENDING = re.compile(r"\s*Due [^.]* at \d\d:\d\d( [A-Z]+)?\.$")  # as `_due` says it
LISTED_AT_MOST = 10


def routine(received_at: datetime, counted_as: datetime, due_at: datetime, policy: Policy) -> str:
    received = f"Received {_moment(received_at, policy)}"
    counted = policy.local(counted_as)
    half = "morning" if counted.time() < policy.morning_ends_at else "afternoon"
    face = saying.face(due_at, zone=policy.zone)
    rule = f"the answer is due by {face} " + ("the same working day" if half == "morning" else "the next working day")
    if counted_as == received_at:
        return _joined(
            f"{received}, in the {half}, so {rule}.",
            _skips(received_at, due_at, policy),
            _due(received_at, due_at, policy),
        )
    if counted_as < received_at:
        how = f"{received}, when we are closed, which counts as the afternoon before, so {rule}."
    else:
        how = f"{received}, when we are closed, so it counts as received when we next open,"
        how += f" {_moment(counted_as, policy)}."
        how += f" That is in the {half}, so {rule}."
    return _joined(how, _skips(received_at, due_at, policy), _due(received_at, due_at, policy))


def urgent(
    received_at: datetime, within: timedelta, due_at: datetime, policy: Policy, *, closed: bool, capped: bool
) -> str:
    rule = f"{_arrival(received_at, policy, closed)}, urgent, so the answer is due within half a working day"
    rule += f" ({_working(within)}), and never later than a routine one"
    rule += ", which would be due first." if capped else "."
    return _joined(rule, _skips(received_at, due_at, policy), _due(received_at, due_at, policy))


def emergency(
    received_at: datetime, within: timedelta, due_at: datetime, policy: Policy, *, closed: bool, what: str
) -> str:
    rule = f"{_arrival(received_at, policy, closed)}, an emergency,"
    rule += f" so {what} within {saying.exactly(within)} by the clock."
    return _joined(rule, _due(received_at, due_at, policy))


def start_of_work(
    received_at: datetime, within: timedelta, due_at: datetime, policy: Policy, *, closed: bool, capped: bool
) -> str:
    rule = f"{_arrival(received_at, policy, closed)}, so work starts within {_working(within)}"
    rule += ", and never later than the answer, which is due first." if capped else "."
    return _joined(rule, _skips(received_at, due_at, policy), _due(received_at, due_at, policy))


def by_rule(
    received_at: datetime,
    counted_as: datetime,
    within: str,
    due_at: datetime,
    policy: Policy,
    *,
    priority: str,
    closed: bool,
    capped: bool,
) -> str:
    """A pathway's own rule: `within` says it, as in "within 3 working hours"."""
    how = _arrival(received_at, policy, closed)
    if counted_as > received_at and "working" in within:
        how += f", so it counts as received when we next open, {_moment(counted_as, policy)}"
    elif counted_as < received_at and "working day" in within:
        how += ", which counts as the afternoon before"
    what = {"urgent": ", urgent", "emergency": ", an emergency"}.get(priority, "")
    how += f"{what}{'. The' if 'counts as' in how else ', so the'} answer is due {within}"
    how += ", and never later than a routine one, which would be due first." if capped else "."
    return _joined(how, _skips(received_at, due_at, policy), _due(received_at, due_at, policy))


def on_working_day(number: int, due_at: datetime, policy: Policy) -> str:
    return f"by {saying.face(due_at, zone=policy.zone)} on the {saying.ordinal(number)} working day after"


def elapsed(span: timedelta) -> str:
    return f"{saying.exactly(span)} by the clock"


def reply_next_day(sent_at: datetime, counted_as: datetime, due_at: datetime, policy: Policy) -> str:
    rule = f"Sent {_moment(sent_at, policy)}"
    if counted_as != sent_at:
        rule += f", when we are closed, so it counts from when we next open, {_moment(counted_as, policy)}"
    rule += ". Replies are due one working day later, at the same time of day."
    return _joined(rule, _skips(sent_at, due_at, policy), _due(sent_at, due_at, policy))


def reply_by_closing(sent_at: datetime, number: int, due_at: datetime, policy: Policy) -> str:
    face = saying.face(due_at, zone=policy.zone)
    nth = saying.ordinal(number)
    rule = f"Sent {_moment(sent_at, policy)}. Replies are due by {face} on the {nth} working day after sending."
    return _joined(rule, _skips(sent_at, due_at, policy), _due(sent_at, due_at, policy))


def within_days(asked_at: datetime, number: int, due_at: datetime, policy: Policy) -> str:
    face = saying.face(due_at, zone=policy.zone)
    nth = saying.ordinal(number)
    rule = f"Asked for {_moment(asked_at, policy)}, so it is due by {face} on the {nth} working day after."
    return _joined(rule, _skips(asked_at, due_at, policy), _due(asked_at, due_at, policy))


def promised(made_at: datetime, due_at: datetime, policy: Policy) -> str:
    return _joined(f"Promised {_moment(made_at, policy)}.", _due(made_at, due_at, policy))


def expected(asked_at: datetime, whom: str, due_at: datetime, policy: Policy) -> str:
    return _joined(f"Waiting for {whom} since {_moment(asked_at, policy)}.", _due(asked_at, due_at, policy))


def resumed(
    before: str,
    whom: str,
    paused_at: datetime,
    ended_at: datetime,
    lasted: str,
    rest: str,
    due_at: datetime,
    policy: Policy,
) -> str:
    """What was said when it was due before, then the pause. The last due in the sentence is the one that holds."""
    how = f"Paused for {whom} from {_moment(paused_at, policy)} to {_moment(ended_at, policy)}: {lasted}."
    given_back = f"{rest[:1].upper()}{rest[1:]} {'was' if rest.startswith('1 ') else 'were'} left and given back."
    return _joined(
        ENDING.sub("", before), how, given_back, _skips(ended_at, due_at, policy), _due(ended_at, due_at, policy)
    )


def working(span: timedelta) -> str:
    """'4 working hours', '45 working minutes', 'no working time'."""
    if span < timedelta(minutes=1):
        return "less than a working minute" if span else "no working time"
    return _working(span)


def _moment(instant: datetime, policy: Policy) -> str:
    return f"{saying.full_day(policy.local(instant).date())} at {saying.face(instant, zone=policy.zone)}"


def _arrival(received_at: datetime, policy: Policy, closed: bool) -> str:
    return f"Received {_moment(received_at, policy)}" + (", when we are closed" if closed else "")


def _due(begin: datetime, due_at: datetime, policy: Policy) -> str:
    day = policy.local(due_at).date()
    year = day.year != policy.local(begin).year
    return f"Due {saying.full_day(day, year=year)} at {saying.face(due_at, zone=policy.zone)}."


def _skips(begin: datetime, due_at: datetime, policy: Policy) -> str:
    day, last = policy.local(begin).date(), policy.local(due_at).date()
    closed: list[tuple[date, str]] = []
    while day <= last:
        if (why := policy.why_closed(day)) is not None:
            closed.append((day, why))
        day += ONE_DAY
    if not closed:
        return ""
    if len(closed) > LISTED_AT_MOST:
        named = [(day, why) for day, why in closed if why]
        among = f", among them {_days(named)}" if 0 < len(named) <= LISTED_AT_MOST else ""
        return f"Skips {len(closed)} days when we are closed{among}."
    return f"Skips {_days(closed)}."


def _days(closed: list[tuple[date, str]]) -> str:
    """'Saturday 7 and Sunday 8 November'; a holiday by its name: 'Friday 3 April (Good Friday)'."""
    following = [*closed[1:], (None, "")]
    return saying.listed([_day(day, why, *after) for (day, why), after in zip(closed, following, strict=True)])


def _day(day: date, why: str, day_after: date | None, why_after: str) -> str:
    if why:
        return f"{saying.full_day(day)} ({why})"
    if day_after and not why_after and day_after.month == day.month:
        return f"{day:%A} {day.day}"
    return saying.full_day(day)


def _working(span: timedelta) -> str:
    hours = saying.exactly(span)
    count, _, rest = hours.partition(" ")
    return f"{count} working {rest}"


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
