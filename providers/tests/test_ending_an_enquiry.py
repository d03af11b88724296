from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command

from brokerage.audit.models import Event
from brokerage.clocks import clock
from brokerage.deadlines import actions as deadlines
from brokerage.deadlines.models import Escalation
from brokerage.errors import Refused
from brokerage.links import links
from brokerage.notify.models import Message
from providers.enquiries import actions
from providers.enquiries.models import EnquiryStatus, Invitation
from providers.tasks import close_due
from providers.tests.factories import EnquiryFactory, ReplyFactory
from referrals.work.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tuesday():
    with time_machine.travel(datetime(2026, 11, 3, 12, 30, tzinfo=UTC), tick=False) as now:
        yield now


@pytest.fixture
def enquiry():
    return EnquiryFactory(sent=True)


def broker_of(enquiry):
    return enquiry.referral.broker


def test_it_is_open_until_its_deadline(enquiry, tuesday):
    tuesday.shift(timedelta(hours=23, minutes=59))

    with pytest.raises(Refused, match="is open until its deadline, unless every provider asked answers before"):
        actions.close(enquiry, by=broker_of(enquiry))


def test_at_its_deadline_it_can_be_closed(enquiry, tuesday):
    tuesday.shift(timedelta(days=1))

    closed = actions.close(enquiry, by=broker_of(enquiry))

    assert (closed.status, closed.closed_because) == (EnquiryStatus.CLOSED, "The deadline passed")
    assert deadlines.running(enquiry, "reply") is None
    assert (
        Event.objects.get(verb="enquiry.closed").said == f"Enquiry {enquiry.number} closed: 0 of 2 providers answered"
    )


def test_once_everybody_has_answered_it_can_be_closed_before(enquiry):
    for invitation in enquiry.invitations.all():
        ReplyFactory(invitation=invitation, declined=True)

    assert actions.close(enquiry, by=broker_of(enquiry)).closed_because == "Every provider asked has answered"


def test_one_who_is_silent_keeps_it_open(enquiry):
    ReplyFactory(invitation=enquiry.invitations.first())

    with pytest.raises(Refused):
        actions.close(enquiry, by=broker_of(enquiry))


def test_closed_it_waits_for_the_broker_again(enquiry, tuesday):
    ReplyFactory(invitation=enquiry.invitations.first())
    tuesday.shift(timedelta(days=1))

    actions.close(enquiry, by=None)

    row = WorkItem.objects.get(referral=enquiry.referral)
    assert (row.waits_on, row.next_step) == ("brokerage", "Compare the offers")


def test_the_round_closes_what_is_due_and_nothing_else(enquiry, tuesday):
    tuesday.shift(timedelta(hours=1))
    later = EnquiryFactory(sent=True)
    tuesday.shift(timedelta(hours=23))

    assert close_due() == 1

    enquiry.refresh_from_db()
    later.refresh_from_db()
    assert (enquiry.status, later.status) == (EnquiryStatus.CLOSED, EnquiryStatus.OPEN)


def test_the_sweep_closes_what_is_due_and_calls_no_reply_missed(enquiry, tuesday):
    tuesday.shift(timedelta(days=1))

    call_command("sweep")

    enquiry.refresh_from_db()
    assert enquiry.status == EnquiryStatus.CLOSED
    assert not Escalation.objects.of(enquiry).missed().exists()


def test_after_a_restore_nothing_is_closed_before_somebody_says_so(enquiry, tuesday, settings):
    settings.SENDING_PAUSED = True
    tuesday.shift(timedelta(days=1))

    assert close_due() == 0


def test_hours_of_silence_change_nothing(enquiry, tuesday):
    tuesday.shift(timedelta(days=9))

    assert actions.close_due(at=clock.now()) == 1


@pytest.mark.parametrize("status", ["draft", "closed", "withdrawn"])
def test_only_an_open_one_can_be_closed(enquiry, status, tuesday):
    type(enquiry).objects.filter(pk=enquiry.pk).update(status=status)
    tuesday.shift(timedelta(days=1))

    with pytest.raises(Refused, match="so it cannot be closed"):
        actions.close(enquiry, by=broker_of(enquiry))


def test_withdrawn_its_links_stop_opening(enquiry):
    actions.withdraw(enquiry, because="The person died", by=broker_of(enquiry))

    for invitation in Invitation.objects.filter(enquiry=enquiry):
        with pytest.raises(links.Replaced):
            links.find(Invitation, links.token_for(invitation))


def test_withdrawn_everybody_who_was_asked_hears_that_no_reply_is_needed(enquiry):
    actions.withdraw(enquiry, because="The person died", by=broker_of(enquiry))

    letters = Message.objects.filter(template="enquiry-withdrawn")
    assert sorted(letters.values_list("address", flat=True)) == sorted(one.mailbox for one in enquiry.invitations.all())
    assert "died" not in " ".join(letters.values_list("body", flat=True))
    assert Message.objects.get(template="enquiry-stopped").address == enquiry.referral.coordinator.email


def test_a_draft_thrown_away_writes_to_nobody():
    draft = EnquiryFactory()

    actions.withdraw(draft, because="Begun by mistake", by=broker_of(draft))

    assert not Message.objects.exists()
    assert draft.referral.enquiries.get().status == EnquiryStatus.WITHDRAWN


def test_it_is_not_withdrawn_without_a_reason(enquiry):
    with pytest.raises(Refused, match="Enter why"):
        actions.withdraw(enquiry, because=" ", by=broker_of(enquiry))


@pytest.mark.parametrize("status", ["closed", "withdrawn"])
def test_what_is_over_cannot_be_withdrawn(enquiry, status):
    type(enquiry).objects.filter(pk=enquiry.pk).update(status=status)

    with pytest.raises(Refused, match="so it cannot be withdrawn"):
        actions.withdraw(enquiry, because="Too late", by=broker_of(enquiry))


@pytest.mark.parametrize("deed", ["close", "withdraw"])
def test_only_a_broker_of_the_cases_team_ends_it(enquiry, stranger, deed, tuesday):
    tuesday.shift(timedelta(days=1))
    more = {"because": "x"} if deed == "withdraw" else {}

    with pytest.raises(Refused, match="Only a broker of"):
        getattr(actions, deed)(enquiry, by=stranger, **more)


def test_after_a_withdrawal_the_next_enquiry_is_a_round_later(enquiry):
    actions.withdraw(enquiry, because="Wrong hours", by=broker_of(enquiry))

    assert actions.begin(enquiry.referral, by=broker_of(enquiry)).round == 2
