"""Seals the audit: a digest of each row, batched, each batch chained to the one before, the chain's head kept outside.

Writers never wait for it. One sealer at a time reads what has been committed since; a row whose transaction took long
is found later, because each pass looks back over what was written since the seals of a day ago.
"""

import hashlib
import json
import logging
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from . import guards
from .models import Seal

logger = logging.getLogger(__name__)

ONE_SEALER = 7_364_201  # an advisory lock of our own
BATCH = 5000
LOOK_BACK = timedelta(days=1)

# Written the same way whoever asks, from wherever: a digest must not depend on a session's settings.
STEADY = "SET LOCAL TimeZone = 'UTC'; SET LOCAL bytea_output = 'hex'; SET LOCAL IntervalStyle = 'iso_8601'; "
DIGEST = "encode(sha256(convert_to(jsonb_strip_nulls({row})::text, 'UTF8')), 'hex')"

UNSEALED = """
SELECT t.{key}, {digest} FROM {table} t
WHERE t.{key} > %s AND NOT EXISTS (SELECT 1 FROM audit_sealedrow s WHERE s.table_name = %s AND s.row_id = t.{key})
ORDER BY t.{key} LIMIT %s
"""
# A late row is one whose transaction began before others that have been sealed: look back a day's worth of ids.
SETTLED = """
SELECT coalesce(max(last_row_id), 0) FROM audit_seal WHERE table_name = %s AND made_at < now() - %s
"""


def seal() -> int:
    """Seal every row committed so far. Returns how many."""
    sealed = sum(_seal_table(table) for table in guards.sealed_tables())
    if sealed:
        transaction.on_commit(keep_head_outside)
    return sealed


def _seal_table(table: str) -> int:
    """A batch begins where the last one ended: a late row is found by the next pass, and a million do not take a million looks."""
    total, last = 0, None
    while True:
        rows, last = _seal_batch(table, after=last)
        total += rows
        if rows < BATCH:
            return total


@transaction.atomic
def _seal_batch(table: str, *, after: int | None) -> tuple[int, int]:
    """How many rows were sealed, and the last of them."""
    with connection.cursor() as cursor:
        cursor.execute(STEADY + "SELECT pg_advisory_xact_lock(%s)", [ONE_SEALER])
        columns = columns_of(cursor, table)
        cursor.execute(
            UNSEALED.format(table=table, key=key_of(table), digest=DIGEST.format(row="to_jsonb(t)")),
            [settled(cursor, table) if after is None else after, table, BATCH],
        )
        rows = cursor.fetchall()
        if not rows:
            return 0, 0
        previous = Seal.objects.order_by("-pk").values_list("hash", flat=True).first() or ""
        made = Seal(table_name=table, columns=columns, rows=len(rows), last_row_id=max(row_id for row_id, _ in rows))
        made.rows_hash = hash_of_rows(rows)
        made.previous_hash = previous
        made.hash = hash_of_seal(made)
        made.save(force_insert=True)
        cursor.execute(
            "INSERT INTO audit_sealedrow (table_name, row_id, digest, seal_id)"
            " SELECT %s, row_id, digest, %s FROM unnest(%s::bigint[], %s::text[]) AS r(row_id, digest)",
            [table, made.pk, [row_id for row_id, _ in rows], [digest for _, digest in rows]],
        )
    return len(rows), made.last_row_id


def settled(cursor, table: str) -> int:
    """Up to this id the sealer does not look again: what is not sealed by now never was there in time."""
    cursor.execute(SETTLED, [table, LOOK_BACK])
    return cursor.fetchone()[0]


def key_of(table: str) -> str:
    return "id" if table == "audit_event" else "pgh_id"


def columns_of(cursor, table: str) -> list[str]:
    return sorted(column.name for column in connection.introspection.get_table_description(cursor, table))


def hash_of_rows(rows: list[tuple[int, str]]) -> str:
    """Rows in the order of their ids."""
    return hashlib.sha256("\n".join(f"{row_id}:{digest}" for row_id, digest in rows).encode()).hexdigest()


def hash_of_seal(seal: Seal) -> str:
    parts = [seal.previous_hash, seal.table_name, seal.columns, seal.rows, seal.last_row_id, seal.rows_hash]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def heads_file() -> Path:
    return Path(settings.VAR_DIR) / "audit-heads.log"


def keep_head_outside() -> None:
    """Append the last seal to a file outside the database: whoever cuts the chain's end cannot cut it there as well."""
    head = Seal.objects.order_by("-pk").first()
    line = {
        "seal": head.pk,
        "hash": head.hash,
        "made_at": head.made_at.isoformat(),
        "table": head.table_name,
        "last_row": head.last_row_id,
    }
    try:
        with open(heads_file(), "a") as file:
            file.write(json.dumps(line) + "\n")
    except OSError as error:
        logger.error("The audit's head could not be written to %s: %s", heads_file(), error)
