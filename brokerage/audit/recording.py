"""Writes down what somebody did, in the transaction in which they did it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Model, QuerySet

from brokerage.clocks import clock

from .models import ActorKind, Event

ACTOR = ("actor_kind", "actor_id", "actor_name", "actor_role", "actor_organisation")
WRITE_MANY = f"""
INSERT INTO audit_event (at, {", ".join(ACTOR)}, verb, subject_label, subject_id, "case", said, because, facts)
SELECT %s, %s, %s::bigint, %s, %s, %s, deed.*
FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::jsonb[]) AS deed
RETURNING id
"""
_json = DjangoJSONEncoder().encode


@dataclass(frozen=True)
class Outsider:
    """Somebody who acts without an account: a provider answering by link, a caller."""

    name: str
    role: str = ""
    organisation: str = ""


@dataclass(frozen=True)
class Deed:
    """What `record_many` writes down, one for each."""

    verb: str
    subject: Model
    said: str
    because: str = ""
    case: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


def record(verb: str, subject: Model, *, by, said: str, because: str = "", case: str = "", **facts) -> Event:
    """Write one deed. `by` is a user, an Outsider, or None for the service itself."""
    event = _event(Deed(verb, subject, said, because, case, facts), by)
    event.save(force_insert=True)
    return event


def record_many(deeds: Iterable[Deed], *, by) -> list[int]:
    """Write many deeds of one actor in one statement. Returns the events' ids, in the same order."""
    rows = [
        (
            deed.verb,
            deed.subject._meta.label,
            str(deed.subject.pk),
            _case_of(deed),
            deed.said,
            deed.because,
            _json(deed.facts),
        )
        for deed in deeds
    ]
    if not rows:
        return []
    columns = [list(column) for column in zip(*rows, strict=True)]
    actor = {"actor_id": None, "actor_role": "", "actor_organisation": ""} | _actor(by)
    with connection.cursor() as cursor:
        cursor.execute(WRITE_MANY, [clock.now(), *(actor[name] for name in ACTOR), *columns])
        return [pk for (pk,) in cursor.fetchall()]


def history_of(case: str) -> QuerySet[Event]:
    """Everything done about a case, newest first."""
    return Event.objects.of_case(case).newest_first()


def _event(deed: Deed, by) -> Event:
    return Event(
        at=clock.now(),
        verb=deed.verb,
        subject_label=deed.subject._meta.label,
        subject_id=str(deed.subject.pk),
        case=_case_of(deed),
        said=deed.said,
        because=deed.because,
        facts=deed.facts,
        **_actor(by),
    )


def _case_of(deed: Deed) -> str:
    return deed.case or getattr(deed.subject, "case_reference", "") or ""


def _actor(by) -> dict[str, Any]:
    if by is None:
        return {"actor_kind": ActorKind.SYSTEM, "actor_name": "The service"}
    if isinstance(by, Outsider):
        return {
            "actor_kind": ActorKind.OUTSIDER,
            "actor_name": by.name or "Somebody who gave no name",
            "actor_role": by.role,
            "actor_organisation": by.organisation,
        }
    return {"actor_kind": ActorKind.USER, "actor_id": by.pk, "actor_name": by.full_name or by.email}
