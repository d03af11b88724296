"""Who looks after the rota, who may answer an alarm, and why not: a sentence, or None."""

from datetime import datetime, timedelta

from brokerage.accounts.models import Role
from brokerage.clocks.saying import listed as _listed
from brokerage.clocks.saying import ordinal, short

from .models import Alarm, Line, Shift

MAY_CHANGE = frozenset({Role.TEAM_MANAGER, Role.ADMINISTRATOR, Role.DUTY_BROKER})
MAY_READ = MAY_CHANGE | {Role.BROKER, Role.HEAD_OF_SERVICE, Role.ASSISTANT_DIRECTOR}
ANSWERS = frozenset({Role.BROKER, Role.DUTY_BROKER, Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE, Role.ASSISTANT_DIRECTOR})
LONGEST = timedelta(days=14)

__all__ = ["listed", "ordinal"]


def listed(names: list[str]) -> str:
    return _listed(list(dict.fromkeys(names))) if names else ""


def reason_not_to_change(user, shift: Shift | None = None) -> str | None:
    if not user.has_role(*MAY_CHANGE):
        return "Only a duty broker, a team manager or an administrator can change the rota."
    if shift is not None and shift.team_id and not _looks_after(user, shift.team_id):
        return f"Only somebody of {shift.team} or an administrator can change its rota."
    return None


def reason_not_this_team(user, team) -> str | None:
    if team is not None and not _looks_after(user, team.pk):
        return f"Select one of your own teams: only an administrator can change the rota of {team}."
    return None


def reason_not_these_times(from_at: datetime, until_at: datetime, *, now: datetime) -> str | None:
    if until_at <= from_at:
        return "Enter an end that is after the start."
    if until_at <= now:
        return "Enter times that have not passed."
    if until_at - from_at > LONGEST:
        return "Enter a shift of at most 14 days."
    return None


def reason_it_overlaps(shift: Shift, *, now: datetime) -> str | None:
    """Two on one line at once would each wait for the other; somebody else may be the second line."""
    same = Shift.objects.between(shift.from_at, shift.until_at).filter(team_id=shift.team_id, line=shift.line)
    other = same.exclude(pk=shift.pk).order_by("from_at").first()
    if other is None:
        return None
    line, times = Line(shift.line).label.lower(), f"{short(other.from_at, now=now)} to {short(other.until_at, now=now)}"
    instead = "put them on the second line, or choose other times" if shift.line == Line.FIRST else "choose other times"
    return f"{other.name} is already on the {line} from {times}: {instead}."


def reason_not_to_acknowledge(alarm: Alarm, user) -> str | None:
    paged = alarm.pages.filter(user=user).exists()
    if paged or (user.has_role(*ANSWERS) and user.is_in_team(alarm.team_id)):
        return None
    return f"Only somebody of {alarm.team}, or somebody who was paged, can say that they have {alarm.case}."


def _looks_after(user, team_id: int) -> bool:
    return user.has_role(Role.ADMINISTRATOR) or user.is_in_team(team_id)
