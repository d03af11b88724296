"""An emergency that came in while the service was open is nobody's to forget when it closes."""

from datetime import UTC, datetime

import pytest
import time_machine

from brokerage.oncall.models import Alarm
from brokerage.tests.factories import TeamFactory
from referrals.access import actions as access
from referrals.access.models import NamedReader
from referrals.models import Referral
from referrals.tests.factories import ReferralFactory
from referrals.timing import actions as timing
from referrals.timing.closing_time import call_out_for_untouched

pytestmark = pytest.mark.django_db
TEN_TO_FIVE = datetime(2026, 11, 3, 16, 50, tzinfo=UTC)


def emergency(now, **facts):
    with time_machine.travel(now, tick=False):
        case = ReferralFactory(received=True, priority="emergency", priority_reason="Alone and unsafe", **facts)
        timing.start_clocks(case, by=case.coordinator)
    return case


def at(hour, minute):
    return time_machine.travel(datetime(2026, 11, 3, hour, minute, tzinfo=UTC), tick=False)


def test_untouched_at_closing_it_pages_whoever_is_on_call():
    case = emergency(TEN_TO_FIVE)
    with at(17, 0):
        assert call_out_for_untouched() == 1
    assert Alarm.objects.get().case == case.reference


def test_while_we_are_open_nobody_is_called_out():
    emergency(TEN_TO_FIVE)
    with at(16, 59):
        assert call_out_for_untouched() == 0


def test_it_is_called_out_once():
    emergency(TEN_TO_FIVE)
    with at(17, 1):
        call_out_for_untouched()
        assert call_out_for_untouched() == 0
    assert Alarm.objects.count() == 1


def test_one_that_somebody_started_calls_nobody_out(broker):
    case = emergency(TEN_TO_FIVE)
    with at(16, 55):
        timing.stop_start(case, by=broker)
    with at(17, 1):
        assert call_out_for_untouched() == 0


@pytest.mark.parametrize("priority", ["urgent", "routine"])
def test_what_can_wait_until_morning_does(priority):
    with time_machine.travel(TEN_TO_FIVE, tick=False):
        case = ReferralFactory(received=True, priority=priority, priority_reason="Going home")
        timing.start_clocks(case, by=case.coordinator)
    with at(17, 1):
        assert call_out_for_untouched() == 0


def test_after_a_restore_nobody_is_called_out_before_somebody_says_so(settings):
    emergency(TEN_TO_FIVE)
    settings.SENDING_PAUSED = True
    with at(17, 1):
        assert call_out_for_untouched() == 0


def test_whoever_takes_a_restricted_emergency_out_of_hours_may_open_it(broker, duty_broker):
    from brokerage.oncall import actions as oncall

    case = emergency(TEN_TO_FIVE)
    access.restrict(case, readers=[broker], because="Works here", by=broker)
    with at(17, 1):
        call_out_for_untouched()
        assert not Referral.objects.visible_to(duty_broker).filter(pk=case.pk).exists()
        oncall.acknowledge(Alarm.objects.get(), by=duty_broker)
    assert Referral.objects.visible_to(duty_broker).filter(pk=case.pk).exists()
    assert NamedReader.objects.get(user=duty_broker).because == "Has the emergency out of hours"


def test_an_open_case_names_nobody(duty_broker):
    from brokerage.oncall import actions as oncall

    emergency(TEN_TO_FIVE, team=TeamFactory())
    with at(17, 1):
        call_out_for_untouched()
        oncall.acknowledge(Alarm.objects.get(), by=duty_broker)
    assert not NamedReader.objects.exists()
