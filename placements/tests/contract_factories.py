"""Placements and their agreements: `PlacementFactory(nursing=True)`, `ContractFactory(provider_signed=True)`."""

from datetime import date
from decimal import Decimal

import factory

from brokerage.clocks import clock
from brokerage.links import codes
from placements.contracts import actions, signing
from placements.contracts.models import Contract
from placements.models import Placement
from referrals.needs.week import hours_a_week, week_of
from referrals.tests.factories import ReferralFactory

from .factories import AskedFactory, ChoiceFactory, ClosedEnquiryFactory, OfferFactory


class PlacementFactory(factory.django.DjangoModelFactory):
    """Home care arranged for the whole week that was asked; `nursing=True` for a bed."""

    class Meta:
        model = Placement

    class Params:
        nursing = False
        case = factory.SubFactory(ReferralFactory, in_progress=True, nursing=factory.SelfAttribute("..nursing"))

    number = factory.Sequence(lambda n: f"P8{n:05d}")
    referral = factory.SelfAttribute("case")
    reply = factory.LazyAttribute(lambda o: offer_for(o.referral, nursing=o.nursing))
    choice = factory.LazyAttribute(lambda o: ChoiceFactory(reply=o.reply))
    service = factory.SelfAttribute("reply.invitation.service")
    unit = factory.SelfAttribute("reply.unit")
    rate = factory.SelfAttribute("reply.rate")
    timetable = factory.LazyAttribute(lambda o: [line.write() for line in week_of(o.referral.visits.all())])
    units_a_week = factory.LazyAttribute(
        lambda o: Decimal(1) if o.nursing else hours_a_week(week_of(o.referral.visits.all()))
    )
    weekly_cost = factory.LazyAttribute(lambda o: o.rate * o.units_a_week)
    start_on = date(2026, 11, 30)
    arranged_at = factory.LazyFunction(clock.now)
    arranged_by = factory.SelfAttribute("referral.broker")


def offer_for(referral, *, nursing=False):
    enquiry = ClosedEnquiryFactory(referral=referral)
    rate = Decimal("1180.00") if nursing else Decimal("24.60")
    return OfferFactory(rate=rate, invitation=AskedFactory(enquiry=enquiry, service__nursing=nursing))


class ContractFactory(factory.django.DjangoModelFactory):
    """Issued and signed as people do it: `ContractFactory()`, `ContractFactory(provider_signed=True)`, `(signed=True)`."""

    class Meta:
        model = Contract

    placement = factory.SubFactory(PlacementFactory)

    @classmethod
    def _create(cls, model_class, *, placement, provider_signed=False, signed=False):
        contract = actions.issue(placement, by=placement.referral.broker)
        if provider_signed or signed:
            sign_for_provider(contract)
        if signed:
            actions.sign(contract, agreement_hash=contract.agreement.sha256, by=placement.referral.broker)
        return Contract.objects.get(pk=contract.pk)


def sign_for_provider(contract, name="Grace Holloway", role="Registered manager"):
    intent = signing.ask_for_code(contract, name=name, role=role, agreement_hash=contract.agreement.sha256)
    refusal = signing.enter_code(contract, intent_id=intent.pk, typed=codes.digits_of(intent.code))
    assert refusal is None, refusal
    return intent
