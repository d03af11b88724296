"""Nobody decides their own case: every road to it, through the deeds and straight in the database (MED-08, T20)."""

from datetime import date, timedelta
from decimal import Decimal

import pgtrigger
import pytest
from django.db import DatabaseError, transaction

from brokerage.accounts.models import Role
from brokerage.clocks import clock
from brokerage.errors import NotAllowed, Refused
from brokerage.tests.factories import UserFactory
from placements.choosing import actions as choosing
from placements.models import Choice, Placement, Submission
from placements.panel import actions as panel
from placements.placing import actions as placing
from providers.models import Reply
from providers.replies import actions as replies
from providers.tests.factories import RateFactory
from referrals.agreements import actions as agreements
from referrals.intake import actions as intake
from referrals.models import Agreement
from referrals.tests.factories import AgreementFactory, ReferralFactory

from .factories import ChoiceFactory, ClosedEnquiryFactory, OfferFactory

pytestmark = pytest.mark.django_db

SOON = date(2026, 12, 1)
DECIDERS = {Role.PANEL_CHAIR, Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE, Role.ASSISTANT_DIRECTOR}


@pytest.fixture
def referrer(db):
    return UserFactory(full_name="Rae Moon", duty_broker=True)


@pytest.fixture
def case(broker, referrer, coordinator):
    """A nursing home place at £1,050 a week chosen, £900 contracted; three people already have a part in it."""
    case = ReferralFactory(in_progress=True, nursing=True, broker=broker, referred_by=referrer, coordinator=coordinator)
    AgreementFactory(referral=case, granted=True)
    RateFactory(kind="nursing_home", unit="week", amount=Decimal("900.00"))
    reply = OfferFactory(invitation__enquiry=ClosedEnquiryFactory(referral=case), rate=Decimal("1050.00"))
    ChoiceFactory(reply=reply)
    choosing.propose_rate(reply, side="council", rate=Decimal("950.00"), words="Our usual", by=broker)
    choosing.end_negotiation(reply, words="No", by=broker)
    return case


@pytest.fixture
def reply(case):
    return Reply.objects.get()


@pytest.fixture
def proposer(other_broker):
    """Another broker of the team, who puts it to panel for the case's own."""
    return other_broker


@pytest.fixture
def submission(case, reply, proposer):
    return panel.ask_to_pay(case, reply=reply, recommendation="The only room", by=proposer)


@pytest.fixture
def agreed(submission, chair):
    return panel.approve(submission, by=chair)


def raised_to(user, role=Role.PANEL_CHAIR):
    """They are given a deciding role afterwards, on top of what they were."""
    user.roles = [*user.roles, role]
    user.save()
    return user


HAS_A_PART = ("proposer", "broker", "referrer", "coordinator")


@pytest.mark.parametrize("verb", [panel.approve, panel.defer, panel.decline])
@pytest.mark.parametrize("who", HAS_A_PART)
def test_whoever_has_a_part_decides_nothing_though_made_chair_since(who, verb, submission, request):
    somebody = raised_to(request.getfixturevalue(who))

    with pytest.raises(NotAllowed, match="You have a part in"):
        verb(submission, by=somebody, because="Looks right to me")

    submission.refresh_from_db()
    assert submission.status == "at_panel"


@pytest.mark.parametrize("role", sorted(DECIDERS))
def test_no_deciding_role_lets_the_cases_broker_decide(role, submission, broker):
    with pytest.raises(NotAllowed, match="You have a part in"):
        panel.approve(submission, by=raised_to(broker, role))


def test_giving_the_case_away_after_proposing_does_not_free_its_broker(submission, case, broker, other_broker, manager):
    intake.assign(case, to=other_broker, by=manager)

    with pytest.raises(NotAllowed, match="You have a part in"):
        panel.approve(submission, by=raised_to(broker))


def test_whoever_is_given_the_case_after_it_was_proposed_cannot_decide_it(submission, case, manager):
    newcomer = UserFactory(broker=True, chair=True)
    intake.assign(case, to=newcomer, by=manager)

    with pytest.raises(NotAllowed, match="You have a part in"):
        panel.approve(submission, by=newcomer)


@pytest.mark.parametrize("role", sorted(set(Role) - DECIDERS))
def test_a_role_that_does_not_decide_decides_nothing(role, submission):
    with pytest.raises(NotAllowed, match="Only a panel chair or a manager"):
        panel.approve(submission, by=UserFactory(roles=[role]))


@pytest.mark.parametrize("role", sorted(set(Role) - DECIDERS))
def test_nor_does_it_underneath_the_page(role, case, broker):
    agreement = AgreementFactory(referral=case)

    with pytest.raises(NotAllowed, match="Only a panel chair or a manager"):
        agreements.grant(agreement, by=UserFactory(roles=[role]), proposer_id=broker.pk)


def test_a_chair_of_another_team_decides_nothing(submission, childrens_team):
    with pytest.raises(NotAllowed, match="belongs to another team"):
        panel.approve(submission, by=UserFactory(chair=True, teams=[childrens_team]))


def test_a_chair_who_has_left_decides_nothing(submission, chair):
    chair.is_active, chair.left_at = False, clock.now()
    chair.save()

    with pytest.raises(NotAllowed):
        panel.approve(submission, by=chair)


# -- after the yes


def test_a_yes_is_not_a_yes_to_the_price_raised_since(agreed, case, reply, broker):
    """The application cannot write another rate; where somebody with the owner's rights has, the gate still holds."""
    with pgtrigger.ignore("providers.Reply:reply_says_what_it_said"):
        Reply.objects.filter(pk=reply.pk).update(rate=Decimal("1400.00"))

    with pytest.raises(Refused, match=r"Panel agreed up to £1,050.00 a week and this is £1,400.00"):
        placing.arrange(case, start_on=SOON, by=broker)


def test_no_talk_about_the_price_raises_it(case, broker):
    dear = OfferFactory(invitation__enquiry=case.enquiries.get(), rate=Decimal("1000.00"))

    with pytest.raises(Refused, match="would not be a saving"):
        choosing.agree_rate(dear, rate=Decimal("1200.00"), words="Rounded up", by=broker)


def test_a_yes_is_not_a_yes_to_another_offer_chosen_since(agreed, case, broker):
    dearer = OfferFactory(invitation__enquiry=case.enquiries.get(), rate=Decimal("1050.00"))
    choosing.record_choice(case, reply=dearer, chosen_by="The person", because="A garden", by=broker)

    with pytest.raises(Refused, match="panel must agree"):
        placing.arrange(case, start_on=SOON, by=broker)


def test_a_yes_to_an_offer_since_taken_back_arranges_nothing(agreed, case, reply, broker):
    replies.disown(reply.invitation, by_name="Kim Rhodes", by_role="Manager")

    with pytest.raises(Refused, match="no longer stands"):
        placing.arrange(case, start_on=SOON, by=broker)

    assert not Placement.objects.exists()


def test_a_yes_to_an_offer_since_changed_arranges_nothing(agreed, case, reply, broker):
    """As happens while an enquiry is open from the start."""
    Reply.objects.filter(pk=reply.pk).update(is_current=False)
    OfferFactory(invitation=reply.invitation, version=2, rate=Decimal("1400.00"))

    with pytest.raises(Refused, match="no longer stands"):
        placing.arrange(case, start_on=SOON, by=broker)


def test_an_offer_taken_back_is_not_put_to_panel(case, reply, broker):
    replies.disown(reply.invitation, by_name="Kim Rhodes", by_role="Manager")

    with pytest.raises(Refused, match="no longer stands"):
        panel.ask_to_pay(case, reply=reply, recommendation="The only room", by=broker)


def test_panel_is_asked_about_the_offer_that_was_chosen_and_no_other(case, broker):
    cheaper = OfferFactory(invitation__enquiry=case.enquiries.get(), rate=Decimal("910.00"))

    with pytest.raises(Refused, match="Record the person’s choice first"):
        panel.ask_to_pay(case, reply=cheaper, recommendation="Cheap", by=broker)


def test_a_yes_is_used_once(agreed, case, broker):
    placing.arrange(case, start_on=SOON, by=broker)

    with pytest.raises(Refused, match="already arranged"):
        placing.arrange(case, start_on=SOON + timedelta(days=1), by=broker)


def test_once_it_is_arranged_its_price_is_not_talked_about_again(agreed, case, broker):
    other = OfferFactory(invitation__enquiry=case.enquiries.get())
    placing.arrange(case, start_on=SOON, by=broker)

    with pytest.raises(Refused, match="is arranged, so its price is not talked about"):
        choosing.propose_rate(other, side="council", rate=Decimal("10.00"), words="Less", by=broker)


def test_a_sealed_price_is_not_talked_about(case, broker):
    sealed = OfferFactory(invitation__enquiry=ClosedEnquiryFactory(referral=case, sealed=True))

    with pytest.raises(Refused, match="sealed until they close"):
        choosing.propose_rate(sealed, side="council", rate=Decimal("10.00"), words="Less", by=broker)


# -- straight in the database


def refuses(name):
    return pytest.raises(DatabaseError, match=name)


def decided(by, **facts):
    return {"status": "approved", "decided_by": by, "decided_at": clock.now(), **facts}


@pytest.mark.parametrize("who", HAS_A_PART)
def test_the_database_takes_no_decision_of_whoever_has_a_part(who, submission, request):
    with refuses("panel_nobody_decides_their_own_case"), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(**decided(request.getfixturevalue(who)))


@pytest.mark.parametrize("copy", ["broker_id_then", "referrer_id_then", "coordinator_id_then"])
def test_nor_after_their_copy_was_blanked(copy, submission):
    with refuses("panel_question_stays_as_it_was_put"), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(**{copy: None})


@pytest.mark.parametrize("facts", [{"rate": Decimal("1.00")}, {"start_on": SOON}, {"kind": "part"}, {"unit": "hour"}])
def test_a_reply_says_what_it_said(facts, reply):
    with refuses("reply_says_what_it_said"), transaction.atomic():
        Reply.objects.filter(pk=reply.pk).update(**facts)


@pytest.mark.parametrize("facts", [{"weekly_cost": 1}, {"reply": None}, {"recommendation": "Else"}, {"paper": {}}])
def test_what_was_put_to_panel_stays(facts, submission):
    with refuses("panel_question_stays_as_it_was_put"), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(**facts)


def test_a_decision_is_not_put_in_somebody_elses_name(agreed, other_chair):
    with refuses("panel_decision_stays_as_it_was_made"), transaction.atomic():
        Submission.objects.filter(pk=agreed.pk).update(decided_by=other_chair)


@pytest.mark.parametrize("who", ["proposer", "broker", "referrer"])
def test_the_database_grants_nothing_to_whoever_has_a_part(who, submission, case, request):
    copies = {
        "proposer_id_then": submission.proposed_by_id,
        "broker_id_then": case.broker_id,
        "referrer_id_then": case.referred_by_id,
    }
    with refuses("agreement_nobody_decides_their_own_case"), transaction.atomic():
        Agreement.objects.filter(pk=submission.agreement_id).update(
            status="granted", decided_by=request.getfixturevalue(who), decided_at=clock.now(), **copies
        )


def test_the_database_grants_nothing_without_the_copies_it_compares(submission, broker):
    with refuses("agreement_decision_copies_who_had_a_part"), transaction.atomic():
        Agreement.objects.filter(pk=submission.agreement_id).update(
            status="granted", decided_by=broker, decided_at=clock.now()
        )


@pytest.mark.parametrize("facts", [{"weekly_cost": Decimal("2000.00")}, {"reply_id_then": 1}, {"conditions": "None"}])
def test_a_yes_stays_as_it_was_given(facts, agreed):
    with refuses("agreement_stays_as_it_was_decided"), transaction.atomic():
        Agreement.objects.filter(pk=agreed.agreement_id).update(**facts)


def test_a_yes_may_lapse(agreed):
    assert Agreement.objects.filter(pk=agreed.agreement_id).update(status="lapsed") == 1


def test_only_one_choice_counts_at_a_time(case, reply):
    with refuses("choice_one_current_a_referral"), transaction.atomic():
        Choice.objects.create(
            referral=case,
            reply=reply,
            chosen_by="The person",
            because="Kind",
            made_on=SOON,
            recorded_at=clock.now(),
            recorded_by=case.broker,
        )
