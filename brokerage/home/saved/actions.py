"""Saving a view of the queue, naming it, sharing it, starting with it."""

from django.db import IntegrityError, transaction

from brokerage.accounts.models import User
from brokerage.audit.recording import record
from brokerage.clocks import clock
from brokerage.errors import NotAllowed, Refused
from brokerage.home.saved import rules
from brokerage.home.saved.models import Landing, SavedView


@transaction.atomic
def save(query: str, *, name: str, by, team=None) -> SavedView:
    """Keep these filters under a name: for oneself, or for a team."""
    name = " ".join(name.split())
    User.objects.select_for_update().get(pk=by.pk)  # one at a time, or twenty at once would pass the limit
    if team and (reason := rules.reason_not_to_share(by, team)):
        raise NotAllowed(reason)
    if reason := rules.reason_not_to_keep(name, user=by, team=team):
        raise Refused(reason)
    view = _written(SavedView(owner=by, team=team, name=name, query=query, made_at=clock.now()))
    record("view.saved", view, by=by, said=f"View “{name}” saved{_for(team)}", query=query)
    return view


@transaction.atomic
def change(view, *, name: str, team, by) -> SavedView:
    """Rename a view, share it with a team, or keep it to oneself again."""
    view, name = _take(view, by), " ".join(name.split())
    if team and team.pk != view.team_id and (reason := rules.reason_not_to_share(by, team)):
        raise NotAllowed(reason)
    if reason := rules.reason_not_to_keep(name, user=by, team=team, besides=view):
        raise Refused(reason)
    before = str(view)
    if view.team_id and team is None:
        view.owner = by  # whoever takes it back has it; nobody else may start with it any more
        Landing.objects.filter(view=view).exclude(user=by).delete()
    view.name, view.team, view.version = name, team, view.version + 1
    _written(view)
    record("view.changed", view, by=by, said=f"View “{before}” is now “{name}”{_for(team)}")
    return view


@transaction.atomic
def delete(view, *, by):
    view = _take(view, by)
    record("view.deleted", view, by=by, said=f"View “{view}” deleted{_for(view.team)}", query=view.query)
    view.delete()


@transaction.atomic
def start_with(view, *, by):
    """Open this view first, from the next time on."""
    Landing.objects.update_or_create(user=by, defaults={"view": view})
    record("view.landing", view, by=by, said=f"{by.full_name} starts with “{view}”")


@transaction.atomic
def start_as_usual(view, *, by):
    if Landing.objects.filter(user=by, view=view).delete()[0]:
        record("view.landing", view, by=by, said=f"{by.full_name} no longer starts with “{view}”")


def _take(view, by) -> SavedView:
    view = SavedView.objects.select_for_update().get(pk=view.pk)
    if reason := rules.reason_not_to_change(view, by):
        raise NotAllowed(reason)
    return view


def _written(view) -> SavedView:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as conflict:
        if "has_its_name_once" not in str(conflict):
            raise
        raise Refused(f"A view named “{view}” was saved a moment ago. Enter another name.") from None
    return view


def _for(team) -> str:
    return f" for {team}" if team else ""
