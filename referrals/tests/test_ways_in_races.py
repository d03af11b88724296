"""Two at once at the ways in: one effect each, and the other reads who was first.

Starting work is run twenty times in the ordinary suite and two hundred with `-m soak`; the others a few times.
"""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from brokerage.deadlines.models import Clock
from brokerage.design.sending import new_key
from brokerage.notify import doorbell
from brokerage.notify.models import Message
from brokerage.tests.factories import UserFactory
from brokerage.tests.test_races import DONE, fresh, race, the_loser
from referrals.asking import actions as asking
from referrals.intake import actions as intake
from referrals.intake import joining
from referrals.models import CallRequest, Referral, Verdict
from referrals.tests.asking_factories import ASKED, call_request, team_that_rings
from referrals.tests.factories import PersonFactory, ReferralFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nobody_is_woken(monkeypatch):
    cache.clear()  # what an earlier test sent is not counted here
    monkeypatch.setattr(doorbell, "_send", lambda: None)
    monkeypatch.setattr(doorbell, "_listen", lambda: None)


def start_work_races(times, brokers=3):
    """So many cases, each raced for by several brokers at once, in connections that stay open."""
    people = [UserFactory(broker=True) for _ in range(brokers)]
    for turn in range(times):
        case = ReferralFactory(received=True)
        outcomes = race(*(lambda by=by, case=case: intake.start_work(fresh(case), by=by) for by in people))

        case = fresh(case)
        assert outcomes.count(DONE) == 1, (turn, outcomes)
        said = f"{case.started_by.full_name} already started work on {case.reference}."
        assert [outcome for outcome in outcomes if outcome != DONE] == [said] * (brokers - 1)
        assert case.broker == case.started_by
        assert people[outcomes.index(DONE)] == case.started_by
        assert Message.objects.filter(template="work-started", case=case.reference).count() == 1


def test_work_is_started_by_exactly_one_twenty_times():
    start_work_races(20)


@pytest.mark.soak
def test_work_is_started_by_exactly_one_two_hundred_times():
    start_work_races(200)


@pytest.mark.parametrize("turn", range(3))
def test_two_submit_one_draft(turn):
    coordinator, officer = UserFactory(coordinator=True), UserFactory(coordinator=True)
    draft = ReferralFactory(referred_by=officer, coordinator=coordinator)

    said = the_loser(race(*(lambda by=by: intake.submit(fresh(draft), by=by) for by in (coordinator, officer))))

    assert said == f"{draft.reference} was submitted, so its answers stand. Tell the broker what has changed."
    assert Clock.objects.filter(case=draft.reference, kind="response").count() == 1
    assert Message.objects.filter(template="referral-to-take", case=draft.reference).count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_two_brokers_join_two_cases_either_way(turn):
    one, two = (ReferralFactory(received=True, person=PersonFactory(record_id="")) for _ in range(2))
    first, second = UserFactory(broker=True), UserFactory(broker=True)

    said = the_loser(
        race(
            lambda: joining.join(fresh(one), fresh(two), because="The same", by=first),
            lambda: joining.join(fresh(two), fresh(one), because="The same", by=second),
        )
    )

    assert "closed" in said or "already said" in said
    assert sorted([fresh(one).status, fresh(two).status]) == ["closed", "received"]
    assert Verdict.objects.count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_a_draft_is_submitted_while_it_is_joined(turn):
    coordinator, officer = UserFactory(coordinator=True), UserFactory(coordinator=True)
    earlier = ReferralFactory(
        received=True, referred_by=coordinator, person=PersonFactory(record_id="M1", first_names="Ann")
    )
    draft = ReferralFactory(
        referred_by=officer,
        coordinator=coordinator,
        person=PersonFactory(record_id="M2", first_names="Bob", last_name="Li"),
    )

    outcomes = race(
        lambda: intake.submit(fresh(draft), by=officer),
        lambda: joining.join(fresh(draft), fresh(earlier), by=coordinator),
    )

    kept = Referral.objects.filter(pk=draft.pk).first()
    assert outcomes.count(DONE) == 1, outcomes
    assert (kept is None) is (earlier.notes.count() == 1)


@pytest.mark.parametrize("turn", range(3))
def test_two_take_one_call(turn):
    call = call_request()
    first, second = UserFactory(broker=True), UserFactory(broker=True)

    said = the_loser(race(*(lambda by=by: asking.take(fresh(call), by=by) for by in (first, second))))

    assert said == f"{fresh(call).taken_by.full_name} already took {call.reference}."


@pytest.mark.parametrize("turn", range(3))
def test_one_form_sent_twice_at_once_asks_once(turn, monkeypatch):
    monkeypatch.setattr("referrals.asking.limits.QUICKEST", -1)
    team = team_that_rings()
    form = {**ASKED, "team": team.pk, "form_key": new_key(), "opened": "opened"}
    monkeypatch.setattr("referrals.asking.limits.came_too_fast", lambda stamped: False)
    answers = []

    def send():
        answers.append(Client().post(reverse("contact"), form).url)

    race(send, send)

    assert len(set(answers)) == 1
    assert CallRequest.objects.count() == 1


def test_two_browsers_with_the_same_words_ask_once(monkeypatch):
    monkeypatch.setattr("referrals.asking.limits.came_too_fast", lambda stamped: False)
    team, codes = team_that_rings(), []

    def send():
        codes.append(Client().post(reverse("contact"), {**ASKED, "team": team.pk, "form_key": new_key()}).status_code)

    race(send, send)

    assert codes == [302, 302]
    assert CallRequest.objects.count() == 1
