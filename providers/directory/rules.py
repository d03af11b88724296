"""Who may be asked, and why not: reasons in words, pure, with nothing read from the database."""

from datetime import date

from providers.directory.models import RegisterStatus, Service, Standing


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


def day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def _not_registered(service, on):
    if service.register_status != RegisterStatus.DEREGISTERED:
        return None
    if service.deregistered_on and service.deregistered_on > on:
        return None
    since = f" since {day(service.deregistered_on)}" if service.deregistered_on else ""
    successor = f" {service.succeeded_by} took over from it." if service.succeeded_by else ""
    return f"No longer registered{since}.{successor}"


def _standing(standing):
    until = f" until {day(standing.until_on)}" if standing.until_on else ""
    because = standing.because.strip().rstrip(".")
    return f"{standing.get_status_display()} from {day(standing.from_on)}{until}: {because}."
