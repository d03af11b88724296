"""Recording what the person chose, and talking about the price."""

from django.db import transaction
from django.utils import timezone

from brokerage.audit.recording import record
from brokerage.clocks import clock
from brokerage.errors import Refused
from brokerage.money import pounds
from brokerage.notify.telling import tell
from placements.choosing import queries, rules
from placements.choosing.models import Choice, Negotiation, NegotiationStatus, NegotiationStep
from providers.enquiries.rows import take_case
from providers.replies.models import Reply
from providers.replies.rules import TOO_MUCH
from referrals.timing import actions as timing
from referrals.work import actions as work
from referrals.work.models import WaitsOn


@transaction.atomic
def present_options(referral, *, by):
    """Send the options to the referrer: the answer that the response clock waits for."""
    referral = take_case(referral)
    if reason := rules.reason_not_to_choose(referral, by):
        raise Refused(reason)
    found = queries.options(referral, at=clock.now())
    if not found:
        raise Refused("There is no offer to present yet.")
    timing.answer(referral, by=by, because=f"{_count(len(found), 'option')} presented")
    work.move_on(referral, next_step="Record the person’s choice", waits_on=WaitsOn.PERSON)
    record("options.presented", referral, by=by, said=f"{_count(len(found), 'option')} presented to the referrer")
    tell(
        referral.coordinator_address,
        "options-ready",
        case=referral.reference,
        about=referral,
        initials=referral.initials,
        reference=referral.reference,
        count=_count(len(found), "option"),
        format=referral.person.get_format_display() if referral.person.format != "standard" else "",
    )


@transaction.atomic
def record_choice(referral, *, reply, chosen_by, because, by, made_on=None):
    """Record whose service the person chose and why, before anything is arranged (DER-13)."""
    referral = take_case(referral)
    reply = Reply.objects.select_related("invitation__enquiry", "invitation__service").get(pk=reply.pk)
    if reason := rules.reason_not_to_choose_offer(referral, reply, by, at=clock.now()):
        raise Refused(reason)
    today = timezone.localdate(clock.now())
    if made_on and made_on > today:
        raise Refused("Enter the day they chose, today or earlier.")
    if not because.strip() or not chosen_by.strip():
        raise Refused("Enter who chose and why this one.")
    Choice.objects.filter(referral=referral, is_current=True).update(is_current=False)
    choice = Choice.objects.create(
        referral=referral,
        reply=reply,
        chosen_by=chosen_by.strip(),
        because=because.strip(),
        made_on=made_on or today,
        recorded_at=clock.now(),
        recorded_by=by,
    )
    timing.answer(referral, by=by, because="The person has chosen")
    work.move_on(referral, next_step="Arrange the placement")
    record(
        "choice.recorded", choice, by=by, said=f"{reply.invitation.service_name} chosen by {chosen_by}", because=because
    )
    tell(
        referral.coordinator_address,
        "choice-recorded",
        case=referral.reference,
        about=choice,
        initials=referral.initials,
        reference=referral.reference,
        provider=reply.invitation.service_name,
        because=because,
    )
    return choice


@transaction.atomic
def propose_rate(reply, *, side, rate, words, by):
    """Note one proposal in the talk about an offer's price (PPF-16)."""
    reply, negotiation = _take_negotiation(reply, by=by)
    if rate is None or rate <= 0:
        raise Refused("Enter the rate that was proposed.")
    if rate > TOO_MUCH[reply.unit]:
        raise Refused(f"Enter the rate for one {reply.unit}: this one is over £{TOO_MUCH[reply.unit]:,}.")
    NegotiationStep.objects.create(
        negotiation=negotiation, side=side, rate=rate, words=words, made_at=clock.now(), recorded_by=by
    )
    who = "We proposed" if side == "council" else f"{reply.invitation.service_name} proposed"
    record(
        "negotiation.proposed",
        negotiation,
        by=by,
        said=f"{who} {pounds(rate)} {reply.get_unit_display()}",
        because=words,
    )
    return negotiation


@transaction.atomic
def agree_rate(reply, *, rate, words, by):
    """The talk ended with a new rate: the offer now stands at it."""
    reply, negotiation = _take_negotiation(reply, by=by)
    if rate is None or rate <= 0:
        raise Refused("Enter the rate that was agreed.")
    if rate > reply.rate:
        raise Refused(
            f"The offer was {pounds(reply.rate)}, so {pounds(rate)} would not be a saving. End the negotiation instead."
        )
    negotiation.move_to(NegotiationStatus.AGREED)
    negotiation.agreed_rate, negotiation.ended_at, negotiation.ended_by = rate, clock.now(), by
    negotiation.save()
    NegotiationStep.objects.create(
        negotiation=negotiation, side="provider", rate=rate, words=words, made_at=clock.now(), recorded_by=by
    )
    before, after = queries.price_of(reply, rate=reply.rate), queries.price_of(reply, rate=rate)
    saving = before.weekly - after.weekly
    record(
        "negotiation.agreed",
        negotiation,
        by=by,
        said=f"{reply.invitation.service_name} agreed to {pounds(rate)} {reply.get_unit_display()}, "
        f"saving {pounds(saving)} a week",
        because=words,
    )
    return negotiation


@transaction.atomic
def end_negotiation(reply, *, words, by):
    """The talk ended where it began."""
    reply, negotiation = _take_negotiation(reply, by=by)
    if not negotiation.steps.exists():
        raise Refused("Record what was proposed before ending the negotiation.")
    negotiation.move_to(NegotiationStatus.ENDED)
    negotiation.ended_at, negotiation.ended_by = clock.now(), by
    negotiation.save()
    record(
        "negotiation.ended",
        negotiation,
        by=by,
        said=f"{reply.invitation.service_name} kept to {pounds(reply.rate)}",
        because=words,
    )
    return negotiation


def _take_negotiation(reply, *, by):
    Reply.objects.select_for_update().get(pk=reply.pk)  # held first: what is joined is then as it is now
    reply = Reply.objects.select_related(
        "invitation__enquiry__referral__pathway", "invitation__service", "negotiation"
    ).get(pk=reply.pk)
    if reason := rules.reason_not_to_negotiate(reply, by):
        raise Refused(reason)
    negotiation, _ = Negotiation.objects.get_or_create(reply=reply, defaults={"opened_at": clock.now()})
    return reply, negotiation


def _count(number, noun):
    return f"{number} {noun}{'' if number == 1 else 's'}"
