"""Offers, choices and what follows: `OfferFactory(rate="19.50")`, `submission_for(...)`."""

from datetime import timedelta
from decimal import Decimal

import factory

from brokerage.clocks import clock
from placements.models import Choice
from providers.enquiries.models import Enquiry, Invitation
from providers.enquiries.sheet import Sheet
from providers.replies.models import Reply
from providers.tests.factories import ServiceFactory
from referrals.needs.week import hours_a_week, week_of


def sheet_for(referral) -> dict:
    lines = week_of(referral.visits.all())
    return Sheet(
        enquiry="E900001",
        service=referral.pathway.terms.service_in_words,
        need_in_brief="Help to get up and to wash.",
        timetable=tuple(lines),
        hours_a_week=hours_a_week(lines),
        unit=referral.pathway.terms.unit,
    ).to_data()


class ClosedEnquiryFactory(factory.django.DjangoModelFactory):
    """An enquiry whose offers may be read."""

    class Meta:
        model = Enquiry

    number = factory.Sequence(lambda n: f"E9{n:05d}")
    status = "closed"
    created_at = sent_at = factory.LazyFunction(lambda: clock.now() - timedelta(days=2))
    created_by = sent_by = factory.SelfAttribute("referral.broker")
    closes_at = closed_at = factory.LazyFunction(lambda: clock.now() - timedelta(hours=1))
    sheet = factory.LazyAttribute(lambda enquiry: sheet_for(enquiry.referral))
    considered = factory.LazyFunction(list)

    class Params:
        sealed = factory.Trait(
            status="open", closed_at=None, closes_at=factory.LazyFunction(lambda: clock.now() + timedelta(days=1))
        )


class AskedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Invitation

    service = factory.SubFactory(ServiceFactory)
    service_name = factory.SelfAttribute("service.name")
    mailbox = factory.Sequence(lambda n: f"enquiries{n}@hollybank.example")
    miles = Decimal("2.4")
    because = "Near enough"
    asked_at = factory.LazyFunction(clock.now)


class OfferFactory(factory.django.DjangoModelFactory):
    """A whole offer to a closed enquiry; give `invitation__enquiry` to put several on one."""

    class Meta:
        model = Reply

    invitation = factory.SubFactory(AskedFactory)
    kind = "whole"
    made_at = factory.LazyFunction(clock.now)
    by_name = "Pat Lowe"
    by_role = "Care manager"
    rate = Decimal("20.00")
    unit = factory.LazyAttribute(lambda reply: reply.invitation.enquiry.sheet["unit"])
    start_on = factory.LazyFunction(lambda: clock.now().date() + timedelta(days=7))


class ChoiceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Choice

    reply = factory.SubFactory(OfferFactory)
    referral = factory.SelfAttribute("reply.invitation.enquiry.referral")
    chosen_by = "The person"
    because = "Carers she knows"
    made_on = factory.LazyFunction(lambda: clock.now().date())
    recorded_at = factory.LazyFunction(clock.now)
    recorded_by = factory.SelfAttribute("referral.broker")
