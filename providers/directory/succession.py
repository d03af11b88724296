"""Who took over from whom, as the register tells it from either side."""

from collections.abc import Iterable

from providers.directory.models import RegisterStatus, Service
from providers.directory.registers import Entry


def pairs(entries: Iterable[Entry]) -> set[tuple[str, str]]:
    """(old, new) location ids."""
    found = set()
    for entry in entries:
        found |= {(entry.location_id, new) for new in entry.succeeded_by}
        found |= {(old, entry.location_id) for old in entry.succeeds}
    return found


def follow(pairs: set[tuple[str, str]]) -> int:
    """Point each service at its successor, where the directory has both. Returns how many were changed."""
    ids = {location_id for pair in pairs for location_id in pair}
    known = {service.location_id: service for service in Service.objects.filter(location_id__in=ids)}
    changed = []
    for old, candidates in _by_old(pairs, known).items():
        successor = min(candidates, key=_open_first)
        if known[old].succeeded_by_id != successor.pk:
            known[old].succeeded_by = successor
            changed.append(known[old])
    Service.objects.bulk_update(changed, ["succeeded_by"], batch_size=1000)
    return len(changed)


def _by_old(pairs, known):
    candidates = {}
    for old, new in pairs:
        if old in known and new in known and old != new and (new, old) not in pairs:
            candidates.setdefault(old, []).append(known[new])
    return candidates


def _open_first(service):
    return service.register_status != RegisterStatus.REGISTERED, service.location_id
