"""The case file asks the database as often for a long case as for a short one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placements.tests.factories import AskedFactory, ClosedEnquiryFactory, OfferFactory
from referrals.intake import actions as intake
from referrals.models import Referral
from referrals.tests.factories import PaperFactory, ReferralFactory
from referrals.timing import actions as timing
from referrals.work import actions as work

pytestmark = pytest.mark.django_db

AT_MOST = 41


@pytest.fixture
def case(coordinator, broker):
    intake.submit(ReferralFactory(referred_by=coordinator), by=coordinator)
    referral = intake.start_work(Referral.objects.get(), by=broker)
    _grow(referral, by=broker)
    return Referral.objects.get()


def _grow(referral, *, by):
    """One more of everything that a case gathers."""
    offer = OfferFactory(invitation__enquiry=ClosedEnquiryFactory(referral=Referral.objects.get()))
    AskedFactory(enquiry=offer.invitation.enquiry)
    PaperFactory(referral=referral, kind="other")
    timing.pause(referral, waits_on="person", because="To choose", by=by)
    timing.resume(referral, by=by)
    work.add_note(referral, words="Ring after two", by=by)


def _asked(client, case) -> int:
    client.get(case.get_absolute_url())
    with CaptureQueriesContext(connection) as queries:
        assert client.get(case.get_absolute_url()).status_code == 200
    return len(queries)


def test_a_long_case_costs_no_more_than_a_short_one(client, case, broker):
    client.force_login(broker)
    few = _asked(client, case)

    for _ in range(4):
        _grow(case, by=broker)

    assert _asked(client, case) <= few <= AT_MOST
