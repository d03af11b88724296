"""Looking after teams: whose cases there are, where their letters go, whom to ring."""

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from brokerage.accounts.models import Team
from brokerage.administration.teams import rules
from brokerage.audit.recording import record
from brokerage.clocks import clock
from brokerage.errors import NotAllowed, Refused


@transaction.atomic
def add(*, name, by, **facts) -> Team:
    _may(by)
    slug = slugify(name.replace("’", ""))[:60]
    if not slug:
        raise Refused("Enter a name with letters in it.")
    try:
        with transaction.atomic():
            team = Team.objects.create(name=name, slug=slug, **facts)
    except IntegrityError:
        raise Refused(f"There is a team called {name} already.") from None
    record("team.added", team, by=by, said=f"Team {name} added")
    return team


@transaction.atomic
def change(team, *, by, because="", **facts) -> Team:
    _may(by)
    team = Team.objects.select_for_update().get(pk=team.pk)
    before = {name: getattr(team, name) for name in facts}
    if before == facts:
        return team
    if facts.get("serves", team.serves) != team.serves and team.referrals.exists():
        raise Refused(f"{team} has cases, so it cannot serve others than it does. Add another team.")
    for name, value in facts.items():
        setattr(team, name, value)
    _save(team)
    record("team.changed", team, by=by, because=because, said=f"Team {team} changed", before=before, after=facts)
    return team


@transaction.atomic
def close(team, *, because, by) -> Team:
    """It takes no new work. What it did stays its own."""
    team = Team.objects.select_for_update().get(pk=team.pk)
    if reason := rules.reason_not_to_close(team, by):
        raise NotAllowed(reason) if rules.reason_not_to_change(by) else Refused(reason)
    team.closed_at = clock.now()
    _save(team)
    record("team.closed", team, by=by, because=because, said=f"Team {team} closed")
    return team


@transaction.atomic
def open_again(team, *, by) -> Team:
    team = Team.objects.select_for_update().get(pk=team.pk)
    if reason := rules.reason_not_to_open_again(team, by):
        raise NotAllowed(reason) if rules.reason_not_to_change(by) else Refused(reason)
    team.closed_at = None
    _save(team)
    record("team.opened_again", team, by=by, said=f"Team {team} opened again")
    return team


def _save(team):
    team.version += 1
    try:
        with transaction.atomic():
            team.save()
    except IntegrityError:
        raise Refused(f"There is a team called {team.name} already.") from None


def _may(by):
    if reason := rules.reason_not_to_change(by):
        raise NotAllowed(reason)
