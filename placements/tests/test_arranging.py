"""From offers to a placement: choice, negotiation, panel, price."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from brokerage.audit.models import Event
from brokerage.clocks import clock
from brokerage.errors import NotAllowed, Refused
from brokerage.notify.models import Message
from placements.choosing import actions as choosing
from placements.choosing import queries
from placements.models import Choice, Placement, Submission
from placements.panel import actions as panel
from placements.placing import actions as placing
from providers.tests.factories import RateFactory
from referrals.agreements import actions as agreements
from referrals.agreements.models import AgreementKind
from referrals.agreements.rules import reason_not_to_search
from referrals.tests.factories import AgreementFactory, ReferralFactory

from .factories import AskedFactory, ChoiceFactory, ClosedEnquiryFactory, OfferFactory

pytestmark = pytest.mark.django_db

SOON = clock.now().date() + timedelta(days=5)


@pytest.fixture
def home_care(broker):
    return ReferralFactory(in_progress=True, broker=broker)


@pytest.fixture
def nursing(broker):
    """Panel agreed the search; the contracted rate is £900 a week."""
    referral = ReferralFactory(in_progress=True, nursing=True, broker=broker)
    AgreementFactory(referral=referral, granted=True)
    RateFactory(kind="nursing_home", unit="week", amount=Decimal("900.00"))
    return referral


def offer_to(referral, **facts):
    enquiry = referral.enquiries.first() or ClosedEnquiryFactory(referral=referral)
    return OfferFactory(invitation__enquiry=enquiry, **facts)


def test_an_hourly_offer_costs_its_rate_times_the_care_hours(home_care):
    offer_to(home_care, rate=Decimal("20.00"))

    [option] = queries.options(home_care, at=clock.now())

    assert option.price.units_a_week == Decimal("8.75")  # seven days of 45 and 30 minutes
    assert option.price.weekly == Decimal("175.00")


def test_a_part_offer_shows_what_it_leaves_uncovered(home_care):
    offer_to(home_care, kind="part", visits=[0, 1])

    [option] = queries.options(home_care, at=clock.now())

    assert len(option.covered) == 2
    assert len(option.left_over) == 12


def test_no_offer_can_be_read_while_it_is_sealed(home_care):  # AMB-07
    enquiry = ClosedEnquiryFactory(referral=home_care, sealed=True)
    OfferFactory(invitation__enquiry=enquiry)

    assert queries.options(home_care, at=clock.now()) == []


def test_a_sealed_offer_cannot_be_chosen(home_care, broker):
    reply = OfferFactory(invitation__enquiry=ClosedEnquiryFactory(referral=home_care, sealed=True))

    with pytest.raises(Refused, match="sealed until they close"):
        choosing.record_choice(home_care, reply=reply, chosen_by="The person", because="Kind", by=broker)

    assert not Choice.objects.exists()


def test_a_choice_names_who_chose_and_why(home_care, broker):  # DER-13
    reply = offer_to(home_care)

    choosing.record_choice(home_care, reply=reply, chosen_by="Her daughter, with her", because="Same carers", by=broker)

    event = Event.objects.get(verb="choice.recorded")
    assert event.because == "Same carers"
    assert "Her daughter, with her" in event.said


def test_a_choice_without_a_reason_is_refused(home_care, broker):
    with pytest.raises(Refused, match="why this one"):
        choosing.record_choice(home_care, reply=offer_to(home_care), chosen_by="The person", because=" ", by=broker)


def test_a_late_offer_cannot_be_chosen(home_care, broker):
    reply = offer_to(home_care, is_late=True)

    with pytest.raises(Refused, match="after the deadline"):
        choosing.record_choice(home_care, reply=reply, chosen_by="The person", because="Kind", by=broker)


def test_a_second_choice_takes_the_place_of_the_first(home_care, broker):
    first, second = offer_to(home_care), offer_to(home_care)

    choosing.record_choice(home_care, reply=first, chosen_by="The person", because="Kind", by=broker)
    choosing.record_choice(home_care, reply=second, chosen_by="The person", because="Nearer", by=broker)

    assert Choice.objects.get(is_current=True).reply == second
    assert Choice.objects.count() == 2


def test_the_chosen_offer_is_arranged_and_the_others_hear_only_that_it_is_placed(home_care, broker):
    reply, other = offer_to(home_care), offer_to(home_care)
    ChoiceFactory(reply=reply)

    placement = placing.arrange(home_care, start_on=SOON, by=broker)

    assert placement.weekly_cost == Decimal("175.00")
    home_care.refresh_from_db()
    assert home_care.status == "arranged"
    letter = Message.objects.get(template="enquiry-placed")
    assert letter.address == other.invitation.mailbox
    assert reply.invitation.service_name not in letter.subject + letter.body


def test_nothing_is_arranged_before_the_person_has_chosen(home_care, broker):
    offer_to(home_care)

    with pytest.raises(Refused, match="Record the person’s choice"):
        placing.arrange(home_care, start_on=SOON, by=broker)


def test_nothing_is_arranged_while_a_paper_is_missing(broker):  # MED-01
    referral = ReferralFactory(in_progress=True, broker=broker, papers=["assessment", "care_plan"])
    ChoiceFactory(reply=offer_to(referral))

    with pytest.raises(Refused, match="home care referral is not on record"):
        placing.arrange(referral, start_on=SOON, by=broker)


def test_an_urgent_case_goes_on_a_funding_agreement_and_a_pen_picture(broker):  # MED-02
    referral = ReferralFactory(
        in_progress=True,
        broker=broker,
        priority="urgent",
        priority_reason="Leaving hospital",
        papers=["funding_agreement", "pen_picture"],
    )
    ChoiceFactory(reply=offer_to(referral))

    assert placing.arrange(referral, start_on=SOON, by=broker)


def test_a_second_placement_is_refused_by_the_database_itself(home_care, broker):
    ChoiceFactory(reply=offer_to(home_care))
    placement = placing.arrange(home_care, start_on=SOON, by=broker)
    other = ChoiceFactory(reply=offer_to(home_care), is_current=False)

    with pytest.raises(IntegrityError, match="placement_one_live_a_referral"), transaction.atomic():
        Placement.objects.create(
            number="P999999", referral=home_care, choice=other, reply=other.reply, service=placement.service, unit="hour",
            rate=1, units_a_week=1, weekly_cost=1, start_on=placement.start_on, arranged_at=clock.now(), arranged_by=broker,
        )  # fmt: skip


def test_somebody_elses_broker_cannot_arrange(home_care, stranger):
    ChoiceFactory(reply=offer_to(home_care))

    with pytest.raises(Refused, match="belongs to another team"):
        placing.arrange(home_care, start_on=SOON, by=stranger)


# -- above the contracted rate


def test_above_the_contracted_rate_is_not_arranged_before_panel_agrees(nursing, broker):  # MED-11
    ChoiceFactory(reply=offer_to(nursing, rate=Decimal("1050.00")))

    with pytest.raises(Refused, match=r"£1,050.00 a week is above the contracted £900.00 a week, so panel must agree"):
        placing.arrange(nursing, start_on=SOON, by=broker)


def test_within_the_contracted_rate_panel_need_not_see_it(nursing, broker):
    ChoiceFactory(reply=offer_to(nursing, rate=Decimal("900.00")))

    assert placing.arrange(nursing, start_on=SOON, by=broker).agreement is None


def test_panel_is_not_asked_before_the_price_was_negotiated(nursing, broker):  # MED-11
    reply = offer_to(nursing, rate=Decimal("1050.00"))
    ChoiceFactory(reply=reply)

    with pytest.raises(Refused, match="Negotiate the price"):
        panel.ask_to_pay(nursing, reply=reply, recommendation="Pay it", by=broker)


@pytest.fixture
def negotiated(nursing, broker):
    reply = offer_to(nursing, rate=Decimal("1050.00"))
    ChoiceFactory(reply=reply)
    choosing.propose_rate(reply, side="council", rate=Decimal("950.00"), words="Our usual", by=broker)
    choosing.agree_rate(reply, rate=Decimal("1000.00"), words="Met half way", by=broker)
    reply.refresh_from_db()
    return reply


def test_a_negotiated_rate_is_what_the_offer_stands_at(nursing, negotiated):  # PPF-16
    [option] = queries.options(nursing, at=clock.now())

    assert option.price.weekly == Decimal("1000.00")
    assert "saving £50.00 a week" in Event.objects.get(verb="negotiation.agreed").said


def test_what_panel_agreed_to_is_arranged(nursing, negotiated, broker, chair):
    submission = panel.ask_to_pay(nursing, reply=negotiated, recommendation="The only room that suits her", by=broker)
    panel.approve(submission, by=chair, because="Agreed")

    placement = placing.arrange(nursing, start_on=SOON, by=broker)

    assert placement.weekly_cost == Decimal("1000.00")
    assert placement.agreement.weekly_cost == Decimal("1000.00")


def test_panels_yes_to_one_offer_is_not_a_yes_to_another(nursing, negotiated, broker, chair):
    panel.approve(panel.ask_to_pay(nursing, reply=negotiated, recommendation="Pay it", by=broker), by=chair)
    Choice.objects.update(is_current=False)
    ChoiceFactory(reply=offer_to(nursing, rate=Decimal("990.00")))

    with pytest.raises(Refused, match="panel must agree to it"):
        placing.arrange(nursing, start_on=SOON, by=broker)


def test_a_broker_cannot_decide_their_own_case(nursing, negotiated, broker):
    submission = panel.ask_to_pay(nursing, reply=negotiated, recommendation="Pay it", by=broker)
    broker.roles = ["broker", "panel_chair"]
    broker.save()

    with pytest.raises(NotAllowed, match="You have a part in"):
        panel.approve(submission, by=broker)

    submission.refresh_from_db()
    assert submission.status == "at_panel"


def test_the_database_itself_refuses_a_decision_by_the_broker(nursing, negotiated, broker):
    submission = panel.ask_to_pay(nursing, reply=negotiated, recommendation="Pay it", by=broker)

    with pytest.raises(IntegrityError, match="panel_nobody_decides_their_own_case"), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(status="approved", decided_by=broker, decided_at=clock.now())


def test_a_search_is_refused_until_panel_agreed_it(broker, chair):  # MED-06
    referral = ReferralFactory(in_progress=True, nursing=True, broker=broker)
    assert "has not been put to panel" in reason_not_to_search(referral)

    submission = panel.ask_to_search(referral, recommendation="Nursing care is needed", by=broker)
    assert "panel has not decided" in reason_not_to_search(referral)

    panel.approve(submission, by=chair)
    assert reason_not_to_search(referral) is None


def test_panel_is_not_asked_to_search_while_a_paper_is_missing(broker):  # MED-06
    referral = ReferralFactory(in_progress=True, nursing=True, broker=broker, papers=["assessment"])

    with pytest.raises(Refused, match="care and support plan is not on record"):
        panel.ask_to_search(referral, recommendation="Nursing care is needed", by=broker)


@pytest.mark.parametrize("verb", [panel.defer, panel.decline])
def test_a_no_from_panel_says_why(verb, nursing, negotiated, broker, chair):
    submission = panel.ask_to_pay(nursing, reply=negotiated, recommendation="Pay it", by=broker)

    with pytest.raises(Refused, match="why panel did not approve"):
        verb(submission, by=chair, because="")


def test_a_question_is_decided_once(nursing, negotiated, broker, chair, other_chair):
    submission = panel.ask_to_pay(nursing, reply=negotiated, recommendation="Pay it", by=broker)
    panel.approve(submission, by=chair)

    with pytest.raises(Refused, match="already decided"):
        panel.decline(submission, by=other_chair, because="Too dear")


def test_deferred_means_it_can_be_asked_again(nursing, negotiated, broker, chair):
    submission = panel.ask_to_pay(nursing, reply=negotiated, recommendation="Pay it", by=broker)
    panel.defer(submission, by=chair, because="Ask about nights")

    again = panel.ask_to_pay(nursing, reply=negotiated, recommendation="Nights are included", by=broker)

    assert again.status == "at_panel"
    assert again.agreement == submission.agreement


def test_a_decision_that_cannot_be_granted_undoes_itself_whole(nursing, negotiated, broker, chair):
    submission = panel.ask_to_pay(nursing, reply=negotiated, recommendation="Pay it", by=broker)
    agreements.decline(submission.agreement, by=chair, proposer_id=broker.pk, because="Withdrawn")
    letters = Message.objects.count()

    with pytest.raises(Refused, match="cannot become agreed"):
        panel.approve(submission, by=chair)

    submission.refresh_from_db()
    assert submission.status == "at_panel"
    assert Message.objects.count() == letters


def test_letters_about_the_case_carry_no_name(nursing, negotiated, broker, chair):  # LEI-01
    panel.approve(panel.ask_to_pay(nursing, reply=negotiated, recommendation="Pay it", by=broker), by=chair)
    placing.arrange(nursing, start_on=SOON, by=broker)

    letters = Message.objects.all()
    assert letters
    for letter in letters:
        assert "Winifred" not in letter.subject + letter.body
        assert "Okafor" not in letter.subject + letter.body


def test_every_question_to_panel_starts_a_clock_on_panel(nursing, negotiated, broker):
    from brokerage.deadlines import actions as deadlines

    submission = panel.ask_to_pay(nursing, reply=negotiated, recommendation="Pay it", by=broker)

    assert deadlines.running(submission, "panel").due_at > clock.now() + timedelta(days=5)


def test_options_are_presented_once_and_answer_the_response_clock(home_care, broker):
    offer_to(home_care)
    AskedFactory(enquiry=home_care.enquiries.get())

    choosing.present_options(home_care, by=broker)

    assert Message.objects.get(template="options-ready").address == home_care.coordinator.email


def test_an_agreement_kind_is_asked_for_once(nursing, broker):
    first = agreements.require(nursing, AgreementKind.ABOVE_RATE, because="Dear", by=broker)
    second = agreements.require(nursing, AgreementKind.ABOVE_RATE, because="Dearer", by=broker)

    assert first.pk == second.pk
    assert second.because == "Dearer"


def test_what_panel_owes_stands_in_the_queue_until_panel_decides(nursing, negotiated, broker, chair):  # AMB-01
    submission = panel.ask_to_pay(nursing, reply=negotiated, recommendation="Pay it", by=broker)
    nursing.work.refresh_from_db()
    assert (nursing.work.due_kind, nursing.work.waits_on) == ("panel", "panel")

    panel.approve(submission, by=chair)

    nursing.work.refresh_from_db()
    assert (nursing.work.due_kind, nursing.work.waits_on) == ("", "brokerage")


@pytest.mark.parametrize(("days", "sentence"), [(400, "within a year"), (-40, "no more than a month ago")])
def test_a_start_that_cannot_be_meant_is_asked_for_again(home_care, broker, days, sentence):
    ChoiceFactory(reply=offer_to(home_care))

    with pytest.raises(Refused, match=sentence):
        placing.arrange(home_care, start_on=clock.now().date() + timedelta(days=days), by=broker)


def test_nobody_chose_tomorrow(home_care, broker):
    tomorrow = clock.now().date() + timedelta(days=1)

    with pytest.raises(Refused, match="today or earlier"):
        choosing.record_choice(
            home_care, reply=offer_to(home_care), chosen_by="The person", because="Kind", by=broker, made_on=tomorrow
        )


def test_a_chosen_offer_that_was_taken_back_leads_to_choosing_again(client, home_care, broker):
    reply = offer_to(home_care)
    ChoiceFactory(reply=reply)
    type(reply).objects.filter(pk=reply.pk).update(is_current=False)
    client.force_login(broker)

    assert client.get(home_care.get_absolute_url()).context["next_step"].words == "Choose again"
