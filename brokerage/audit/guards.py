"""Puts the guards on every audit table there is. Safe to repeat, and quick when they are already there."""

import pghistory.models
import pghistory.trigger
import pgtrigger
from django.apps import apps
from django.db import connections, transaction

from . import sql
from .models import Event, Seal, SealedRow


def evidence_tables() -> list[str]:
    """The tables in which pghistory keeps row changes."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, pghistory.models.Event) and model._meta.managed and not model._meta.proxy
    )


def sealed_tables() -> list[str]:
    """Whatever is sealed: the deeds and the evidence."""
    return [Event._meta.db_table, *evidence_tables()]


def audit_tables() -> list[str]:
    return [*sealed_tables(), Seal._meta.db_table, SealedRow._meta.db_table]


def protect(using: str = "default") -> None:
    """No row of an audit table is changed or taken away, by anybody who does not first take the guard down."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(sql.MISSING, [audit_tables()])
        if unguarded := [table for (table,) in cursor.fetchall()]:
            cursor.execute(sql.REFUSE_TO_CHANGE)
            cursor.execute(sql.STAMP_EVENTS)
            for table in unguarded:
                cursor.execute(sql.GUARD.format(table=connections[using].ops.quote_name(table)))
        cursor.execute(sql.WRITTEN_AS_CALLER, [functions()])
        if invoked := [function for (function,) in cursor.fetchall()]:
            cursor.execute(sql.ONLY_THE_OWNER_MAY_IGNORE)
            for function in invoked:
                cursor.execute(sql.WRITE_AS_OWNER.format(function=function))
        cursor.execute(sql.LENT_TO, [audit_tables()])
        for table, role in cursor.fetchall():
            cursor.execute(f'REVOKE UPDATE, DELETE, TRUNCATE, TRIGGER, REFERENCES ON "{table}" FROM {role}')


def after_migrate(*, using, **_) -> None:
    connection = connections[using]
    if Event._meta.db_table in connection.introspection.table_names():
        protect(using)


def functions(of=None) -> list[str]:
    """Those that write evidence down, each named as its trigger: of one model, or of all."""
    return [
        trigger.get_pgid(model)
        for model, trigger in pgtrigger.registered()
        if isinstance(trigger, pghistory.trigger.Event) and of in (None, model)
    ]
