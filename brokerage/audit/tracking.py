"""Row changes, kept by the database itself. `@tracked` on a model is all a feature has to say."""

from contextlib import contextmanager

import pghistory
from celery import Task
from django.db import models


class ThisTransaction(models.Func):
    """The id of the transaction in which the row is written: it ties evidence to the deed that caused it."""

    template = "(pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()
    arity = 0


def tracked(model=None, *, exclude=()):
    """Keep every state each row ever had, with who and where, in a table that only grows.

    Name in `exclude` what must not be kept for ever, such as a password's hash.
    """
    if model is None:
        return lambda model: tracked(model, exclude=exclude)
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(exclude) or None,
        append_only=True,
        context_field=pghistory.ContextJSONField(),  # in the row itself, so that it is sealed with it
        context_id_field=pghistory.ContextUUIDField(),
        attrs={"pgh_tx": models.BigIntegerField(db_default=ThisTransaction(), editable=False)},
    )(model)


@contextmanager
def on_behalf_of(**who):
    """Name the command, task or sweep whose changes follow: `with on_behalf_of(command="sweep"): ...`."""
    with pghistory.context(**who):
        yield


class RecordedTask(Task):
    """A Celery task whose changes carry its name."""

    abstract = True

    def __call__(self, *args, **kwargs):
        with on_behalf_of(task=self.name):
            return super().__call__(*args, **kwargs)


class RecordedCommand:
    """Mix in before BaseCommand: what the command changes carries its name."""

    def execute(self, *args, **options):
        with on_behalf_of(command=type(self).__module__.rpartition(".")[2]):
            return super().execute(*args, **options)
