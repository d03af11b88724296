"""Reads one of the regulator's files into the directory: in batches by the set, whole or not at all."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice

from django.db import connection, transaction

from brokerage.audit.recording import record
from brokerage.clocks import clock
from providers.directory import merging, positions, sql, succession
from providers.directory.models import Provider, Reading, Service
from providers.directory.registers import Entry, Register, Reject, vocabulary
from providers.directory.shelf import UNCHANGED, UPDATED, Shelf

BATCH = 2000


@transaction.atomic
def read_register(
    register: Register, *, as_at: date | None = None, tell: Callable[[str], object] = print, by=None
) -> Reading:
    """Bring the directory up to what a file says.

    Args:
        as_at: the day the file is of, where it does not say so itself.
        tell: is given a sentence for each row rejected, and for whatever else a person should know.
    """
    with connection.cursor() as cursor:
        cursor.execute(sql.ONE_IMPORT_AT_A_TIME)
    on = as_at or register.as_at(clock.now().date())
    if on is None:
        tell("There is no date in this file, so it only fills gaps. Say which day it is of with --as-at.")
    file = _Pass(register.source, on, tell)
    for rows in _batched(register.entries(), BATCH):
        file.read(rows)
    file.finish()
    return _written_down(register, on, file.counts, by)


class _Pass:
    """One pass over one file, and what has to be known of it until its end."""

    def __init__(self, source, as_at, tell):
        self.dated = {"source": source, "as_at": as_at}
        self.tell = tell
        self.counts = Counter()
        self.seen: dict[tuple, int] = {}
        self.surveyed = {}
        self.successions: set[tuple[str, str]] = set()
        self.unknown_words = Counter()

    def read(self, rows: list[Entry | Reject]) -> None:
        self.counts["rows"] += len(rows)
        entries = [row for row in rows if self._accepts(row)]
        for outcome in _shelve(entries, **self.dated):
            self.counts[outcome] += 1
        self.successions |= succession.pairs(entries)
        self.surveyed |= {entry.location_id: entry.place for entry in entries if entry.place}

    def finish(self) -> None:
        positions.place_by_postcode()
        positions.place_by_survey(self.surveyed)
        if followed := succession.follow(self.successions):
            self.tell(f"Services pointed at the one that took over from them: {followed}.")
        for word, count in self.unknown_words.most_common():
            self.tell(f"“{word}” is a kind of service not met before (rows: {count}). No search will find it.")

    def _accepts(self, row) -> bool:
        because = row.because if isinstance(row, Reject) else self._reason_to_reject(row)
        if because:
            self.tell(f"line {row.line}: {because}")
            self.counts["rejected"] += 1
            return False
        for doubt in row.doubts:
            self.tell(f"line {row.line}: {doubt}")
        self.unknown_words.update(set(vocabulary.unknown(row.service_words)))
        return True

    def _reason_to_reject(self, entry) -> str | None:
        first = self.seen.setdefault((entry.location_id, entry.location_id or entry.provider_id), entry.line)
        if first != entry.line:
            return f"{entry.location_id or entry.provider_id} is already on line {first}; that one stands."
        return merging.reason_not_to_fit(
            Service, entry.facts | {"location_id": entry.location_id}
        ) or merging.reason_not_to_fit(Provider, entry.provider_facts | {"register_id": entry.provider_id})


def _shelve(entries: list[Entry], **dated) -> Iterator[str]:
    """Save what a batch says. Yields what became of each row."""
    provider_ids = {entry.provider_id for entry in entries if entry.provider_id}
    providers = Shelf(Provider, "register_id", provider_ids, **dated)
    outcomes = {entry.line: _put_provider(providers, entry) for entry in entries if entry.provider_id}
    providers.save()

    located = [entry for entry in entries if entry.location_id]
    services = Shelf(Service, "location_id", {entry.location_id for entry in located}, **dated)
    for entry in located:
        provider = {"provider": providers.rows[entry.provider_id]} if entry.provider_id else {}
        outcome = services.put(entry.location_id, entry.facts | provider)
        beside = UNCHANGED if outcomes.get(entry.line, UNCHANGED) == UNCHANGED else UPDATED
        outcomes[entry.line] = outcome if outcome != UNCHANGED else beside
    services.save()
    return iter(outcomes.values())


def _put_provider(providers, entry) -> str:
    # many rows name the same provider, sometimes differently; only a row of its own is sure to be about it
    return providers.put(entry.provider_id, entry.provider_facts, first_wins=bool(entry.location_id))


def _written_down(register, as_at, counts, by) -> Reading:
    reading = Reading.objects.create(
        file_name=register.path.name[:255],
        source=register.source,
        as_at=as_at,
        read_at=clock.now(),
        **{count: counts[count] for count in ("rows", "new", "updated", "unchanged", "rejected")},
    )
    record("directory.read", reading, by=by, said=f"{register.source} read from {reading.file_name}: {reading}")
    return reading


def _batched(rows: Iterable, size: int) -> Iterator[list]:
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch
