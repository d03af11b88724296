"""Offers beside one another: the same cost for two as for ten, and the contracted rate of each."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from brokerage.clocks import clock
from placements.choosing import queries
from providers.tests.factories import MembershipFactory, RateFactory, ServiceFactory
from referrals.tests.factories import ReferralFactory

from .factories import ClosedEnquiryFactory, OfferFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(broker):
    return ReferralFactory(in_progress=True, broker=broker)


@pytest.mark.parametrize("name", ["offers", "casefile", "case_history"])
def test_a_page_of_the_case_costs_the_same_however_many_offered(
    client, broker, case, name, django_assert_max_num_queries
):
    client.force_login(broker)
    RateFactory(amount=Decimal("21.00"))
    enquiry = ClosedEnquiryFactory(referral=case)
    address = reverse(name, args=[case.reference])
    OfferFactory.create_batch(2, invitation__enquiry=enquiry)
    client.get(address)
    with django_assert_max_num_queries(45) as few:
        client.get(address)
    OfferFactory.create_batch(8, invitation__enquiry=enquiry)

    with django_assert_max_num_queries(len(few)):
        assert client.get(address).status_code == 200


def test_each_offer_is_held_against_the_rate_contracted_with_its_own_service(case):  # MED-11
    today = clock.now().date()
    own, on_a_lot, in_its_area, anybody = [ServiceFactory(local_authority=area) for area in ("A", "B", "C", "D")]
    for amount, facts in [
        ("19.00", {"service": own}),
        ("20.00", {"lot": MembershipFactory(service=on_a_lot).lot}),
        ("21.00", {"area": "C"}),
        ("22.00", {}),
        ("99.00", {"service": anybody, "to_on": today + timedelta(days=1)}),  # over before it could start
    ]:
        RateFactory(amount=Decimal(amount), **facts)
    enquiry = ClosedEnquiryFactory(referral=case)
    for service in (own, on_a_lot, in_its_area, anybody):
        OfferFactory(invitation__enquiry=enquiry, invitation__service=service)

    options = queries.options(case, at=clock.now())

    held_against = {option.reply.invitation.service: option.price.contracted_rate for option in options}
    assert held_against == {
        own: Decimal("19.00"),
        on_a_lot: Decimal("20.00"),
        in_its_area: Decimal("21.00"),
        anybody: Decimal("22.00"),
    }
    assert [queries.option_of(option.reply) for option in options] == options
