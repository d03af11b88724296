"""Who may be asked, and why not: reasons in words, pure, with nothing read from the database."""

from datetime import date

from brokerage.accounts.models import Role
from providers.directory.days import day_in_words
from providers.directory.models import RegisterStatus, Service, Standing

MAY_CHANGE = frozenset({Role.BROKER, Role.DUTY_BROKER, Role.TEAM_MANAGER})
MAY_READ = MAY_CHANGE | {Role.COMMISSIONER, Role.AUDITOR}
INVENTED = (".example", ".test", ".invalid", ".localhost", "example.com", "example.org", "example.net")


def reason_not_to_change(user) -> str | None:
    if user.has_role(*MAY_CHANGE):
        return None
    return "Only a broker, a duty broker or a team manager can change the directory."


def reason_not_to_write_to(mailbox: str, *, demonstration: bool) -> str | None:
    """A demonstration never holds an address at which somebody real might read what was made up."""
    if not demonstration or not mailbox or mailbox.lower().endswith(INVENTED):
        return None
    return f"This is a demonstration: enter a mailbox that ends in .example instead of {mailbox}."


def reasons_not_to_ask(service: Service, *, on: date, standings: list[Standing], mailbox: str) -> list[str]:
    """Everything that keeps a service out of an enquiry on this day, wherever the person lives."""
    reasons = [
        _not_registered(service, on),
        "Dormant: registered, but giving no care at present." if service.dormant else None,
        *map(_standing, standings),
        None if mailbox else "No mailbox to write to.",
    ]
    return [reason for reason in reasons if reason]


def reason_too_far(miles: float, within_miles: float | None) -> str | None:
    if within_miles is None or miles <= within_miles:
        return None
    return f"{distance(miles)} away, further than {within_miles:g} miles."


def distance(miles: float) -> str:
    return f"{miles:.1f} miles"


def _not_registered(service, on):
    if service.register_status != RegisterStatus.DEREGISTERED:
        return None
    if service.deregistered_on and service.deregistered_on > on:
        return None
    since = f" since {day_in_words(service.deregistered_on)}" if service.deregistered_on else ""
    successor = f" {service.succeeded_by} took over from it." if service.succeeded_by else ""
    return f"No longer registered{since}.{successor}"


def _standing(standing):
    until = f" until {day_in_words(standing.until_on)}" if standing.until_on else ""
    because = standing.because.strip().rstrip(".")
    return f"{standing.get_status_display()} from {day_in_words(standing.from_on)}{until}: {because}."
