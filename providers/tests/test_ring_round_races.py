"""Two brokers at one list, in real connections of their own: they never ring the same provider (AMB-08).

A short race in the ordinary run; two hundred with `-m soak`.
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.db.models import Count

from brokerage.errors import Refused
from brokerage.notify import doorbell
from brokerage.tests.factories import UserFactory
from providers.models import Call, RingLine, RingRound
from providers.ringround import actions
from providers.tests.ring_factories import agencies, emergency, offer, ring_round

pytestmark = pytest.mark.django_db(transaction=True)

TURNS = [20, pytest.param(200, marks=pytest.mark.soak)]


@pytest.fixture(autouse=True)
def nobody_is_woken(monkeypatch):
    monkeypatch.setattr(doorbell, "_send", lambda: None)
    monkeypatch.setattr(doorbell, "_listen", lambda: None)


def at_once(*deeds):
    """Each in a thread and a connection of its own, let go at the same instant: what it answered, or the refusal."""
    together = Barrier(len(deeds), timeout=30)

    def run(deed):
        try:
            connection.ensure_connection()
            together.wait()
            return deed()
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as people:
        return list(people.map(run, deeds))


def starved(listed):
    """Everything free again, for the next turn."""
    for call in Call.objects.in_hand().select_related("line"):
        actions.give_back(call, by=call.made_by)


@pytest.mark.parametrize("turns", TURNS)
def test_four_brokers_claim_at_once_and_each_gets_a_provider_of_their_own(turns):
    listed = ring_round(6)
    brokers = [listed.opened_by, *(UserFactory(broker=True) for _ in range(3))]

    for turn in range(turns):
        calls = at_once(*(lambda by=by: actions.claim(RingRound.objects.get(pk=listed.pk), by=by) for by in brokers))
        rung = [call.service_id for call in calls]
        assert len(set(rung)) == len(brokers), (turn, rung)
        starved(listed)

    assert Call.objects.count() == turns * len(brokers)


@pytest.mark.parametrize("turns", TURNS)
def test_of_two_who_want_the_last_provider_one_gets_it_and_the_other_reads_who_has_it(turns):
    listed = ring_round(1)
    brokers = [listed.opened_by, UserFactory(broker=True)]

    for turn in range(turns):
        outcomes = at_once(*(lambda by=by: actions.claim(RingRound.objects.get(pk=listed.pk), by=by) for by in brokers))
        won = [one for one in outcomes if isinstance(one, Call)]
        said = [one for one in outcomes if isinstance(one, str)]
        assert (len(won), said) == (1, ["Everybody left on the list is being rung by somebody else."]), turn
        starved(listed)


@pytest.mark.parametrize("turns", TURNS)
def test_two_lists_at_once_never_ring_the_same_provider(turns):
    agencies(2)
    cases = [emergency(), emergency()]
    lists = [actions.open_list(case, by=case.broker) for case in cases]

    for turn in range(turns):
        calls = at_once(
            *(lambda one=one: actions.claim(RingRound.objects.get(pk=one.pk), by=one.opened_by) for one in lists)
        )
        rung = [call.service_id for call in calls if isinstance(call, Call)]
        assert len(rung) == len(set(rung)) == 2, (turn, calls)
        starved(None)


def test_two_brokers_work_through_a_list_and_every_provider_is_rung_once():
    listed = ring_round(16)
    brokers = [listed.opened_by, UserFactory(broker=True), UserFactory(broker=True)]

    def works(by):
        rung = 0
        while True:
            try:
                call = actions.claim(RingRound.objects.get(pk=listed.pk), by=by)
            except Refused as refusal:
                if "has been rung" in str(refusal):
                    return rung
                continue
            actions.finish(call, outcome="cannot", why_not="no_staff", by=by)
            rung += 1

    rung = at_once(*(lambda by=by: works(by) for by in brokers))

    assert sum(rung) == 16
    counted = Counter(Call.objects.values_list("service").annotate(Count("pk")).values_list("pk__count", flat=True))
    assert counted == {1: 16}
    assert not RingLine.objects.exclude(state="done").exists()


@pytest.mark.parametrize("turn", range(3))
def test_one_ends_the_list_while_another_claims_from_it(turn):
    listed = ring_round(2)
    other = UserFactory(broker=True)
    call = actions.claim(listed, by=listed.opened_by)
    actions.finish(call, outcome="can_help", by=listed.opened_by, **offer())

    ended, claimed = at_once(
        lambda: actions.found(RingRound.objects.get(pk=listed.pk), by=listed.opened_by),
        lambda: actions.claim(RingRound.objects.get(pk=listed.pk), by=other),
    )

    is_open = RingRound.objects.get(pk=listed.pk).status == "open"
    in_hand = Call.objects.in_hand().exists()
    assert is_open == in_hand, (ended, claimed)  # never a call in hand on a list that has ended


def test_the_list_is_opened_once_by_two_at_once():
    agencies(3)
    case = emergency()
    other = UserFactory(broker=True)

    first, second = at_once(lambda: actions.open_list(case, by=case.broker), lambda: actions.open_list(case, by=other))

    assert first == second
    assert RingRound.objects.count() == 1


def test_one_call_is_recorded_once_however_often_its_key_is_pressed():
    listed = ring_round(1)
    call = actions.claim(listed, by=listed.opened_by)

    outcomes = at_once(
        *(
            lambda: actions.finish(Call.objects.get(pk=call.pk), outcome="no_answer", by=listed.opened_by)
            for _ in range(3)
        )
    )

    assert sum(isinstance(one, Call) for one in outcomes) == 1
    assert RingLine.objects.get().tries == 1
