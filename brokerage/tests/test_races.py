"""Two at once: exactly one of them does it, the other reads a sentence why not, and nothing breaks (T10).

Each in real connections of its own, let go at the same instant; once in the ordinary run, many times with `-m soak`.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from functools import partial
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from brokerage.clocks import clock
from brokerage.deadlines.models import Clock
from brokerage.design.sending import new_key
from brokerage.errors import Refused
from brokerage.notify import doorbell
from brokerage.notify.models import Message
from brokerage.paper.certificates import make_pair
from brokerage.tests.factories import UserFactory
from placements.choosing import actions as choosing
from placements.contracts import actions as contracts
from placements.models import Choice, Contract, Negotiation, Placement, Signature, Submission
from placements.panel import actions as panel
from placements.placing import actions as placing
from placements.tests.contract_factories import ContractFactory, PlacementFactory
from placements.tests.factories import ChoiceFactory, ClosedEnquiryFactory, OfferFactory
from providers.enquiries import actions as enquiries
from providers.models import Enquiry, Reply
from providers.replies import actions as replies
from providers.tests.factories import EnquiryFactory
from referrals.intake import about_the_person as people
from referrals.intake import actions as intake
from referrals.models import Agreement, Person, Referral
from referrals.tests.factories import ReferralFactory

pytestmark = pytest.mark.django_db(transaction=True)

SOON = date(2026, 12, 1)
DONE = "done"


@pytest.fixture(autouse=True)
def nobody_is_woken(monkeypatch):
    monkeypatch.setattr(doorbell, "_send", lambda: None)
    monkeypatch.setattr(doorbell, "_listen", lambda: None)


TURNS = [1, *(pytest.param(turn, marks=pytest.mark.soak) for turn in range(2, 21))]


@pytest.fixture(autouse=True, params=TURNS)
def turn(request):
    return request.param


def race(*deeds) -> list[str]:
    """Each deed in a thread and a connection of its own. What came of each: done, or the refusal's sentence."""
    together = Barrier(len(deeds), timeout=30)

    def run(deed):
        try:
            connection.ensure_connection()
            together.wait()
            deed()
            return DONE
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as people:
        return list(people.map(run, deeds))


def the_loser(outcomes) -> str:
    """One has won; the other's sentence."""
    assert outcomes.count(DONE) == 1, outcomes
    [said] = [outcome for outcome in outcomes if outcome != DONE]
    return said


def fresh(row):
    """As another process would have read it, but where it is gone already."""
    return type(row)._default_manager.filter(pk=row.pk).first() or row


def case_in_hand(**facts):
    return ReferralFactory(in_progress=True, **facts)


def test_two_brokers_start_work():
    case = ReferralFactory(received=True)
    first, second = UserFactory(broker=True), UserFactory(broker=True)

    said = the_loser(race(*(lambda by=by: intake.start_work(fresh(case), by=by) for by in (first, second))))

    assert said == f"{fresh(case).started_by.full_name} already started work on {case.reference}."
    assert Message.objects.filter(template="work-started", case=case.reference).count() == 1


def test_two_brokers_press_the_same_button():
    """Through the whole of the service, sessions and forms and all."""
    case = ReferralFactory(received=True)
    address, answers = reverse("start_work", args=[case.reference]), []

    def press(by):
        browser = Client()
        browser.force_login(by)
        answers.append(browser.post(address))

    race(*(partial(press, UserFactory(broker=True)) for _ in range(2)))

    assert sorted(answer.status_code for answer in answers) == [302, 409]
    [no] = [answer for answer in answers if answer.status_code == 409]
    assert f"already started work on {case.reference}" in no.content.decode()


def test_one_person_presses_twice():
    case = ReferralFactory(received=True)
    by, codes = UserFactory(broker=True), []
    form = {"form_key": new_key()}

    def press():
        browser = Client()
        browser.force_login(by)
        codes.append(browser.post(reverse("start_work", args=[case.reference]), form).status_code)

    race(press, press)

    assert codes == [302, 302]
    assert Message.objects.filter(template="work-started", case=case.reference).count() == 1


def test_a_referral_is_handed_in_twice():
    draft = ReferralFactory()
    by = draft.referred_by

    the_loser(race(*(lambda: intake.submit(fresh(draft), by=by) for _ in range(2))))

    assert Clock.objects.filter(case=draft.reference, kind="response").count() == 1
    assert Message.objects.filter(template="referral-received", case=draft.reference).count() == 1


def test_a_referral_is_handed_in_while_it_is_thrown_away():
    draft = ReferralFactory()
    by = draft.referred_by
    the_loser(
        race(
            lambda: intake.submit(fresh(draft), by=by),
            lambda: intake.discard(fresh(draft), by=by),
        )
    )

    assert not Referral.objects.filter(pk=draft.pk, status="draft").exists()


def test_a_case_is_given_out_while_somebody_takes_it():
    case = ReferralFactory(received=True)
    taker, given, manager = UserFactory(broker=True), UserFactory(broker=True), UserFactory(manager=True)

    outcomes = race(
        lambda: intake.start_work(fresh(case), by=taker), lambda: intake.assign(fresh(case), to=given, by=manager)
    )

    assert outcomes[1] == DONE
    assert fresh(case).broker == given
    clocks = Clock.objects.filter(case=case.reference, stopped_at=None)
    assert {each.owner_id for each in clocks} <= {given.pk, None}


def test_the_person_is_written_down_twice():
    draft = ReferralFactory(person=None)
    facts = {"first_names": "Winifred", "last_name": "Okafor"}

    assert race(*(lambda: people.say_who(fresh(draft), by=draft.referred_by, **facts) for _ in range(2))) == [DONE] * 2

    assert Person.objects.count() == 1


def test_two_enquiries_begin():
    case = case_in_hand()

    said = the_loser(race(*(lambda: enquiries.begin(fresh(case), by=case.broker) for _ in range(2))))

    assert "another enquiry cannot begin yet" in said


def test_two_people_decide_for_panel():
    case = case_in_hand(nursing=True)
    submission = panel.ask_to_search(case, recommendation="Nursing care", by=case.broker)
    chair, manager = UserFactory(chair=True), UserFactory(manager=True)

    said = the_loser(
        race(
            lambda: panel.approve(fresh(submission), by=chair),
            lambda: panel.decline(fresh(submission), by=manager, because="Not yet"),
        )
    )

    assert said.startswith("Panel has already decided this")
    agreement = Agreement.objects.get(referral=case)
    assert agreement.status == {"approved": "granted", "declined": "declined"}[fresh(submission).status]
    assert Message.objects.filter(template="panel-decided", case=case.reference).count() == 2


def test_a_case_is_put_to_panel_twice():
    case = case_in_hand(nursing=True)

    ask = [lambda: panel.ask_to_search(fresh(case), recommendation="Nursing care", by=case.broker)] * 2

    assert "already with panel" in the_loser(race(*ask))
    assert Submission.objects.filter(referral=case).count() == 1


def open_enquiry(case, **facts):
    """Open from the start, so that its offers may be chosen while providers still answer."""
    enquiry = ClosedEnquiryFactory(referral=case, sealed=True, open_from_start=True, **facts)
    return enquiry, OfferFactory(invitation__enquiry=enquiry)


def test_an_offer_is_chosen_while_its_enquiry_is_withdrawn():
    case = case_in_hand()
    enquiry, reply = open_enquiry(case)
    chosen = {"chosen_by": "The person", "because": "Kind", "by": case.broker}

    choose, withdraw = race(
        lambda: choosing.record_choice(fresh(case), reply=reply, **chosen),
        lambda: enquiries.withdraw(fresh(enquiry), because="No longer needed", by=case.broker),
    )

    assert withdraw == DONE
    assert choose == DONE or choose == f"{enquiry.number} was withdrawn, so its offers no longer stand."
    assert Choice.objects.filter(referral=case).exists() == (choose == DONE)


def test_a_service_is_arranged_while_its_enquiry_is_withdrawn():
    """Whoever loses a case to a deadlock sees a fault; here nobody may."""
    case = case_in_hand()
    enquiry, reply = open_enquiry(case)
    ChoiceFactory(reply=reply)

    arrange, withdraw = race(
        lambda: placing.arrange(fresh(case), start_on=SOON, by=case.broker),
        lambda: enquiries.withdraw(fresh(enquiry), because="No longer needed", by=case.broker),
    )

    assert withdraw == DONE
    assert arrange == DONE or "no longer stands" in arrange or "no longer stand" in arrange
    assert Placement.objects.filter(referral=case).exists() == (arrange == DONE)


def test_a_service_is_arranged_while_the_offer_is_taken_back():
    case = case_in_hand()
    enquiry, reply = open_enquiry(case)
    ChoiceFactory(reply=reply)

    arrange, disown = race(
        lambda: placing.arrange(fresh(case), start_on=SOON, by=case.broker),
        lambda: replies.disown(fresh(reply.invitation), by_name="Kim", by_role="Manager"),
    )

    assert disown == DONE
    assert arrange == DONE or "no longer stands" in arrange
    told = Message.objects.get(template="reply-disowned", case=case.reference)
    assert ("arranged" in told.body or "placed" in told.body) or arrange != DONE


def test_a_service_is_arranged_while_another_provider_answers():
    case = case_in_hand()
    enquiry, reply = open_enquiry(case)
    ChoiceFactory(reply=reply)
    other = OfferFactory(invitation__enquiry=enquiry).invitation

    arrange, answered = race(
        lambda: placing.arrange(fresh(case), start_on=SOON, by=case.broker),
        lambda: replies.reply(other, kind="no", by_name="Kim", by_role="Manager", why_not="no_staff"),
    )

    assert arrange == DONE
    assert answered == DONE or "has been placed" in answered


def test_a_service_is_arranged_twice():
    case = case_in_hand()
    ChoiceFactory(reply=OfferFactory(invitation__enquiry=ClosedEnquiryFactory(referral=case)))

    arrange = [lambda: placing.arrange(fresh(case), start_on=SOON, by=case.broker)] * 2

    assert the_loser(race(*arrange)) == f"{case.reference} is already arranged."
    assert Placement.objects.filter(referral=case).count() == 1
    assert Message.objects.filter(template="placement-arranged", case=case.reference).count() == 1


def test_a_price_is_agreed_while_the_talk_is_ended():
    case = case_in_hand()
    reply = OfferFactory(invitation__enquiry=ClosedEnquiryFactory(referral=case))
    choosing.propose_rate(reply, side="council", rate=Decimal("18.00"), words="Ours", by=case.broker)

    said = the_loser(
        race(
            lambda: choosing.agree_rate(fresh(reply), rate=Decimal("19.00"), words="Met", by=case.broker),
            lambda: choosing.end_negotiation(fresh(reply), words="No", by=case.broker),
        )
    )

    assert said == f"The negotiation with {reply.invitation.service_name} has ended."
    assert Negotiation.objects.get(reply=reply).status != "open"


def test_a_talk_about_a_price_is_begun_twice():
    case = case_in_hand()
    reply = OfferFactory(invitation__enquiry=ClosedEnquiryFactory(referral=case))
    step = {"side": "council", "rate": Decimal("18.00"), "words": "Ours", "by": case.broker}

    outcomes = race(*(lambda: choosing.propose_rate(fresh(reply), **step) for _ in range(2)))

    assert outcomes == [DONE, DONE]
    assert Negotiation.objects.get(reply=reply).steps.count() == 2


@pytest.fixture
def a_seal(settings, tmp_path):
    settings.SEAL_KEY, settings.SEAL_CERTIFICATE = str(tmp_path / "key.pem"), str(tmp_path / "certificate.pem")
    make_pair(tmp_path / "key.pem", tmp_path / "certificate.pem", council="Exampleshire Council", at=clock.now())


def test_an_agreement_is_issued_twice():
    placement = PlacementFactory()
    by = placement.referral.broker

    said = the_loser(race(*(lambda: contracts.issue(fresh(placement), by=by) for _ in range(2))))

    assert "Withdraw it before issuing another" in said
    assert Contract.objects.filter(placement=placement).count() == 1


def test_an_agreement_is_signed_for_the_council_twice(a_seal):
    contract = ContractFactory(provider_signed=True)
    by, paper = contract.referral.broker, contract.agreement.sha256

    said = the_loser(race(*(lambda: contracts.sign(fresh(contract), agreement_hash=paper, by=by) for _ in range(2))))

    assert said == "This agreement is already signed by both sides."
    assert Signature.objects.filter(contract=contract, side="council").count() == 1


def test_an_agreement_is_signed_while_it_is_withdrawn(a_seal):
    contract = ContractFactory(provider_signed=True)
    by, paper = contract.referral.broker, contract.agreement.sha256

    the_loser(
        race(
            lambda: contracts.sign(fresh(contract), agreement_hash=paper, by=by),
            lambda: contracts.withdraw(fresh(contract), because="A mistake in it", by=by),
        )
    )

    assert Signature.objects.filter(contract=contract, side="council").exists() == (fresh(contract).status == "signed")


def test_an_enquiry_is_sent_while_it_is_withdrawn():
    enquiry = EnquiryFactory(services=3)
    by = enquiry.referral.broker

    race(
        lambda: enquiries.send(fresh(enquiry), by=by),
        lambda: enquiries.withdraw(fresh(enquiry), because="Not needed", by=by),
    )

    assert fresh(enquiry).status == "withdrawn"
    asked = Message.objects.filter(template="enquiry", case=enquiry.referral.reference).count()
    told = Message.objects.filter(template="enquiry-withdrawn", case=enquiry.referral.reference).count()
    assert asked == told


def test_an_enquiry_is_closed_by_its_deadline_while_a_provider_answers():
    enquiry = EnquiryFactory(sent=True)
    invitation = enquiry.invitations.first()
    due = Enquiry.objects.get(pk=enquiry.pk).closes_at

    race(
        lambda: enquiries.close_due(at=due),
        lambda: replies.reply(invitation, kind="no", by_name="Kim", by_role="Manager", why_not="no_staff"),
    )

    assert Reply.objects.filter(invitation=invitation).count() == 1
    enquiries.close_due(at=due)
    assert fresh(enquiry).status == "closed"
