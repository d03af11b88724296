"""An emergency received while the service is closed pages whoever is on call; in hours, and for what can wait, nobody is."""

from datetime import UTC, datetime, timedelta

import pytest

from brokerage.clocks import clock
from brokerage.deadlines.models import Clock
from brokerage.oncall.models import Alarm, Page, Shift
from brokerage.tests.factories import UserFactory
from referrals.intake import actions as intake
from referrals.models import Referral
from referrals.tests.factories import ReferralFactory
from referrals.timing import actions as timing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet_bell")]

OPEN = datetime(2026, 11, 6, 16, 59, 59, tzinfo=UTC)  # a Friday
CLOSING = datetime(2026, 11, 6, 17, 0, tzinfo=UTC)  # 17:00:00 is out of hours
SUNDAY = datetime(2026, 11, 8, 3, 0, tzinfo=UTC)
CHRISTMAS = datetime(2026, 12, 25, 11, 0, tzinfo=UTC)
OPENING = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)


def received(at, *, priority="emergency"):
    case = ReferralFactory(received=True, received_at=at, priority=priority, priority_reason="Alone")
    with clock.telling(at):
        timing.start_clocks(case, by=case.referred_by)
    return case


@pytest.mark.parametrize(
    ("at", "is_paged"), [(OPEN, False), (CLOSING, True), (SUNDAY, True), (CHRISTMAS, True), (OPENING, False)]
)
def test_closed_an_emergency_pages_and_open_it_does_not(at, is_paged):
    case = received(at)

    assert Alarm.objects.going().filter(case=case.reference).exists() is is_paged


@pytest.mark.parametrize("priority", ["urgent", "routine"])
def test_what_can_wait_until_morning_pages_nobody(priority):
    received(SUNDAY, priority=priority)

    assert not Alarm.objects.exists()


def test_whoever_is_on_the_rota_then_is_paged():
    team_of = ReferralFactory().team
    Shift.objects.create(
        name="Dele Akande",
        mobile="+447700900101",
        team=team_of,
        from_at=SUNDAY - timedelta(hours=3),
        until_at=SUNDAY + timedelta(hours=3),
        changed_at=SUNDAY,
        changed_by=UserFactory(manager=True),
    )

    received(SUNDAY)

    assert list(Page.objects.values_list("name", "channel")) == [("Dele Akande", "sms")]


def test_a_broker_who_starts_work_has_it_and_paging_stops():
    case, broker = received(SUNDAY), UserFactory(full_name="Tom Birch", broker=True)

    with clock.telling(SUNDAY + timedelta(minutes=8)):
        intake.start_work(Referral.objects.get(pk=case.pk), by=broker)

    alarm = Alarm.objects.get()
    assert (alarm.acknowledged_name, alarm.acknowledged_how) == ("Tom Birch", "work")
    assert Clock.objects.of(case).running().filter(kind="response").exists()
