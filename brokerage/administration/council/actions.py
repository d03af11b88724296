"""Changing what the council is and when it works. A clock that runs keeps its deadline; those started afterwards follow."""

from django.db import IntegrityError, transaction

from brokerage.administration.council import in_words, rules
from brokerage.audit.recording import record
from brokerage.clocks import clock
from brokerage.council import settings
from brokerage.council.models import Council
from brokerage.errors import NotAllowed, Refused


@transaction.atomic
def change(*, by, because="", **facts) -> list[str]:
    """Keep these settings.

    Args:
        by: nobody where a profile is loaded from the command line.
        facts: fields of `Council`.

    Returns:
        what is another now, in words; nothing is written where nothing is.
    """
    if reason := rules.reason_not_to_change(by):
        raise NotAllowed(reason)
    council = take()
    before = {name: getattr(council, name) for name in facts}
    for name, value in facts.items():
        setattr(council, name, value)
    hours = {name: getattr(council, name) for name in in_words.HOURS}
    if reason := rules.reason_not_to_work(hours):
        raise Refused(reason)
    for name in ("brand_colour", "link_colour"):
        if facts.get(name, before.get(name)) != before.get(name) and (reason := rules.reason_not_to_wear(facts[name])):
            raise Refused(reason)
    changes = in_words.changes(before, facts)
    if not changes:
        return []
    council.version += 1
    council.changed_at, council.changed_by = clock.now(), by.full_name if by else "The service"
    council.save()
    transaction.on_commit(settings.forget)
    settings.forget()
    record("council.changed", council, by=by, because=because, said="Council settings changed", changes=changes)
    return changes


def take() -> Council:
    """The one row, held; made where there is none yet."""
    if not Council.objects.filter(pk=1).exists():
        try:
            with transaction.atomic():
                Council.objects.create(pk=1)
        except IntegrityError:
            pass  # somebody else has just made it
    return Council.objects.select_for_update().get(pk=1)
