"""Many cases given out, or taken, at once."""

from datetime import date

import pytest

from brokerage.audit.models import Event
from brokerage.clocks import clock
from brokerage.deadlines.models import Clock
from brokerage.errors import Refused
from brokerage.notify.models import Message
from referrals.intake import actions as intake
from referrals.intake import giving
from referrals.models import Referral
from referrals.tests.factories import ReferralFactory
from referrals.work.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(coordinator):
    people = [("Winifred", "Okafor", 1941), ("Walter", "Orme", 1950), ("Wanda", "Obi", 1933)]
    drafts = [
        ReferralFactory(
            referred_by=coordinator,
            person__first_names=first,
            person__last_name=last,
            person__born_on=date(year, 3, 5),
            person__postcode=f"PL{year % 10} 8AA",
        )
        for first, last, year in people
    ]
    cases = [intake.submit(draft, by=coordinator) for draft in drafts]
    Message.objects.all().delete()
    return cases


def references(cases):
    return [case.reference for case in cases]


def owners(cases):
    return set(WorkItem.objects.filter(referral__in=cases).values_list("owner__full_name", flat=True))


def test_all_of_them_are_the_new_owners_with_their_clocks(cases, duty_broker, broker):
    outcome = giving.give_many(references(cases), to=broker, by=duty_broker, because="Priya is away")

    assert len(outcome.done) == 3 and not outcome.refused
    assert owners(cases) == {broker.full_name}
    assert set(Referral.objects.filter(pk__in=[case.pk for case in cases]).values_list("broker", "version")) == {
        (broker.pk, cases[0].version + 1)
    }
    assert set(Clock.objects.running().filter(case__in=references(cases)).values_list("owner", flat=True)) == {
        broker.pk
    }
    assert Event.objects.filter(verb="referral.assigned", because="Priya is away").count() == 3


def test_the_new_owner_gets_one_letter_with_the_list(cases, duty_broker, broker):
    giving.give_many(references(cases), to=broker, by=duty_broker)

    letter = Message.objects.get()
    assert (letter.address, letter.subject) == (broker.email, "3 cases: given to you")
    for case in cases:
        assert f"- WO {case.reference}: home care, routine" in letter.body
    assert "Winifred" not in letter.body


def test_one_case_is_the_letter_that_one_case_always_was(cases, duty_broker, broker):
    giving.give_many(references(cases[:1]), to=broker, by=duty_broker)

    assert Message.objects.get().template == "case-given"


def test_what_cannot_be_given_is_named_with_the_reason_and_the_rest_is_done(cases, duty_broker, broker, childrens_team):
    elsewhere = ReferralFactory(received=True, team=childrens_team)
    Referral.objects.filter(pk=cases[1].pk).update(status="closed")

    outcome = giving.give_many([*references(cases), elsewhere.reference, "R999999"], to=broker, by=duty_broker)

    assert references(outcome.done) == references([cases[0], cases[2]])
    assert outcome.refused == {
        elsewhere.reference: "No case of yours has this reference.",
        "R999999": "No case of yours has this reference.",
        cases[1].reference: f"{cases[1].reference} is closed, so there is nothing to give out.",
    }
    assert owners([elsewhere, cases[1]]) == {None}
    assert Message.objects.get().body.count("- WO ") == 2


def test_given_again_nothing_happens_twice(cases, duty_broker, broker):
    giving.give_many(references(cases), to=broker, by=duty_broker)
    outcome = giving.give_many([*references(cases), *references(cases)], to=broker, by=duty_broker)

    assert (len(outcome.done), len(outcome.theirs_already)) == (0, 3)
    assert Message.objects.count() == 1
    assert Event.objects.filter(verb="referral.assigned").count() == 3


def test_nobody_but_a_broker_of_the_team_is_given_a_case(cases, duty_broker, stranger, head):
    for somebody in (stranger, head):
        outcome = giving.give_many(references(cases), to=somebody, by=duty_broker)

        assert not outcome.done
        assert "is not a broker of Adults brokerage." in outcome.refused[cases[0].reference]
    assert owners(cases) == {None}


def test_a_broker_gives_out_nothing(cases, broker, other_broker):
    outcome = giving.give_many(references(cases), to=other_broker, by=broker)

    assert set(outcome.refused.values()) == {"Only a duty broker or a team manager can give out work."}


def test_more_than_a_hundred_are_refused_whole(cases, duty_broker, broker):
    with pytest.raises(Refused, match="Select 100 cases at most: these are 101."):
        giving.give_many([f"R{number:06}" for number in range(101)], to=broker, by=duty_broker)


def test_a_restricted_case_has_a_letter_of_its_own(cases, duty_broker, broker, manager):
    from referrals.access.models import NamedReader

    Referral.objects.filter(pk=cases[0].pk).update(is_restricted=True)
    NamedReader.objects.create(
        referral=cases[0], user=duty_broker, named_at=clock.now(), named_by=manager, because="On duty"
    )

    giving.give_many(references(cases), to=broker, by=duty_broker)

    letters = {letter.template: letter for letter in Message.objects.all()}
    assert cases[0].reference not in letters["cases-given"].body
    assert letters["case-given"].case == cases[0].reference


def test_a_broker_takes_what_nobody_has_and_its_start_clock_runs_on(cases, broker, other_broker):
    WorkItem.objects.filter(referral=cases[0]).update(owner=other_broker)
    Referral.objects.filter(pk=cases[0].pk).update(broker=other_broker)

    outcome = giving.take_many(references(cases), by=broker)

    assert references(outcome.done) == references(cases[1:])
    assert outcome.refused == {cases[0].reference: f"{cases[0].reference} was given to {other_broker.full_name}."}
    assert owners(cases[1:]) == {broker.full_name}
    assert Clock.objects.running().filter(case=cases[1].reference, kind="start", owner=broker).exists()
    assert Referral.objects.get(pk=cases[1].pk).status == "received"
    assert not Message.objects.exists()


def test_giving_many_costs_little_more_than_giving_few(cases, duty_broker, broker, django_assert_max_num_queries):
    with django_assert_max_num_queries(25) as few:
        giving.give_many(references(cases), to=broker, by=duty_broker)
    more = [ReferralFactory(received=True) for _ in range(20)]

    with django_assert_max_num_queries(len(few) + 17):  # one small question for each more, whether one may
        giving.give_many(references(more), to=broker, by=duty_broker)
