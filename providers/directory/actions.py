"""What council staff do to the directory: set right where a service is written to, suspend it, lift that."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from brokerage.audit.recording import record
from brokerage.clocks import clock
from brokerage.council import settings as council
from brokerage.errors import NotAllowed, Refused
from brokerage.notify.models import Audience
from brokerage.notify.telling import tell
from providers.directory import rules
from providers.directory.days import day_in_words
from providers.directory.models import Contact, ContactKind, Service, Standing, StandingStatus

MAILBOXES = (ContactKind.ENQUIRIES, ContactKind.SIGNING)


@transaction.atomic
def correct_mailboxes(service, *, enquiries: str, signing: str, because: str, by):
    """From now on write to these mailboxes. Whoever read the old ones is told that they were changed."""
    service = _take(service, by)
    for mailbox in (enquiries, signing):
        if reason := rules.reason_not_to_write_to(mailbox, demonstration=settings.DEMONSTRATION):
            raise Refused(reason)

    before = {contact.kind: contact for contact in service.contacts.filter(kind__in=MAILBOXES)}
    was = {kind.value: before[kind].mailbox if kind in before else "" for kind in MAILBOXES}
    now = {ContactKind.ENQUIRIES.value: enquiries, ContactKind.SIGNING.value: signing}
    for kind in MAILBOXES:
        _set_mailbox(service, kind, now[kind], before.get(kind))

    said = f"Mailboxes of {service} {'confirmed' if was == now else 'changed'}"
    record("directory.mailboxes_corrected", service, by=by, said=said, because=because, was=was, now=now)
    for left in sorted(set(was.values()) - set(now.values()) - {""}):
        tell(
            left, "mailbox-changed", about=service, audience=Audience.PROVIDER, name=service.name, **_how_to_reach_us()
        )
    return service


@transaction.atomic
def suspend(service, *, status: str, because: str, until_on=None, by) -> Standing:
    """Ask nothing of a service from today, until it is lifted or until a day."""
    service = _take(service, by)
    today = _today()
    if standing := service.standings.in_force(today).first():
        raise Refused(f"{service} is {standing.get_status_display().lower()} already.")
    if later := service.standings.filter(from_on__gt=today).first():
        raise Refused(f"{service} will be {later.get_status_display().lower()} from {day_in_words(later.from_on)}.")
    if until_on and until_on <= today:
        raise Refused("The day it may be asked again must be after today.")

    standing = Standing.objects.create(
        service=service, status=status, because=because, from_on=today, until_on=until_on
    )
    until = f" until {day_in_words(until_on)}" if until_on else ""
    said = f"{service} {StandingStatus(status).label.lower()}{until}"
    record(f"directory.{status}", service, by=by, said=said, because=because, standing=standing.pk)
    return standing


@transaction.atomic
def lift(service, *, because: str, by) -> Standing:
    """The service may be asked again from today."""
    service = _take(service, by)
    standing = service.standings.in_force(_today()).first()
    if standing is None:
        raise Refused(f"{service} is not suspended or embargoed.")

    standing.until_on = _today()
    standing.save(update_fields=["until_on"])
    said = f"{service} no longer {standing.get_status_display().lower()}"
    record("directory.lifted", service, by=by, said=said, because=because, standing=standing.pk)
    return standing


def _take(service, by):
    if reason := rules.reason_not_to_change(by):
        raise NotAllowed(reason)
    return Service.objects.select_for_update().get(pk=service.pk)


def _set_mailbox(service, kind, mailbox, contact):
    if not mailbox:
        if contact:
            contact.delete()
        return
    contact = contact or Contact(service=service, kind=kind)
    contact.mailbox, contact.confirmed_at = mailbox, clock.now()
    contact.save()


def _how_to_reach_us():
    ours = council.current()
    return {"council": ours.name, "phone": ours.phone, "email": ours.email}


def _today():
    return timezone.localdate(clock.now())
