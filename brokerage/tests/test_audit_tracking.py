import pytest
from django.core.management import call_command
from django.urls import reverse

from brokerage.accounts.models import Team, TeamEvent
from brokerage.audit.middleware import without_token
from brokerage.audit.tracking import on_behalf_of
from brokerage.celery import app
from brokerage.links import links

from .factories import PasswordLinkFactory, TeamFactory

pytestmark = pytest.mark.django_db


def test_every_state_a_row_had_is_kept_even_by_bulk_and_raw_changes():
    team = TeamFactory()
    Team.objects.update(name="Adults and carers")
    Team.objects.filter(pk=team.pk).delete()

    kept = TeamEvent.objects.order_by("pgh_id").values_list("pgh_label", "name")
    assert list(kept) == [
        ("insert", "Adults brokerage"),
        ("update", "Adults and carers"),
        ("delete", "Adults and carers"),
    ]


def test_evidence_carries_the_transaction_of_the_deed():
    from brokerage.audit.recording import record

    team = TeamFactory()
    event = record("team.made", team, by=None, said="Made")
    event.refresh_from_db()

    assert TeamEvent.objects.get().pgh_tx == event.tx


def test_evidence_says_on_whose_behalf():
    with on_behalf_of(command="sweep"):
        TeamFactory()

    assert TeamEvent.objects.get().pgh_context == {"command": "sweep"}


def test_a_tasks_changes_carry_its_name():
    tidy = app.task(TeamFactory, name="teams.tidy")

    tidy()
    app.tasks.unregister("teams.tidy")

    assert TeamEvent.objects.get().pgh_context == {"task": "teams.tidy"}


def test_a_links_token_is_not_written_into_the_evidence():
    token = links.token_for(PasswordLinkFactory())
    path = reverse("choose_password", args=[token])

    assert without_token(path) == path.replace(token, "[link]") != path
    assert without_token(reverse("letters")) == "/letters/"
    assert without_token(f"/nowhere/{token}/") == "unknown address"


def test_every_tracked_model_writes_its_evidence_as_the_owner():
    """So that the application's role needs no right to those tables. Migrating must not undo it."""
    from django.db import connection

    from brokerage.audit import guards

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname FROM pg_proc WHERE prosecdef")
        assert {name for (name,) in cursor.fetchall()} >= set(guards.functions())
    assert len(guards.functions()) >= 3 * len(guards.evidence_tables()) > 0
