"""Offers, panel and placements as people see them: axe finds nothing, a phone needs no sideways scroll."""

from decimal import Decimal

import pytest
from django.urls import reverse

from brokerage.clocks import clock
from placements.choosing import actions as choosing
from placements.models import Placement
from placements.panel import actions as panel
from placements.placing import actions as placing
from providers.replies.models import Reply
from providers.tests.factories import RateFactory
from referrals.tests.factories import AgreementFactory, ReferralFactory

from .factories import AskedFactory, ChoiceFactory, ClosedEnquiryFactory, OfferFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case(broker):
    return ReferralFactory(in_progress=True, broker=broker)


def test_offers_are_accessible_sealed_side_by_side_and_absent(opens, page, broker, case):
    offers = reverse("offers", args=[case.reference])
    enquiry = ClosedEnquiryFactory(referral=case)
    opens(broker, page, offers)  # nobody made one

    whole = OfferFactory(invitation__enquiry=enquiry, who_will_come="A small team")
    OfferFactory(
        invitation__enquiry=enquiry, kind="part", visits=[0, 1], rate=Decimal("41.20"), conditions="Not Sundays"
    )
    OfferFactory(invitation__enquiry=enquiry, is_late=True)
    Reply.objects.create(
        invitation=AskedFactory(enquiry=enquiry),
        kind="no",
        why_not="no_staff",
        made_at=clock.now(),
        by_name="Pat Lowe",
        by_role="Manager",
    )
    opens(broker, page, offers)
    opens(broker, page, reverse("record_choice", args=[case.reference]))
    choosing.propose_rate(whole, side="council", rate=Decimal("19.00"), words="What we pay nearby", by=broker)
    opens(broker, page, reverse("negotiate", args=[whole.pk]))
    ChoiceFactory(reply=whole)
    opens(broker, page, offers)

    ClosedEnquiryFactory(referral=case, sealed=True)
    opens(broker, page, offers)
    assert page.get_by_text("are sealed until").is_visible()


def test_panels_pages_are_accessible_to_those_who_ask_and_those_who_decide(opens, page, broker, chair, auditor):
    search = ReferralFactory(in_progress=True, nursing=True, broker=broker)
    opens(chair, page, reverse("panel_agenda"))  # nothing to decide
    AgreementFactory(referral=search)
    opens(broker, page, reverse("ask_to_search", args=[search.reference]))
    asked = panel.ask_to_search(search, recommendation="Care at home no longer keeps him safe.", by=broker)
    opens(chair, page, reverse("panel_agenda"))
    opens(chair, page, asked.get_absolute_url())
    opens(auditor, page, asked.get_absolute_url())  # reads it, does not decide
    panel.approve(asked, by=chair, because="Agreed within 25 miles", conditions="Report in two weeks")
    opens(chair, page, reverse("panel_agenda") + "?show=decided")
    opens(chair, page, asked.get_absolute_url())


def test_a_price_above_the_rate_is_accessible_from_the_question_to_the_placement(opens, page, broker, chair):
    case = ReferralFactory(in_progress=True, nursing=True, broker=broker)
    AgreementFactory(referral=case, granted=True)
    RateFactory(kind="nursing_home", unit="week", amount=Decimal("900.00"))
    reply = OfferFactory(invitation__enquiry=ClosedEnquiryFactory(referral=case), rate=Decimal("1140.00"))
    opens(broker, page, reverse("arrange", args=[case.reference]))  # refused: nobody chose yet
    ChoiceFactory(reply=reply)
    choosing.propose_rate(reply, side="council", rate=Decimal("1000.00"), words="What we pay nearby", by=broker)
    choosing.end_negotiation(reply, words="They kept to their price", by=broker)
    opens(broker, page, reverse("ask_to_pay", args=[case.reference]))
    reply.refresh_from_db()
    asked = panel.ask_to_pay(case, reply=reply, recommendation="The one home with a bed this week.", by=broker)
    opens(chair, page, asked.get_absolute_url())
    panel.approve(asked, by=chair, because="Agreed")
    opens(broker, page, reverse("arrange", args=[case.reference]))
    placing.arrange(case, start_on=reply.start_on, by=broker)
    opens(broker, page, Placement.objects.get().get_absolute_url())


def test_the_comparison_scrolls_inside_its_own_region(opens, phone, broker, case):
    enquiry = ClosedEnquiryFactory(referral=case)
    for rate in ("20.00", "21.00", "22.00", "23.00"):
        OfferFactory(invitation__enquiry=enquiry, rate=Decimal(rate))

    opens(broker, phone, reverse("offers", args=[case.reference]))

    region = phone.get_by_role("region", name="Offers side by side")
    assert region.evaluate("each => each.scrollWidth > each.clientWidth")
    region.evaluate("each => each.scrollBy(500, 0)")
    heading = phone.get_by_role("rowheader", name="Cost a week").bounding_box()
    assert heading["x"] >= 0
