from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from brokerage.errors import Refused
from brokerage.notify import doorbell
from brokerage.notify.models import Message
from providers.enquiries import actions
from providers.enquiries.models import Enquiry, EnquiryStatus, Invitation
from providers.tests.factories import EnquiryFactory


@pytest.fixture(autouse=True)
def nobody_is_woken(monkeypatch):
    monkeypatch.setattr(doorbell, "_send", lambda: None)


@pytest.mark.django_db(transaction=True)
def test_two_people_who_send_at_once_send_it_once():
    enquiry = EnquiryFactory(services=3)
    broker, together = enquiry.referral.broker, Barrier(2, timeout=30)

    def send(_):
        try:
            together.wait()
            actions.send(Enquiry.objects.get(pk=enquiry.pk), by=broker)
            return "sent"
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        answers = sorted(people.map(send, range(2)))

    assert answers == [f"{enquiry.number} is open, so it cannot be sent again.", "sent"]
    assert Enquiry.objects.get(pk=enquiry.pk).status == EnquiryStatus.OPEN
    assert Invitation.objects.count() == Message.objects.filter(template="enquiry").count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_rounds_at_once_close_it_once():
    enquiry = EnquiryFactory(sent=True)
    together = Barrier(2, timeout=30)

    def close(_):
        try:
            together.wait()
            return actions.close_due(at=enquiry.closes_at)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as rounds:
        assert sum(rounds.map(close, range(2))) == 1

    assert Message.objects.filter(template="enquiry-closed").count() == 1
