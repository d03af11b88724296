"""The order of a call list: whoever was rung longest ago first, and a lot that can be drawn again. Pure: no database."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from hashlib import sha256


@dataclass(frozen=True)
class Place:
    position: int
    service_id: int
    last_rung_at: datetime | None
    because: str


def fair_order(
    service_ids: Iterable[int], last_rung: dict[int, datetime], *, seed: int, zone: tzinfo, among: str
) -> list[Place]:
    """
    Args:
        last_rung: when each was last rung for the same service and area; missing where never.
        seed: of the lot among those rung equally long ago. The same seed draws the same order, on any machine.
        among: for the reason: "home care in ZX1".
    """
    ids = list(service_ids)
    ties = Counter(last_rung.get(service_id) for service_id in ids)
    drawn = sorted(
        ids, key=lambda pk: (pk in last_rung, last_rung.get(pk, datetime.min.replace(tzinfo=zone)), lot(seed, pk))
    )
    return [
        Place(position, pk, last_rung.get(pk), _because(last_rung.get(pk), ties[last_rung.get(pk)], zone, among))
        for position, pk in enumerate(drawn, start=1)
    ]


def lot(seed: int, service_id: int) -> str:
    return sha256(f"{seed}:{service_id}".encode()).hexdigest()


def _because(rung_at, tied: int, zone, among: str) -> str:
    if rung_at is None:
        said = f"Never rung for {among}"
    else:
        on = rung_at.astimezone(zone)
        said = f"Last rung {on.day} {on:%b} {on.year}, {on:%H:%M}"
    return f"{said}; drawn by lot among {tied}" if tied > 1 else said
