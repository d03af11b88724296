# AMB-07, T21: before the deadline nobody on the council's side reads what was offered, by whatever door

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from brokerage.accounts.models import Role
from brokerage.notify.composing import compose
from brokerage.notify.models import Message
from brokerage.tests.factories import UserFactory
from brokerage.tests.reading import body_of
from providers.enquiries.models import Enquiry
from providers.replies import actions
from providers.replies.models import Reply
from providers.tests.factories import EnquiryFactory
from providers.tests.test_replying import offer

pytestmark = pytest.mark.django_db
PLANTED = ("271.57", "27157", "No stairs after nine", "Two Polish speakers", "half an hour later")


@pytest.fixture(autouse=True)
def tuesday():
    with time_machine.travel(datetime(2026, 11, 3, 12, 30, tzinfo=UTC), tick=False) as now:
        yield now


@pytest.fixture
def enquiry():
    enquiry = EnquiryFactory(sent=True)
    secret = {
        "changes": "half an hour later",
        "who_will_come": "Two Polish speakers",
        "conditions": "No stairs after nine",
    }
    invitation = enquiry.invitations.first()
    actions.reply(invitation, **offer("different", rate=Decimal("271.57"), start_on=date(2026, 11, 14), **secret))
    return enquiry


def doors(enquiry):
    reference = enquiry.referral.reference
    yield from (
        reverse(name)
        for name in ("home", "queue", "my_referrals", "panel_agenda", "letters", "letters_waiting", "letters_sent")
    )
    yield from (
        reverse(name, args=[reference])
        for name in ("casefile", "case_history", "case_needs", "offers", "record_choice")
    )
    yield from (f"{reverse('case_history', args=[reference])}?only={only}" for only in ("letters", "deeds"))
    yield from (reverse(name, args=[enquiry.number]) for name in ("enquiry_detail", "enquiry_close"))
    yield f"{reverse('queue')}?download=csv"
    yield f"{reverse('search')}?q={reference}"
    yield from (reverse("negotiate", args=[one.pk]) for one in Reply.objects.all())
    yield from (reverse(name, args=[reference]) for name in ("ask_to_pay", "arrange", "present_options"))
    yield reverse("referral_tasks", args=[reference])
    yield reverse("directory_service", args=[enquiry.invitations.first().service_id])


def seen(client, enquiry, role):
    user = UserFactory(roles=[role], teams=[enquiry.referral.team])
    client.force_login(user)
    found, opened = [], 0
    for door in doors(enquiry):
        answer = client.get(door)
        opened += answer.status_code == 200
        everything = f"{dict(answer.headers)} {body_of(answer)}"
        found += [(door, planted) for planted in PLANTED if planted in everything]
    return found, opened


@pytest.mark.parametrize("role", Role)
def test_before_the_deadline_no_role_reads_an_offer_through_any_door(client, enquiry, role):
    found, opened = seen(client, enquiry, role)

    assert found == []
    assert opened >= (12 if role == Role.BROKER else 0)


def test_after_the_deadline_the_broker_reads_it(client, enquiry, tuesday):
    tuesday.shift(timedelta(days=1))

    found, _ = seen(client, enquiry, Role.BROKER)

    assert (reverse("offers", args=[enquiry.referral.reference]), "271.57") in found


def test_moved_later_after_somebody_read_it_is_sealed_again(client, enquiry, tuesday):
    tuesday.shift(timedelta(days=1))
    Enquiry.objects.update(closes_at=datetime(2026, 11, 6, 12, 30, tzinfo=UTC))

    assert seen(client, enquiry, Role.BROKER)[0] == []


def test_no_letter_says_it_before_or_after(enquiry):
    for letter in Message.objects.all():
        posted = compose(letter).decode()
        assert not [planted for planted in PLANTED if planted in posted], letter.subject
