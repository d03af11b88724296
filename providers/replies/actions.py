"""A provider answers, changes its mind, or says that it was not them."""

from django.db import transaction
from django.db.models import Max

from brokerage.audit.recording import Outsider, record
from brokerage.clocks import calendars, clock, saying
from brokerage.deadlines import actions as deadlines
from brokerage.errors import Refused
from brokerage.links import links
from brokerage.money import pounds
from brokerage.notify.telling import tell
from providers.enquiries.models import EnquiryStatus, Invitation
from providers.replies import rules
from providers.replies.models import OFFERS, Reply
from referrals.work import actions as work
from referrals.work.models import WaitsOn


@transaction.atomic
def reply(
    invitation,
    *,
    kind,
    by_name,
    by_role,
    rate=None,
    start_on=None,
    visits=(),
    changes="",
    who_will_come="",
    conditions="",
    why_not="",
    would_say_yes_if="",
    entered_by=None,
):
    """Keep what a provider said. Said again, it is a new version; the earlier one is kept.

    Args:
        kind: one of `ReplyKind`.
        rate: pounds for one unit of the sheet, an hour or a week.
        visits: for a part, the positions in the sheet's timetable.
        entered_by: the broker who took it down, where it was spoken.
    """
    invitation, now = _take(invitation), clock.now()
    enquiry = invitation.enquiry
    if reason := rules.reason_not_to_reply(invitation):
        raise Refused(reason)
    if not by_name.strip() or not by_role.strip():
        raise Refused("Enter your name and your role.")
    lines = len(enquiry.sheet.get("timetable", []))
    if reason := rules.reason_not_to_say(
        kind, rate=rate, start_on=start_on, visits=visits, changes=changes, why_not=why_not, lines=lines
    ):
        raise Refused(reason)

    late = rules.is_late(invitation, at=now)
    current = invitation.replies.filter(is_current=True).first()
    counts = not (late and current and not current.is_late)  # a late change of mind never displaces what came in time
    if counts:
        invitation.replies.filter(is_current=True).update(is_current=False)
    offers = kind in OFFERS
    said = Reply.objects.create(
        invitation=invitation,
        version=(invitation.replies.aggregate(last=Max("version"))["last"] or 0) + 1,
        is_current=counts,
        kind=kind,
        made_at=now,
        by_name=by_name.strip(),
        by_role=by_role.strip(),
        entered_by=entered_by,
        is_late=late,
        rate=rate if offers else None,
        unit=enquiry.sheet.get("unit", "") if offers else "",
        start_on=start_on if offers else None,
        visits=sorted(set(visits)) if kind == "part" else [],
        changes=changes.strip() if kind == "different" else "",
        who_will_come=who_will_come.strip(),
        conditions=conditions.strip(),
        why_not=why_not if kind == "no" else "",
        would_say_yes_if=would_say_yes_if.strip() if kind == "no" else "",
    )
    invitation.draft = {}
    invitation.save(update_fields=["draft"])
    deadlines.stop(invitation, "reply", by=None, because="Answered")
    _say_so_in_the_queue(enquiry)
    # the history is read before offers may be: it says that they replied, never what
    record(
        "reply.made",
        said,
        by=entered_by or Outsider(said.by_name, role=said.by_role, organisation=invitation.service_name),
        case=enquiry.case_reference,
        said=f"{invitation.service_name} {'changed its reply' if current else 'replied'}{', after the deadline' if late else ''}",
    )
    _send_receipt(invitation, said)
    if kind == "interested":
        _ask_broker_to_call(invitation, said)
    return said


@transaction.atomic
def disown(invitation, *, by_name=""):
    """The registered mailbox says that the reply was not theirs: it counts no longer, and the old links are dead."""
    invitation = _take(invitation)
    current = invitation.replies.filter(is_current=True).first()
    if current is None:
        raise Refused("There is no reply to take back.")
    current.is_current, current.disowned_at = False, clock.now()
    current.save(update_fields=["is_current", "disowned_at"])
    links.replace(invitation)
    enquiry = invitation.enquiry
    record(
        "reply.disowned",
        current,
        by=Outsider(by_name or "Whoever opened the link", organisation=invitation.service_name),
        case=enquiry.case_reference,
        said=f"{invitation.service_name} says its reply was not theirs. The reply no longer counts; a fresh link went to its mailbox",
    )
    tell(
        invitation.mailbox,
        "enquiry-fresh-link",
        case=enquiry.case_reference,
        about=invitation,
        link=invitation,
        audience="provider",
        number=enquiry.number,
        service=enquiry.sheet["service"],
        closes=_closes(enquiry),
    )
    if enquiry.referral.broker:
        tell(
            enquiry.referral.broker.email,
            "reply-disowned",
            case=enquiry.case_reference,
            about=current,
            urgent=True,
            initials=enquiry.referral.initials,
            reference=enquiry.case_reference,
            number=enquiry.number,
            provider=invitation.service_name,
        )
    return current


def _send_receipt(invitation, said):
    enquiry = invitation.enquiry
    tell(
        invitation.mailbox,
        "reply-receipt",
        case=enquiry.case_reference,
        about=said,
        link=invitation,
        audience="provider",
        number=enquiry.number,
        kind=said.get_kind_display(),
        price=f"{pounds(said.rate)} {said.get_unit_display()}" if said.rate else "",
        start_on=f"{said.start_on.day} {said.start_on:%B %Y}" if said.start_on else "",
        by=f"{said.by_name}, {said.by_role}",
        late=said.is_late,
        closes=_closes(enquiry),
    )


def _ask_broker_to_call(invitation, said):
    enquiry = invitation.enquiry
    if enquiry.referral.broker:
        tell(
            enquiry.referral.broker.email,
            "provider-asks-for-call",
            case=enquiry.case_reference,
            about=said,
            initials=enquiry.referral.initials,
            reference=enquiry.case_reference,
            provider=invitation.service_name,
            by=f"{said.by_name}, {said.by_role}",
            phone=invitation.service.phone,
        )


def _say_so_in_the_queue(enquiry):
    if enquiry.status != EnquiryStatus.OPEN:
        return
    asked = enquiry.invitations.count()
    answered = Reply.objects.filter(invitation__enquiry=enquiry, is_current=True).count()
    if answered == asked:
        work.move_on(enquiry.referral, next_step="Everyone has replied: close the enquiry", waits_on=WaitsOn.BROKERAGE)
    else:
        step = f"{answered} of {asked} replied, closes {_closes(enquiry)}"
        work.move_on(enquiry.referral, next_step=step, waits_on=WaitsOn.PROVIDER)


def _closes(enquiry):
    zone = calendars.policy().zone
    local = enquiry.closes_at.astimezone(zone)
    return f"{saying.full_day(local.date())} at {saying.face(enquiry.closes_at, zone=zone)}"


def _take(invitation):
    return (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("enquiry__referral__person", "enquiry__referral__broker", "service")
        .get(pk=invitation.pk)
    )
