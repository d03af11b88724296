"""Looks for anything rewritten, taken out or put in since the audit was sealed, and names it in a sentence."""

import json
from collections.abc import Iterator

from django.db import connection, transaction

from . import guards, sealing
from .models import Seal

COMPARE = """
SELECT s.row_id, CASE WHEN t.{key} IS NULL THEN 'missing' ELSE 'changed' END
FROM audit_sealedrow s JOIN audit_seal b ON b.id = s.seal_id LEFT JOIN {table} t ON t.{key} = s.row_id
WHERE s.table_name = %s AND b.columns = %s::jsonb
    AND (t.{key} IS NULL OR s.digest <> {digest})
ORDER BY s.row_id
"""
NEVER_SEALED = """
SELECT t.{key} FROM {table} t
WHERE t.{key} <= %s AND NOT EXISTS (SELECT 1 FROM audit_sealedrow s WHERE s.table_name = %s AND s.row_id = t.{key})
ORDER BY t.{key}
"""
BROKEN = """
SELECT b.id, count(s.row_id) FROM audit_seal b LEFT JOIN audit_sealedrow s ON s.seal_id = b.id
GROUP BY b.id, b.rows_hash
HAVING b.rows_hash IS DISTINCT FROM
    encode(sha256(convert_to(string_agg(s.row_id || ':' || s.digest, E'\n' ORDER BY s.row_id), 'UTF8')), 'hex')
"""
ORPHANS = """
SELECT s.table_name, s.row_id FROM audit_sealedrow s
WHERE NOT EXISTS (SELECT 1 FROM audit_seal b WHERE b.id = s.seal_id) ORDER BY s.table_name, s.row_id
"""


def findings() -> Iterator[str]:
    """Nothing, when the audit is whole."""
    outside = _written_outside()  # before the database is read, or a seal made meanwhile would seem to be missing
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sealing.STEADY + "SET LOCAL statement_timeout = 0")
        for table in guards.sealed_tables():
            yield from _rows(cursor, table)
        yield from _seals(cursor)
        yield from _heads(outside)


def _rows(cursor, table: str) -> Iterator[str]:
    key, present = sealing.key_of(table), set(sealing.columns_of(cursor, table))
    for columns in Seal.objects.filter(table_name=table).order_by().values_list("columns", flat=True).distinct():
        if gone := sorted(set(columns) - present):
            yield f"{table}: the column {', '.join(gone)} was taken away after rows that had it were sealed."
            continue
        later = sorted(present - set(columns))
        row = "to_jsonb(t)" + "".join(f" - '{name}'" for name in later)
        query = COMPARE.format(table=table, key=key, digest=sealing.DIGEST.format(row=row))
        cursor.execute(query, [table, json.dumps(columns)])
        for row_id, how in cursor.fetchall():
            yield f"{table} row {row_id} is {how}."
    cursor.execute(NEVER_SEALED.format(table=table, key=key), [sealing.settled(cursor, table), table])
    for (row_id,) in cursor.fetchall():
        yield f"{table} row {row_id} was put in among rows sealed before it."


def _seals(cursor) -> Iterator[str]:
    """The chain itself: each seal as it was made, each on top of the one before, over the digests it was made of."""
    cursor.execute(BROKEN)
    broken = dict(cursor.fetchall())
    previous = ""
    for seal in Seal.objects.order_by("pk").iterator():
        if seal.hash != sealing.hash_of_seal(seal):
            yield f"Seal {seal.pk} of {seal.table_name} is changed."
        elif seal.pk in broken:
            yield (
                f"Seal {seal.pk} no longer covers what it sealed, {seal.rows} rows of {seal.table_name} "
                f"up to row {seal.last_row_id}: {broken[seal.pk]} digests are left, and not all as they were."
            )
        if seal.previous_hash != previous:
            yield f"Seal {seal.pk} does not follow the one before it: one between them is missing or changed."
        previous = seal.hash
    cursor.execute(ORPHANS)
    for table, row_id in cursor.fetchall():
        yield f"{table} row {row_id} has lost its seal."


def _written_outside() -> list[dict]:
    path = sealing.heads_file()
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def _heads(outside: list[dict]) -> Iterator[str]:
    """What was written down outside must still be in the chain."""
    file = sealing.heads_file().name
    seals = dict(Seal.objects.values_list("pk", "hash"))
    lost = [head for head in outside if head["seal"] not in seals]
    for head in outside:
        if seals.get(head["seal"], head["hash"]) != head["hash"]:
            yield f"Seal {head['seal']} is not the one written in {file} at {head['made_at']}."
    if lost:
        yield (
            f"The end was cut off: {file} knows seal {lost[-1]['seal']}, made at {lost[-1]['made_at']}, "
            f"of {lost[-1]['table']} up to row {lost[-1]['last_row']}; the database does not."
        )
