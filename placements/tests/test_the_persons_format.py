"""How the person takes in information, told to whoever talks the options through with them."""

import pytest

from brokerage.notify.models import Message
from placements.choosing import actions as choosing
from referrals.tests.factories import PersonFactory, ReferralFactory

from .factories import ClosedEnquiryFactory, OfferFactory

pytestmark = pytest.mark.django_db


def letter_with_options(broker, **person):
    referral = ReferralFactory(in_progress=True, broker=broker, person=PersonFactory(**person))
    OfferFactory(invitation__enquiry=ClosedEnquiryFactory(referral=referral))
    choosing.present_options(referral, by=broker)
    return Message.objects.get(template="options-ready").body


def test_options_come_with_the_format_the_person_needs(broker):  # PPF-14
    assert "The person takes in information as: Large print." in letter_with_options(broker, format="large_print")


def test_nothing_is_said_where_standard_print_will_do(broker):  # PPF-14
    assert "takes in information" not in letter_with_options(broker, format="standard")
