"""What the application's role may do: work with the tables, never change their shape, and to the audit only add."""

from django.db import connection, transaction
from psycopg2 import sql

from . import guards
from .models import Event, Seal, SealedRow

WORKING = [
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC, {role}",
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO {role}",
]
READ_ONLY = "REVOKE INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON {table} FROM {role}"
INSERT_ONLY = "REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON {table} FROM {role}"
SEQUENCE = "REVOKE UPDATE ON SEQUENCE {sequence} FROM {role}"


def grant(role: str) -> None:
    """Give the role its rights, and take away any it should not have. Run by the owner after each migrate."""
    insert_only = [model._meta.db_table for model in (Event, Seal, SealedRow)]
    read_only = [*guards.evidence_tables(), "django_migrations", "pghistory_context"]
    guards.protect()
    with transaction.atomic(), connection.cursor() as cursor:

        def run(statement, **names):
            names = {name: sql.Identifier(*value.split(".")) for name, value in names.items()}
            cursor.execute(sql.SQL(statement).format(role=sql.Identifier(role), **names))

        for statement in WORKING:
            run(statement)
        for table in read_only:
            run(READ_ONLY, table=table)
        for table in insert_only:
            run(INSERT_ONLY, table=table)
        for table in [*read_only, *insert_only]:
            for sequence in _sequences(cursor, table):
                run(SEQUENCE, sequence=sequence)


def exists(role: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        return cursor.fetchone() is not None


def _sequences(cursor, table: str) -> list[str]:
    cursor.execute(
        "SELECT s.relname FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'"
        " WHERE d.refobjid = to_regclass(quote_ident(%s))",
        [table],
    )
    return [name for (name,) in cursor.fetchall()]
