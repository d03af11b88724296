"""What is written when providers are asked, and when they need not answer any more."""

from django.conf import settings

from brokerage.clocks import calendars, saying
from brokerage.council import settings as council
from brokerage.notify.models import Audience
from brokerage.notify.telling import Letter


def to_providers(enquiry, invitations, sheet) -> list[Letter]:
    """One to each service asked: number, service, deadline, link, and nothing of the case."""
    context = {"number": enquiry.number, "service": sheet.service, "reply_by": when(enquiry.closes_at)}
    return [
        _to_provider(enquiry, invitation, "enquiry", link=invitation, once=f"enquiry:{invitation.pk}", **context)
        for invitation in invitations
    ]


def withdrawn(enquiry, invitations) -> list[Letter]:
    return [
        _to_provider(enquiry, invitation, "enquiry-withdrawn", once=f"withdrawn:{invitation.pk}", number=enquiry.number)
        for invitation in invitations
    ]


def no_longer_needed(enquiry, invitations) -> list[Letter]:
    """To those whose offers were waiting when the case was withdrawn."""
    return [
        _to_provider(
            enquiry, invitation, "enquiry-no-longer-needed", once=f"not needed:{invitation.pk}", number=enquiry.number
        )
        for invitation in invitations
    ]


def to_coordinator(enquiry, template: str, **context) -> Letter:
    return _to_staff(enquiry, enquiry.referral.coordinator_address, template, **context)


def to_broker(enquiry, template: str, **context) -> Letter:
    return _to_staff(enquiry, enquiry.referral.broker_address, template, page=enquiry.get_absolute_url(), **context)


def when(instant) -> str:
    """'Wed 4 Nov 12:30': a letter may be read tomorrow, so it never says "today"."""
    zone = calendars.policy().zone
    day = instant.astimezone(zone).date()
    return f"{day:%a} {day.day} {day:%b} {saying.face(instant, zone=zone)}"


def _to_provider(enquiry, invitation, template, *, once, link=None, **context) -> Letter:
    return Letter(
        address=invitation.mailbox,
        template=template,
        case=enquiry.referral.reference,
        about=invitation,
        link=link,
        audience=Audience.PROVIDER,
        once_key=once,
        context=context | {"council": council.current().name},
    )


def _to_staff(enquiry, address, template, **context) -> Letter:
    referral = enquiry.referral
    known = {"initials": referral.initials, "reference": referral.reference, "number": enquiry.number}
    return Letter(
        address=address,
        template=template,
        case=referral.reference,
        about=enquiry,
        context=known | {"site": settings.SITE_URL} | context,
    )
