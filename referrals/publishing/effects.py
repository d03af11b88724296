"""What a change to rules or hours would have done to receipts there were, told so that somebody can decide on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from brokerage.clocks import calendars, clock, previewing, saying
from brokerage.clocks.previewing import Effect
from brokerage.clocks.working_time import PRIORITIES
from referrals.intake.models import Referral
from referrals.pathways.terms import Terms

ENOUGH = 200
SHOWN = 12


@dataclass(frozen=True)
class Count:
    """Of one priority and one clock: how many would be due earlier, later, or as they were."""

    priority: str
    what: str
    earlier: int
    later: int
    same: int
    most: str  # by how much at most, in words


@dataclass(frozen=True)
class Moved:
    priority: str
    what: str
    received_at: object
    before: object
    after: object

    @property
    def is_later(self):
        return self.after > self.before


@dataclass(frozen=True)
class Summary:
    receipts: int
    are_real: bool
    counts: list[Count]
    examples: list[Moved]

    @property
    def moves(self) -> bool:
        return any(count.earlier or count.later for count in self.counts)


def of_terms(code: str, before: Terms, after: Terms) -> Summary:
    """A pathway's own rules as they are and as they would be, on its last receipts."""
    policy = calendars.policy()
    receipts, are_real = receipts_of(code)
    rows = previewing.effect(_with(policy, before), _with(policy, after), receipts)
    return summary(rows, are_real=are_real)


def of_policies(before, after) -> Summary:
    """Other hours or another calendar, on the last receipts of all, each by its own pathway's rules."""
    found = list(
        Referral.objects.filter(received_at__isnull=False).order_by("-received_at").select_related("pathway")[:ENOUGH]
    )
    if not found:
        policy = calendars.policy()
        receipts = previewing.invented(policy.local(clock.now()).date(), policy)
        return summary(previewing.effect(before, after, receipts), are_real=False)
    rows = []
    for referral in found:
        terms = referral.pathway.terms
        receipt = [(referral.priority, referral.received_at)]
        rows += previewing.effect(_with(before, terms), _with(after, terms), receipt)
    return summary(rows, are_real=True)


def receipts_of(code: str) -> tuple[list, bool]:
    real = list(
        Referral.objects.filter(pathway__code=code, received_at__isnull=False)
        .order_by("-received_at")
        .values_list("priority", "received_at")[:ENOUGH]
    )
    policy = calendars.policy()
    return (real, True) if real else (previewing.invented(policy.local(clock.now()).date(), policy), False)


def summary(rows: Iterable[Effect], *, are_real: bool) -> Summary:
    rows = list(rows)
    counts, moved = [], []
    for priority in reversed(PRIORITIES):
        mine = [row for row in rows if row.priority == priority]
        for name, what in (("start", "work starts"), ("response", "answer due")):
            spans = [(row, getattr(row, f"{name}_after") - getattr(row, f"{name}_before")) for row in mine]
            if not spans:
                continue
            counts.append(
                Count(
                    priority,
                    what,
                    earlier=sum(span < timedelta() for _, span in spans),
                    later=sum(span > timedelta() for _, span in spans),
                    same=sum(not span for _, span in spans),
                    most=_most(spans),
                )
            )
            moved += [
                Moved(priority, what, row.received_at, getattr(row, f"{name}_before"), getattr(row, f"{name}_after"))
                for row, span in spans
                if span
            ]
    moved.sort(key=lambda one: abs(one.after - one.before), reverse=True)
    return Summary(len(rows), are_real, counts, moved[:SHOWN])


def _most(spans) -> str:
    furthest = max((span for _, span in spans), key=abs)
    if not furthest:
        return ""
    return f"{saying.roughly(abs(furthest))} {'later' if furthest > timedelta() else 'earlier'}"


def _with(policy, terms: Terms) -> previewing.Terms:
    return previewing.Terms(policy, terms.response_rules, timedelta(minutes=terms.start_within_minutes))
