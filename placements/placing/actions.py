"""Arranging the service that was chosen."""

from django.db import transaction
from django.utils import timezone

from brokerage.audit.recording import record
from brokerage.clocks import clock
from brokerage.errors import Refused
from brokerage.money import pounds
from brokerage.notify.telling import Letter, tell, tell_many
from brokerage.numbers import next_number
from placements.choosing import queries as choosing
from placements.placing import rules
from placements.placing.models import Placement
from providers.enquiries.models import Enquiry
from providers.enquiries.rows import take_case
from referrals.agreements.rules import granted_price, is_above_rate
from referrals.documents import actions as documents
from referrals.intake import actions as intake
from referrals.timing import actions as timing
from referrals.work import actions as work


@transaction.atomic
def arrange(referral, *, start_on, by, ends_on=None):
    """Arrange the chosen offer from a day, at the price it stands at. Those not chosen hear that it is placed."""
    referral = take_case(referral)
    choice = choosing.current_choice(referral)
    option = choosing.option_of(choice.reply) if choice else None
    if reason := rules.reason_not_to_arrange(referral, by, choice=choice, price=option and option.price):
        raise Refused(reason)
    if reason := rules.reason_not_to_start_on(start_on, today=timezone.localdate(clock.now())):
        raise Refused(reason)

    reply, price = choice.reply, option.price
    above = is_above_rate(weekly_cost=price.weekly, contracted_weekly=price.contracted_weekly)
    placement = Placement.objects.create(
        number=next_number("P"),
        referral=referral,
        choice=choice,
        reply=reply,
        service=reply.invitation.service,
        agreement=granted_price(referral, reply_id=reply.pk) if above else None,
        unit=price.unit,
        rate=price.rate,
        contracted_rate=price.contracted_rate,
        units_a_week=price.units_a_week,
        weekly_cost=price.weekly,
        timetable=[line.write() for line in option.covered],
        start_on=start_on,
        ends_on=ends_on,
        arranged_at=clock.now(),
        arranged_by=by,
    )
    intake.mark_arranged(referral, by=by)
    timing.answer(referral, by=by, because="The service is arranged")
    documents.begin_chasing(referral, by=by)  # of an interim service: the full papers are still owed
    work.move_on(referral, next_step="Issue the agreement")
    name = reply.invitation.service_name
    record(
        "placement.arranged",
        placement,
        by=by,
        said=f"{name} arranged from {start_on:%d %B %Y} at {pounds(price.weekly)} a week",
        because=choice.because,
    )
    tell(
        referral.coordinator_address,
        "placement-arranged",
        case=referral.reference,
        about=placement,
        initials=referral.initials,
        reference=referral.reference,
        provider=name,
        start_on=f"{start_on:%A} {start_on.day} {start_on:%B %Y}",
    )
    Enquiry.objects.filter(pk=reply.invitation.enquiry_id).update(placed_at=clock.now())
    _tell_those_not_chosen(reply)
    return placement


def _tell_those_not_chosen(reply):
    """Only that it is placed, to everyone asked but the one chosen, all at once."""
    enquiry = reply.invitation.enquiry
    tell_many(
        Letter(
            address=invitation.mailbox,
            template="enquiry-placed",
            case=reply.case_reference,
            about=invitation,
            audience="provider",
            once_key=f"placed:{invitation.pk}",
            context={"number": enquiry.number},
        )
        for invitation in enquiry.invitations.exclude(pk=reply.invitation_id)
    )
