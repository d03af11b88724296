"""Numbers for Prometheus, in its text format. Counts only: nothing here names anybody or any case."""

from collections.abc import Iterator
from typing import NamedTuple

from brokerage.clocks import clock
from brokerage.deadlines.models import Clock, Escalation, Heartbeat
from brokerage.notify.models import Message, State

from .probes import NO_ANSWER


class Gauge(NamedTuple):
    name: str
    help: str
    values: dict[str, float]  # by label, as `state="failed"`; the empty label for a number that stands alone


def exposition() -> str:
    return "".join(_written(gauge) for gauge in gauges())


def gauges() -> Iterator[Gauge]:
    """While the database does not answer, that is all there is to say."""
    try:
        yield from list(_counted())
    except NO_ANSWER:
        yield _database(0)
    else:
        yield _database(1)


def _counted() -> Iterator[Gauge]:
    now = clock.now()
    states = (State.QUEUED, State.SENDING, State.FAILED)
    letters = {f'state="{state}"': Message.objects.filter(state=state).count() for state in states}
    yield Gauge("brokerage_letters", "Letters that are not sent, by state", letters)

    oldest = Message.objects.waiting().order_by("created_at").values_list("created_at", flat=True).first()
    age = (now - oldest).total_seconds() if oldest else 0
    yield Gauge("brokerage_letters_oldest_seconds", "How long the oldest letter has waited", {"": max(0, age)})

    yield Gauge("brokerage_clocks_running", "Clocks that run", {"": Clock.objects.running().count()})
    overdue = Clock.objects.overdue_at(now).count()
    yield Gauge("brokerage_clocks_overdue", "Clocks that run and whose time has passed", {"": overdue})
    missed = Escalation.objects.running().missed().count()
    yield Gauge(
        "brokerage_escalations_open", "Missed clocks that somebody was told of and nobody has stopped", {"": missed}
    )

    ages = {f'duty="{beat.name}"': max(0, (now - beat.beaten_at).total_seconds()) for beat in Heartbeat.objects.all()}
    yield Gauge("brokerage_duty_age_seconds", "How long ago each duty was last done", ages)


def _database(answers: int) -> Gauge:
    return Gauge("brokerage_database_up", "Whether the database answers", {"": answers})


def _written(gauge: Gauge) -> str:
    lines = [f"# HELP {gauge.name} {gauge.help}", f"# TYPE {gauge.name} gauge"]
    lines += [f"{gauge.name}{f'{{{label}}}' if label else ''} {value:g}" for label, value in gauge.values.items()]
    return "\n".join(lines) + "\n"
