from datetime import date, time, timedelta

import pytest

from brokerage.clocks.stages import DUE_SOON, MISSED, MISSED_FOR_LONG, instants
from brokerage.clocks.tests.england import ENGLAND
from brokerage.clocks.working_time import response_due


def at(written):
    return ENGLAND.at(date.fromisoformat(written[:10]), time.fromisoformat(written[11:]))


@pytest.mark.parametrize(
    ("priority", "received", "due_soon", "missed", "missed_for_long"),
    [
        # seven working hours, so due soon when 1 hour 45 minutes are left
        ("routine", "2026-11-03 10:00", "2026-11-03 15:15", "2026-11-03 17:00", "2026-11-04 11:00"),
        # half an hour on Friday and three and a half on Monday
        ("routine", "2026-11-06 16:30", "2026-11-09 11:30", "2026-11-09 12:30", "2026-11-09 14:30"),
        ("urgent", "2026-11-03 10:00", "2026-11-03 13:00", "2026-11-03 14:00", "2026-11-03 15:00"),
        ("urgent", "2026-11-06 13:00", "2026-11-06 16:00", "2026-11-06 17:00", "2026-11-09 10:00"),
        # elapsed time, closed or not
        ("emergency", "2026-11-07 22:00", "2026-11-07 22:45", "2026-11-07 23:00", "2026-11-07 23:15"),
    ],
)
def test_a_clock_escalates_when_a_quarter_is_left_when_missed_and_when_missed_for_long(
    priority, received, due_soon, missed, missed_for_long
):
    found = instants(priority, at(received), response_due(priority, at(received), ENGLAND), ENGLAND)

    assert found == {DUE_SOON: at(due_soon), MISSED: at(missed), MISSED_FOR_LONG: at(missed_for_long)}


def test_a_span_without_working_time_is_quartered_as_it_passes():
    found = instants("routine", at("2026-11-03 18:00"), at("2026-11-03 22:00"), ENGLAND)

    assert found[DUE_SOON] == at("2026-11-03 21:00")


def test_a_short_emergency_is_due_soon_from_its_start():
    begun = at("2026-11-03 10:00")

    assert instants("emergency", begun, begun + timedelta(minutes=5), ENGLAND)[DUE_SOON] == begun
