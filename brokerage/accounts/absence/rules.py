"""Who may say that somebody is away, and who may stand in for them."""

from datetime import date

from brokerage.accounts.roles import APPROVING, BROKERING, Role
from brokerage.clocks import saying

from .models import Absence

MAY_STAND_IN = {  # who is told in somebody's place: the same work, or the next in line
    Role.BROKER: BROKERING,
    Role.DUTY_BROKER: BROKERING,
    Role.TEAM_MANAGER: (Role.TEAM_MANAGER, Role.DUTY_BROKER, Role.HEAD_OF_SERVICE),
    Role.HEAD_OF_SERVICE: (Role.HEAD_OF_SERVICE, Role.ASSISTANT_DIRECTOR, Role.TEAM_MANAGER),
    Role.ASSISTANT_DIRECTOR: APPROVING,
}


def reason_not_to_record_for(who, by) -> str | None:
    if who == by or by.has_role(Role.ADMINISTRATOR):
        return None
    if by.has_role(Role.TEAM_MANAGER) and who.teams.filter(pk__in=by.teams.all()).exists():
        return None
    return "Only they themselves, their team manager or an administrator can say that somebody is away."


def reason_not_to_be_away(who, from_on: date, until_on: date, *, today: date) -> str | None:
    if not who.is_active:
        return f"{who} has left."
    if until_on < from_on:
        return "Enter a last day that is not before the first."
    if until_on < today:
        return "Enter days still to come: nobody can stand in for days that have passed."
    if clash := Absence.objects.between(from_on, until_on).filter(who=who).first():
        return f"{who} is already away {in_words(clash)}. End that absence first."
    return None


def reason_not_to_stand_in(deputy, who, from_on: date, until_on: date) -> str | None:
    if deputy == who:
        return "Select somebody else to stand in."
    if not deputy.is_active:
        return f"{deputy} has left, so cannot stand in."
    if who.teams.exists() and not deputy.teams.filter(pk__in=who.teams.all()).exists():
        return f"{deputy} is not in a team of {who}, so would not see the cases."
    for role in who.roles:
        fitting = MAY_STAND_IN.get(role)
        if fitting and not deputy.has_role(*fitting):
            return f"{deputy} cannot stand in for a {Role(role).label.lower()}."
    if not any(role in MAY_STAND_IN for role in who.roles) and set(who.roles).isdisjoint(deputy.roles):
        return f"{deputy} does other work than {who}, so cannot stand in."
    if away := Absence.objects.between(from_on, until_on).filter(who=deputy).first():
        return f"{deputy} is away too, {in_words(away)}, so cannot stand in."
    return None


def reason_not_to_end(absence, by, *, today: date) -> str | None:
    if reason := reason_not_to_record_for(absence.who, by):
        return reason
    if absence.ended_at or absence.until_on < today:
        return f"{absence.who} is back already."
    return None


def in_words(absence) -> str:
    if absence.from_on == absence.until_on:
        return f"on {saying.full_day(absence.from_on)}"
    return f"from {saying.full_day(absence.from_on)} to {saying.full_day(absence.until_on)}"
