"""What became of a case: where it stands, who has it, what is due. One stream of chance for each, so that it is the same
case however many are made beside it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from brokerage.accounts.models import User
from brokerage.demo.simulate import words
from brokerage.demo.simulate.moments import Due, Moments
from brokerage.demo.simulate.people import Somebody, somebody
from brokerage.demo.simulate.staff import Unit
from referrals.models import Pathway
from referrals.pathways.terms import Terms

# No published figure gives these shares: they are what a large county might see. A queue is harder to read, not easier,
# for having more of everything.
PRIORITIES = (("routine", 78), ("urgent", 19), ("emergency", 3))
ROUTES = (
    ("coordinator", 58), ("hospital", 24), ("contact_centre", 5), ("other_team", 6), ("professional", 4), ("on_behalf", 2), ("resident", 1),
)  # fmt: skip
FUNDING = (("council", 62), ("mixed", 22), ("self", 9), ("free", 7))
STANDS = (("to_start", 12), ("in_hand", 16), ("papers", 14), ("planned", 42), ("choosing", 16))
YEARS_OF_CLOSED = 2
STEADY = 2_654_435_761  # spreads neighbouring seeds apart


@dataclass(slots=True)
class Ticking:
    """A clock: when it was stopped or paused, if it was."""

    kind: str
    due: Due
    stopped_at: datetime | None = None
    because: str = ""
    paused_at: datetime | None = None


@dataclass(slots=True)
class Case:
    unit: Unit
    pathway: Pathway
    terms: Terms
    person: Somebody
    status: str
    priority: str
    why: str
    route: str
    funding: str
    referrer: User
    broker: User | None
    received_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    waits_on: str
    waits_since: datetime
    next_step: str
    ending: str
    clocks: list[Ticking] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.ended_at is None


def case(
    number: int, *, seed: int, is_open: bool, units: list[Unit], postcodes: list[str], moments: Moments
) -> tuple[Case, Random]:
    """The n-th case of this seed, and what is left of its stream of chance."""
    chance = Random(seed * STEADY + number)
    unit = chance.choice(units)
    pathway = chance.choice(unit.pathways)
    priority = drawn(chance, PRIORITIES)
    stands = drawn(chance, STANDS) if is_open else "ended"
    received_at = _received(chance, stands, moments)
    made = Case(
        unit=unit,
        pathway=pathway,
        terms=moments.terms(pathway),
        person=somebody(
            chance,
            on=received_at.date(),
            is_child=pathway.serves == "children",
            postcodes=postcodes,
            record_id=f"S{seed}-{number:07d}",
        ),
        status="received",
        priority=priority,
        why=chance.choice(words.CANNOT_WAIT[priority]) if priority in words.CANNOT_WAIT else "",
        route=drawn(chance, ROUTES),
        funding=drawn(chance, FUNDING),
        referrer=chance.choice(unit.coordinators),
        broker=None,
        received_at=received_at,
        started_at=None,
        ended_at=None,
        waits_on="brokerage",
        waits_since=received_at,
        next_step="Start work",
        ending="",
    )
    _HOW_IT_STANDS[stands](made, chance, moments)
    return made, chance


def drawn(chance: Random, shares: tuple[tuple[Any, int], ...]) -> Any:
    left = chance.randrange(sum(share for _, share in shares))
    for value, share in shares:
        left -= share
        if left < 0:
            return value
    raise AssertionError


def _received(chance: Random, stands: str, moments: Moments) -> datetime:
    days_ago, within = {
        "to_start": (0, 1.5),
        "in_hand": (0, 2.5),
        "papers": (2, 12),
        "planned": (1, 18),
        "choosing": (3, 25),
        "ended": (20, 365 * YEARS_OF_CLOSED),
    }[stands]
    return moments.received(chance, days_ago=days_ago, within=within, every=30 if stands == "ended" else 5)


def _to_start(made: Case, chance: Random, moments: Moments) -> None:
    start, response = moments.foretold(made.priority, made.received_at, made.pathway)
    if chance.random() < 0.2:  # given to somebody who has not begun
        made.broker = chance.choice(made.unit.brokers)
    made.clocks = [Ticking("start", start), Ticking("response", response)]


def _begun(made: Case, chance: Random, moments: Moments) -> tuple[Due, datetime]:
    """Work has begun; the response clock, and until when we know what happened."""
    start, response = moments.foretold(made.priority, made.received_at, made.pathway)
    made.broker = chance.choice(made.unit.brokers)
    made.status = "in_progress"
    soon = timedelta(minutes=chance.randrange(5, 150))  # now and then too late
    begun_at = made.received_at + soon if made.priority == "emergency" else moments.after(made.received_at, soon)
    made.started_at = min(begun_at, moments.at - timedelta(minutes=1))
    made.started_at = max(made.started_at, made.received_at)
    made.next_step = "Put the search to panel" if made.terms.agreement_to_search else "Write the enquiry"
    made.clocks = [Ticking("start", start, stopped_at=made.started_at, because="Work began")]
    return response, made.started_at


def _in_hand(made: Case, chance: Random, moments: Moments) -> None:
    response, _ = _begun(made, chance, moments)
    made.clocks.append(Ticking("response", response))


def _papers(made: Case, chance: Random, moments: Moments) -> None:
    """The referrer was asked for what is missing: the clock is paused, but an emergency's."""
    response, begun_at = _begun(made, chance, moments)
    asked_at = min(begun_at + timedelta(minutes=chance.randrange(5, 60)), moments.at)
    waiting = Ticking("response", response)
    if made.priority != "emergency":
        waiting.paused_at = asked_at
    made.clocks.append(waiting)
    made.waits_on, made.waits_since, made.next_step = "referrer", asked_at, "Get the missing papers"


def _planned(made: Case, chance: Random, moments: Moments) -> None:
    """The referrer has a dated plan: it answered the response clock and started the one for the options."""
    response, begun_at = _begun(made, chance, moments)
    told_at = min(begun_at + timedelta(minutes=chance.randrange(10, 200)), moments.at - timedelta(seconds=30))
    made.clocks.append(Ticking("response", response, stopped_at=told_at, because="A dated plan was given"))
    until = moments.after(
        moments.at + timedelta(days=chance.choice((-1, 0, 1, 1, 2, 2, 3, 4, 5, 7, 9, 12))),
        timedelta(minutes=15 * chance.randrange(1, 28)),
    )
    until = max(until, moments.after(told_at, timedelta(hours=2)))
    made.clocks.append(
        Ticking(
            "options",
            moments.promised(until, told_at, "Providers are being asked. The options were promised for then."),
        )
    )
    made.waits_on, made.waits_since, made.next_step = (
        "provider",
        told_at,
        "Ring the providers asked, then present the options",
    )


def _choosing(made: Case, chance: Random, moments: Moments) -> None:
    """The options are with the person: nothing is timed."""
    response, begun_at = _begun(made, chance, moments)
    told_at = min(moments.after(begun_at, timedelta(hours=chance.randrange(2, 20))), moments.at)
    made.clocks.append(Ticking("response", response, stopped_at=told_at, because="Options presented"))
    made.waits_on, made.waits_since, made.next_step = "person", told_at, "Hear what the person has chosen"


def _ended(made: Case, chance: Random, moments: Moments) -> None:
    response, begun_at = _begun(made, chance, moments)
    answered_at = moments.after(begun_at, timedelta(minutes=chance.randrange(10, 420)))
    made.clocks.append(Ticking("response", response, stopped_at=answered_at, because="Options presented"))
    made.ended_at = answered_at + timedelta(days=chance.randrange(1, 18), minutes=5 * chance.randrange(90))
    made.status, made.ending = drawn(chance, words.CLOSED)
    made.next_step = made.ending.partition(":")[0]


_HOW_IT_STANDS = {
    "to_start": _to_start,
    "in_hand": _in_hand,
    "papers": _papers,
    "planned": _planned,
    "choosing": _choosing,
    "ended": _ended,
}
