"""A pathway's own rules for when an answer is due, by name. Pure arithmetic, and each explains itself.

`service_level` is what every council starts with; the others are a span: `working_hours:3`, `working_days:2` (closing on
that day), `working_days:2@12:30`, `elapsed_hours:4`. Whatever the rule: an emergency is answered within an hour by the
clock on the wall, something urgent never later than a routine one, and work never starts later than the answer is due.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from brokerage.clocks import sentences, working_time
from brokerage.clocks.policy import Policy
from brokerage.clocks.working_time import EMERGENCY, ROUTINE, START_WITHIN, URGENT, Deadline

SERVICE_LEVEL = "service_level"
WORKING_HOURS, ELAPSED_HOURS, WORKING_DAYS = SPANS = ("working_hours", "elapsed_hours", "working_days")
MOST = {WORKING_HOURS: 400, ELAPSED_HOURS: 2000, WORKING_DAYS: 60}

Rules = Mapping[str, str]  # priority -> rule, where it is not the service level


def reason_not_a_rule(rule: str) -> str | None:
    """Why this cannot be a rule, in words for whoever writes one."""
    try:
        _read(rule)
    except ValueError as why:
        return str(why)
    return None


def response_due(priority: str, received_at: datetime, policy: Policy, rules: Rules | None = None) -> datetime:
    rules = rules or {}
    if priority == EMERGENCY:
        within = working_time.response_due(EMERGENCY, received_at, policy)
        return min(within, _due(rules.get(EMERGENCY, SERVICE_LEVEL), EMERGENCY, received_at, policy))
    due_at = _due(rules.get(priority, SERVICE_LEVEL), priority, received_at, policy)
    if priority != URGENT:
        return due_at
    return min(due_at, _due(rules.get(ROUTINE, SERVICE_LEVEL), ROUTINE, received_at, policy))


def start_due(
    priority: str,
    received_at: datetime,
    policy: Policy,
    rules: Rules | None = None,
    start_within: timedelta = START_WITHIN,
) -> datetime:
    by_then = working_time.add_working(received_at, start_within, policy)
    return min(by_then, response_due(priority, received_at, policy, rules))


def response(priority: str, received_at: datetime, policy: Policy, rules: Rules | None = None) -> Deadline:
    rules = rules or {}
    rule = rules.get(priority, SERVICE_LEVEL)
    due_at = response_due(priority, received_at, policy, rules)
    if rule == SERVICE_LEVEL and due_at == working_time.response_due(priority, received_at, policy):
        return working_time.response(priority, received_at, policy)
    if priority == EMERGENCY and due_at == working_time.response_due(EMERGENCY, received_at, policy):
        return working_time.response(priority, received_at, policy)
    sentence = sentences.by_rule(
        received_at,
        working_time.counted_as(received_at, policy),
        _in_words(rule, received_at, policy),
        due_at,
        policy,
        priority=priority,
        closed=not working_time.is_open(received_at, policy),
        capped=priority == URGENT and due_at < _due(rule, URGENT, received_at, policy),
    )
    return Deadline(due_at, sentence, f"response:{priority}:{rule}", policy.calendar, working_time.utc(received_at))


def start_of_work(
    priority: str,
    received_at: datetime,
    policy: Policy,
    rules: Rules | None = None,
    start_within: timedelta = START_WITHIN,
) -> Deadline:
    due_at = start_due(priority, received_at, policy, rules, start_within)
    if start_within == START_WITHIN and due_at == working_time.start_of_work_due(priority, received_at, policy):
        return working_time.start_of_work(priority, received_at, policy)
    sentence = sentences.start_of_work(
        received_at,
        start_within,
        due_at,
        policy,
        closed=not working_time.is_open(received_at, policy),
        capped=due_at < working_time.add_working(received_at, start_within, policy),
    )
    minutes = start_within // timedelta(minutes=1)
    rule = f"start:{priority}:working_minutes:{minutes}"
    return Deadline(due_at, sentence, rule, policy.calendar, working_time.utc(received_at))


def _due(rule: str, priority: str, received_at: datetime, policy: Policy) -> datetime:
    kind, span, face = _read(rule)
    if kind == SERVICE_LEVEL:
        return working_time.response_due(priority, received_at, policy)
    if kind == WORKING_HOURS:
        return working_time.add_working(received_at, span, policy)
    if kind == ELAPSED_HOURS:
        return working_time.utc(received_at) + span
    closing = working_time.closing_of_working_day(span, working_time.counted_as(received_at, policy), policy)
    if face is None:
        return closing
    return policy.at(policy.local(closing).date(), min(max(face, policy.opens_at), policy.closes_at))


def _in_words(rule: str, received_at: datetime, policy: Policy) -> str:
    kind, span, _ = _read(rule)
    if kind == WORKING_HOURS:
        return f"within {sentences.working(span)}"
    if kind == ELAPSED_HOURS:
        return f"within {sentences.elapsed(span)}"
    if kind == WORKING_DAYS:
        return sentences.on_working_day(span, _due(rule, ROUTINE, received_at, policy), policy)
    return f"within half a working day ({sentences.working(policy.half_a_day)})"


def _read(rule: str) -> tuple[str, timedelta | int, time | None]:
    """
    Raises:
        ValueError: it is no rule; the sentence says how one is written.
    """
    kind, _, amount = rule.partition(":")
    if rule == SERVICE_LEVEL:
        return kind, 0, None
    amount, _, face = amount.partition("@")
    if kind not in SPANS or (face and kind != WORKING_DAYS):
        raise ValueError(f"Enter a rule such as service_level, working_hours:3, working_days:2@12:30, not {rule!r}.")
    try:
        number = Decimal(amount)
        at = datetime.strptime(face, "%H:%M").time() if face else None
    except (InvalidOperation, ValueError):
        raise ValueError(f"Enter a number, and a time only as 12:30, in the rule {rule!r}.") from None
    if not number.is_finite() or not 0 < number <= MOST[kind]:
        raise ValueError(f"Enter more than 0 and at most {MOST[kind]} in the rule {rule!r}.")
    if kind == WORKING_DAYS:
        if number != int(number):
            raise ValueError(f"Enter whole working days in the rule {rule!r}.")
        return kind, int(number), at
    return kind, timedelta(minutes=int(number * 60)), None
