"""Support that is not needed any more is withdrawn at once, at whatever stage, and whoever waits is told once (LEI-11)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from brokerage.audit.models import Event
from brokerage.clocks import clock
from brokerage.deadlines.models import Clock
from brokerage.errors import NotAllowed, Refused
from brokerage.links import links
from brokerage.notify.models import Message
from brokerage.oncall import actions as oncall
from brokerage.tests.factories import UserFactory
from placements.contracts.models import ContractStatus
from placements.panel import actions as panel
from placements.panel.models import SubmissionStatus
from placements.placing.models import PlacementStatus
from placements.tests.contract_factories import ContractFactory, PlacementFactory
from placements.tests.factories import AskedFactory, ClosedEnquiryFactory, OfferFactory
from placements.withdrawal import actions
from providers.enquiries.models import Enquiry, Invitation
from providers.tests.factories import EnquiryFactory
from providers.tests.ring_factories import ring_round
from referrals.models import Referral, WorkItem
from referrals.tests.factories import ReferralFactory
from referrals.timing import actions as timing

pytestmark = pytest.mark.django_db
WHY = "She is going to live with her daughter"


def withdraw(case, *, by=None):
    return actions.withdraw(case, because=WHY, by=by or case.coordinator)


@pytest.fixture
def case():
    referral = ReferralFactory(in_progress=True)
    timing.start_clocks(referral, by=referral.broker)
    return referral


@pytest.mark.parametrize("state", ["received", "in_progress"])
def test_a_case_is_withdrawn_by_its_referrer_before_anybody_was_asked(state):  # LEI-11
    case = ReferralFactory(**{state: True})
    withdraw(case)
    assert Referral.objects.get(pk=case.pk).status == "withdrawn"
    assert not WorkItem.objects.get(referral=case).is_open
    assert Event.objects.get(verb="referral.withdrawn", case=case.reference).because == WHY


def test_its_clocks_stop_and_tell_nobody_any_more(case):
    withdraw(case)
    assert not Clock.objects.running().filter(case=case.reference).exists()


def test_a_paused_clock_stops_too(case):
    timing.pause(case, waits_on="person", because="She is thinking about it", by=case.broker)
    withdraw(case)
    assert not Clock.objects.running().filter(case=case.reference).exists()


def test_its_broker_and_referrer_are_told_once_and_whoever_withdrew_it_is_not(case):
    withdraw(case)
    letters = Message.objects.filter(template="case-withdrawn")
    assert [letter.address for letter in letters] == [case.broker.email]
    assert WHY in letters[0].body and case.person.last_name not in letters[0].subject + letters[0].body


def test_everybody_asked_in_an_open_enquiry_is_told_and_their_links_open_nothing():
    enquiry = EnquiryFactory(sent=True)
    withdraw(enquiry.referral)
    enquiry.refresh_from_db()
    assert enquiry.status == "withdrawn"
    mailboxes = set(enquiry.invitations.values_list("mailbox", flat=True))
    assert set(Message.objects.filter(template="enquiry-withdrawn").values_list("address", flat=True)) == mailboxes
    with pytest.raises(links.Replaced):
        invitation = enquiry.invitations.first()
        links.find(Invitation, links.token_for(invitation))


def test_a_draft_enquiry_goes_with_it_and_no_provider_hears_of_it():
    enquiry = EnquiryFactory()
    withdraw(enquiry.referral)
    enquiry.refresh_from_db()
    assert enquiry.status == "withdrawn"
    assert not Message.objects.filter(audience="provider").exists()


def test_those_who_offered_are_told_once_the_enquiry_is_closed_and_those_who_declined_are_not(case):
    enquiry = ClosedEnquiryFactory(referral=case)
    offered = OfferFactory(invitation=AskedFactory(enquiry=enquiry))
    OfferFactory(
        invitation=AskedFactory(enquiry=enquiry), kind="no", rate=None, start_on=None, unit="", why_not="no_staff"
    )
    withdraw(case)
    letters = Message.objects.filter(audience="provider")
    assert [(letter.template, letter.address) for letter in letters] == [
        ("enquiry-no-longer-needed", offered.invitation.mailbox)
    ]


def test_nobody_goes_on_ringing_about_it():
    listed = ring_round()
    withdraw(listed.referral)
    listed.refresh_from_db()
    assert (listed.status, Enquiry.objects.get(pk=listed.enquiry_id).status) == ("stopped", "withdrawn")


def test_whoever_may_not_withdraw_it_stops_no_ring_round():
    listed = ring_round()
    with pytest.raises(NotAllowed):
        withdraw(listed.referral, by=UserFactory(coordinator=True, teams=[]))
    listed.refresh_from_db()
    assert listed.status == "open"


def test_nobody_is_called_out_for_it_any_more():
    case = ReferralFactory(received=True)
    alarm = oncall.page(case.reference, team_id=case.team_id)
    withdraw(case)
    alarm.refresh_from_db()
    assert alarm.acknowledged_at


def test_a_question_at_panel_is_taken_back():
    case = ReferralFactory(in_progress=True, nursing=True)
    submission = panel.ask_to_search(case, recommendation="Nursing care", by=case.broker)
    withdraw(case)
    submission.refresh_from_db()
    assert submission.status == SubmissionStatus.WITHDRAWN
    with pytest.raises(Refused):
        panel.approve(submission, by=UserFactory(chair=True, teams=[case.team]))


def test_a_placement_that_has_not_begun_is_cancelled_and_the_provider_told():
    placement = PlacementFactory(start_on=clock.now().date() + timedelta(days=9))
    withdraw(placement.referral)
    placement.refresh_from_db()
    assert placement.status == PlacementStatus.CANCELLED
    assert Message.objects.get(template="enquiry-no-longer-needed").address == placement.reply.invitation.mailbox


@pytest.mark.parametrize("signed", [{}, {"provider_signed": True}])
def test_an_agreement_not_signed_by_both_is_withdrawn_and_its_provider_told_once(signed):
    contract = ContractFactory(placement__start_on=clock.now().date() + timedelta(days=9), **signed)
    before = set(Message.objects.values_list("pk", flat=True))
    withdraw(contract.referral)
    contract.refresh_from_db()
    assert contract.status == ContractStatus.WITHDRAWN
    new = Message.objects.exclude(pk__in=before).filter(audience="provider")
    assert [(letter.template, letter.address) for letter in new] == [("agreement-withdrawn", contract.mailbox)]


def test_once_its_first_day_has_come_only_whoever_knows_that_it_never_started_withdraws_it():
    placement = PlacementFactory(start_on=clock.now().date())
    with pytest.raises(Refused, match="was to start by now"):
        withdraw(placement.referral)
    withdraw(placement.referral, by=placement.referral.broker)
    assert Referral.objects.get(pk=placement.referral_id).status == "withdrawn"


def test_what_both_have_signed_is_ended_and_not_withdrawn():
    contract = ContractFactory(signed=True)
    with pytest.raises(Refused, match="Both sides signed"):
        withdraw(contract.referral)


def test_a_service_that_has_started_is_ended_and_not_withdrawn():
    placement = PlacementFactory(status="started")
    with pytest.raises(Refused, match="has started"):
        withdraw(placement.referral)


@pytest.mark.parametrize("status", ["withdrawn", "closed"])
def test_what_is_over_is_not_withdrawn(case, status):
    Referral.objects.filter(pk=case.pk).update(status=status)
    with pytest.raises(Refused, match=f"already {status}"):
        withdraw(case)


def test_a_draft_is_thrown_away_instead():
    with pytest.raises(Refused, match="Throw the draft away"):
        withdraw(ReferralFactory())


def test_it_says_why(case):
    with pytest.raises(Refused, match="Enter why"):
        actions.withdraw(case, because=" ", by=case.coordinator)


def test_somebody_elses_co_ordinator_withdraws_nothing(case):
    with pytest.raises(NotAllowed):
        withdraw(case, by=UserFactory(coordinator=True, teams=[]))


@pytest.mark.parametrize("who", ["broker", "manager"])
def test_its_team_may_withdraw_it(request, who):
    case = ReferralFactory(received=True)
    withdraw(case, by=request.getfixturevalue(who))
    assert Referral.objects.get(pk=case.pk).status == "withdrawn"


def test_a_failure_halfway_leaves_everything_as_it_was(monkeypatch):
    enquiry = EnquiryFactory(sent=True)
    monkeypatch.setattr(actions.work, "close", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        withdraw(enquiry.referral)
    enquiry.refresh_from_db()
    assert enquiry.status == "open"
    assert not Message.objects.filter(template="enquiry-withdrawn").exists()


def test_it_is_withdrawn_on_a_page_with_what_will_happen_said_first(client, case):
    client.force_login(case.coordinator)
    address = reverse("withdraw_case", args=[case.reference])
    assert "cannot be taken back" in client.get(address).content.decode()
    answer = client.post(address, {"because": WHY}, follow=True)
    assert "Everybody who was waiting has been told" in answer.content.decode()
    assert Referral.objects.get(pk=case.pk).status == "withdrawn"


def test_a_stranger_finds_no_such_case(client, case, stranger):
    client.force_login(stranger)
    assert client.post(reverse("withdraw_case", args=[case.reference]), {"because": WHY}).status_code == 404
