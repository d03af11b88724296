"""From a draft to the brokers' queue, and the start of work."""

from datetime import UTC, datetime

import pytest
import time_machine

from brokerage.audit.models import Event
from brokerage.deadlines import actions as deadlines
from brokerage.errors import NotAllowed, Refused
from brokerage.notify.models import Message
from brokerage.tests.factories import UserFactory
from referrals.agreements.models import AgreementKind
from referrals.intake import about_the_person as people
from referrals.intake import actions
from referrals.intake.completeness import unanswered
from referrals.intake.models import Referral
from referrals.tests.factories import PathwayFactory, ReferralFactory
from referrals.work.models import WorkItem

pytestmark = pytest.mark.django_db

TUESDAY_MORNING = datetime(2026, 11, 3, 10, 15, tzinfo=UTC)


@pytest.fixture
def draft(coordinator):
    return ReferralFactory(referred_by=coordinator)


@pytest.fixture
def received(coordinator):
    return actions.submit(ReferralFactory(referred_by=coordinator), by=coordinator)


def test_a_submitted_referral_starts_both_clocks(draft, coordinator):  # DER-04, DER-07
    with time_machine.travel(TUESDAY_MORNING, tick=False):
        actions.submit(draft, by=coordinator)

    assert deadlines.running(draft, "start").due_at == datetime(2026, 11, 3, 12, 15, tzinfo=UTC)
    assert deadlines.running(draft, "response").due_at == datetime(2026, 11, 3, 17, 0, tzinfo=UTC)


def test_a_submitted_referral_stands_in_the_queue_by_its_first_clock(draft, coordinator):
    with time_machine.travel(TUESDAY_MORNING, tick=False):
        actions.submit(draft, by=coordinator)

    item = WorkItem.objects.get(referral=draft)
    assert item.due_at == datetime(2026, 11, 3, 12, 15, tzinfo=UTC)
    assert (item.due_kind, item.initials, item.area) == ("start", "WO", "PL4")


def test_the_referrer_and_the_team_are_told_with_initials_and_no_name(draft, coordinator):  # LEI-01, MED-09
    actions.submit(draft, by=coordinator)

    letters = Message.objects.filter(case=draft.reference)
    assert {letter.address for letter in letters} == {coordinator.email, draft.team.mailbox}
    for letter in letters:
        assert letter.subject.startswith(f"WO {draft.reference}")
        assert "Winifred" not in letter.subject + letter.body
        assert "Okafor" not in letter.subject + letter.body


def test_the_referrer_reads_which_papers_are_missing(coordinator):  # MED-01
    draft = ReferralFactory(referred_by=coordinator, papers=["assessment"])

    actions.submit(draft, by=coordinator)

    letter = Message.objects.get(template="referral-received")
    assert "- Care and support plan" in letter.body
    assert "- Home care referral" in letter.body


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"person": None}, "name and date of birth"),
        ({"capacity": ""}, "can decide about this support"),
        ({"capacity": "no"}, "best interests"),  # GRN-08
        ({"funding": ""}, "who pays"),
        ({"wanted_start_on": None}, "when support should start"),
        ({"priority": "urgent"}, "why it cannot wait"),
        ({"visits": 0}, "Add the visits"),
    ],
)
def test_a_referral_with_a_question_unanswered_is_not_submitted(coordinator, facts, sentence):  # LEI-13
    draft = ReferralFactory(referred_by=coordinator, **facts)

    with pytest.raises(Refused, match=sentence):
        actions.submit(draft, by=coordinator)

    assert not WorkItem.objects.exists()


def test_a_nursing_referral_needs_no_visits(coordinator):
    draft = ReferralFactory(referred_by=coordinator, nursing=True)

    assert unanswered(draft) == []


def test_a_nursing_referral_asks_for_panels_agreement_to_search(coordinator):  # AMB-09
    draft = ReferralFactory(referred_by=coordinator, nursing=True)

    actions.submit(draft, by=coordinator)

    assert draft.agreements.get().kind == AgreementKind.SEARCH


def test_a_referral_is_submitted_once(received, coordinator):
    with pytest.raises(Refused, match="was submitted"):
        actions.submit(received, by=coordinator)


def test_somebody_elses_draft_cannot_be_submitted(draft):
    with pytest.raises(Refused, match="Only the referrer"):
        actions.submit(draft, by=UserFactory(coordinator=True))


def test_a_duty_officer_submits_for_the_case_coordinator_who_is_told(coordinator):  # DER-17
    duty = UserFactory(coordinator=True)
    draft = ReferralFactory(referred_by=duty, coordinator=coordinator)

    actions.submit(draft, by=duty)

    told = set(Message.objects.filter(template="referral-received").values_list("address", flat=True))
    assert told == {duty.email, coordinator.email}


def test_somebody_who_is_no_referrer_opens_no_referral(auditor, team):
    with pytest.raises(NotAllowed, match="Only a case co-ordinator or a broker"):
        actions.open_draft(pathway=PathwayFactory(), team=team, by=auditor)


def test_starting_work_stops_the_start_clock_and_keeps_the_response_clock(received, broker):  # DER-04
    actions.start_work(received, by=broker)

    assert deadlines.running(received, "start") is None
    assert deadlines.running(received, "response").owner == broker
    assert WorkItem.objects.get().owner == broker


def test_the_second_broker_is_told_who_started(received, broker, other_broker):
    actions.start_work(received, by=broker)

    with pytest.raises(Refused, match=f"{broker.full_name} already started work"):
        actions.start_work(received, by=other_broker)

    assert Referral.objects.get().broker == broker


def test_a_broker_of_another_team_cannot_start_work(received, stranger):
    with pytest.raises(Refused, match="belongs to another team"):
        actions.start_work(received, by=stranger)


def test_a_coordinator_cannot_start_work(received, coordinator):
    with pytest.raises(NotAllowed, match="Only a broker"):
        actions.start_work(received, by=coordinator)


def test_the_duty_broker_gives_a_case_out(received, duty_broker, broker):  # MED-03
    actions.assign(received, to=broker, by=duty_broker)

    assert WorkItem.objects.get().owner == broker
    assert Event.objects.get(verb="referral.assigned").said == f"Given to {broker.full_name}"


def test_a_case_given_to_one_broker_is_not_started_by_another(received, duty_broker, broker, other_broker):
    actions.assign(received, to=broker, by=duty_broker)

    with pytest.raises(Refused, match=f"was given to {broker.full_name}"):
        actions.start_work(received, by=other_broker)


def test_a_case_is_not_given_to_somebody_outside_the_team(received, duty_broker, stranger):
    with pytest.raises(Refused, match="is not a broker of"):
        actions.assign(received, to=stranger, by=duty_broker)


def test_a_draft_thrown_away_takes_its_person_with_it(draft, coordinator):
    actions.discard(draft, by=coordinator)

    assert not Referral.objects.exists()
    assert Event.objects.filter(verb="referral.discarded").exists()


def test_a_submitted_referral_is_never_thrown_away(received, coordinator):
    with pytest.raises(Refused, match="was submitted"):
        actions.discard(received, by=coordinator)


def test_the_person_who_cannot_decide_has_somebody_who_supports_the_decision(draft, coordinator):  # GRN-08
    people.say_how_decisions_are_made(
        draft, capacity="no", name="Chidi Okafor", relationship="son", phone="01632 960200", by=coordinator
    )

    assert draft.person.contacts.get().supports_best_interests
    assert unanswered(Referral.objects.get()) == []


def test_the_broker_who_is_given_a_case_hears_of_it(received, duty_broker, broker):
    actions.assign(received, to=broker, by=duty_broker, because="You know the family")

    letter = Message.objects.get(template="case-given")
    assert letter.address == broker.email
    assert letter.subject == f"WO {received.reference}: given to you"
    assert "You know the family" in letter.body
