"""Who may save, share, change and delete a view, and why not."""

from brokerage.accounts.models import Role
from brokerage.home.saved.models import SavedView

AT_MOST = 20  # of one's own; and of a team's
SHARES = (Role.TEAM_MANAGER,)


def reason_not_to_keep(name: str, *, user, team=None, besides=None) -> str | None:
    """Why no view may have this name here: a team's where `team` is given, one's own otherwise."""
    others = SavedView.objects.filter(team=team) if team else SavedView.objects.filter(owner=user, team=None)
    if besides:
        others = others.exclude(pk=besides.pk)
    whose = f"{team} has" if team else "You have"
    if others.filter(name__iexact=name).exists():
        return f"{whose} a view named “{name}” already. Enter another name."
    if others.count() >= AT_MOST:
        return f"{whose} {AT_MOST} views, which is as many as can be kept. Delete one first."
    return None


def reason_not_to_share(user, team) -> str | None:
    if not user.has_role(*SHARES):
        return "Only a team manager can share a view with the team."
    if not user.is_in_team(team.pk):
        return f"You are not in {team}, so you cannot share a view with it."
    return None


def reason_not_to_change(view, user) -> str | None:
    """To rename, share or delete it."""
    if view.team_id is None:
        return None if view.owner_id == user.pk else f"“{view}” is somebody else’s view."
    if reason := reason_not_to_share(user, view.team):
        return f"“{view}” is shared with {view.team}. {reason}"
    return None
