"""Sending an enquiry: the sheet frozen, one invitation and one letter to each, the clocks and the plan."""

from datetime import timedelta

from django.db import transaction

from brokerage.audit.recording import record
from brokerage.clocks import clock
from brokerage.deadlines import actions as deadlines
from brokerage.errors import Refused
from brokerage.notify.telling import tell_many
from providers.enquiries import letters, rules
from providers.enquiries.composing import Composition
from providers.enquiries.models import EnquiryStatus, Invitation
from providers.enquiries.rows import save, take
from referrals.intake.models import Priority
from referrals.timing import actions as timing
from referrals.work import actions as work
from referrals.work.models import WaitsOn

LINKS_LAST = timedelta(days=60)  # after the deadline: a late answer is still an answer


@transaction.atomic
def send(enquiry, *, by):
    """Ask every service that could meet the need, all with the same sheet and by the same deadline."""
    enquiry = take(enquiry)
    enquiry.open_from_start = enquiry.open_from_start or enquiry.referral.priority == Priority.EMERGENCY
    composition = Composition(enquiry, at=clock.now())
    if reason := rules.reason_not_to_send(enquiry, by, composition):
        raise Refused(reason)

    sheet = composition.sheet
    enquiry.move_to(EnquiryStatus.OPEN)
    enquiry.sheet = sheet.to_data()
    enquiry.sheet_hash = sheet.digest()
    enquiry.considered = [one.to_data() for one in composition.candidates]
    enquiry.sent_at, enquiry.sent_by = composition.at, by
    enquiry.closes_at, enquiry.closes_sentence = composition.deadline.due_at, composition.deadline.sentence
    save(enquiry, by)
    invitations = Invitation.objects.bulk_create(_invitation(enquiry, one) for one in composition.to_ask)

    _start_waiting(enquiry, composition.deadline, asked=len(invitations), by=by)
    record(
        "enquiry.sent",
        enquiry,
        by=by,
        said=f"Enquiry {enquiry.number} sent to {_providers(len(invitations))}, {_sealed(enquiry)}",
        asked=len(invitations),
        closes_at=enquiry.closes_at.isoformat(),
        sheet_hash=enquiry.sheet_hash,
        open_from_start=enquiry.open_from_start,
    )
    plan = plan_in_words(enquiry, asked=len(invitations))
    tell_many(
        [
            *letters.to_providers(enquiry, invitations, sheet),
            letters.to_coordinator(enquiry, "providers-asked", how_many=_providers(len(invitations)), plan=plan),
        ]
    )
    return enquiry


def plan_in_words(enquiry, *, asked) -> str:
    """The dated plan that the referrer is given: "14 providers asked, offers close Wed 4 Nov 12:30, …"."""
    options = letters.when(timing.options_due_after(enquiry.closes_at))
    return f"{_providers(asked)} asked, offers close {letters.when(enquiry.closes_at)}, options with you by {options}"


def _sealed(enquiry) -> str:
    return "offers open as they come" if enquiry.open_from_start else "offers sealed until the deadline"


def _start_waiting(enquiry, deadline, *, asked, by):
    referral = enquiry.referral
    deadlines.start(
        enquiry,
        "reply",
        deadline=deadline,
        case=referral.reference,
        team_id=referral.team_id,
        owner_id=referral.broker_id,
        priority=referral.priority,
        initials=referral.initials,
        by=by,
    )
    if referral.priority != Priority.EMERGENCY:  # an emergency's hour runs until somebody is found
        until = timing.options_due_after(enquiry.closes_at)
        timing.promise(referral, by=by, until=until, plan=plan_in_words(enquiry, asked=asked))
    next_step = f"{_providers(asked)} asked, offers close {letters.when(enquiry.closes_at)}"
    work.move_on(referral, next_step=next_step, waits_on=WaitsOn.PROVIDER)
    work.refresh_due(referral)


def _invitation(enquiry, candidate) -> Invitation:
    return Invitation(
        enquiry=enquiry,
        service_id=candidate.service_id,
        service_name=candidate.name[:200],
        mailbox=candidate.mailbox,
        miles=candidate.miles,
        because=candidate.because[:300],
        asked_at=enquiry.sent_at,
        link_expires_at=enquiry.closes_at + LINKS_LAST,
    )


def _providers(count: int) -> str:
    return f"{count} provider{'' if count == 1 else 's'}"
