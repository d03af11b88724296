"""Of two brokers who pause a clock at once one does it, and the other reads why not."""

import threading

import pytest
from django.db import connection

from brokerage.deadlines.models import Clock, Pause
from brokerage.errors import Refused
from brokerage.tests.factories import TeamFactory, UserFactory
from referrals.tests.factories import ReferralFactory
from referrals.timing import actions as timing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quiet_bell")]


def race(*deeds):
    """Each in a thread with a connection of its own, let go together; what each returned or refused."""
    gate, results = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(number, deed):
        try:
            gate.wait(timeout=20)
            results[number] = deed()
        except Refused as refusal:
            results[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def one_of_two(times):
    team = TeamFactory()
    one, other = UserFactory(broker=True, teams=[team]), UserFactory(broker=True, teams=[team])
    for number in range(times):
        case = ReferralFactory(in_progress=True, team=team, broker=one)
        timing.start_clocks(case, by=one)

        paused = race(
            lambda case=case: timing.wait_for(case, waits_on="person", because="Choosing", by=one),
            lambda case=case: timing.wait_for(case, waits_on="referrer", because="A paper", by=other),
        )
        assert sorted(type(each).__name__ for each in paused) == ["Pause", "Refused"], number
        assert Pause.objects.of_case(case.reference).count() == 1

        went_on = race(lambda case=case: timing.go_on(case, by=one), lambda case=case: timing.go_on(case, by=other))
        assert sorted(type(each).__name__ for each in went_on) == ["Clock", "Refused"], number
        assert Clock.objects.get(case=case.reference, kind="response").is_ticking


def test_one_of_two(db):
    one_of_two(3)


@pytest.mark.soak
def test_one_of_two_two_hundred_times(db):
    one_of_two(200)
