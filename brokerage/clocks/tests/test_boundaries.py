"""Every instant at which a rule turns, each a second to both sides, by hand (service-levels)."""

from datetime import datetime

import pytest

from brokerage.clocks.tests.england import ENGLAND
from brokerage.clocks.working_time import response_due, start_of_work_due


def at(words):
    return datetime.fromisoformat(words if "+" in words else f"{words}+00:00")


def local(instant):
    return f"{ENGLAND.local(instant):%d %b %H:%M:%S}"


# DER-04, DER-07, DER-08, DER-09: a Tuesday in November, and Wednesday after it
@pytest.mark.parametrize(
    ("received", "start", "routine", "urgent"),
    [
        ("00:00:00", "03 Nov 11:00:00", "03 Nov 17:00:00", "03 Nov 13:00:00"),
        ("08:59:59", "03 Nov 11:00:00", "03 Nov 17:00:00", "03 Nov 13:00:00"),
        ("09:00:00", "03 Nov 11:00:00", "03 Nov 17:00:00", "03 Nov 13:00:00"),
        ("09:00:01", "03 Nov 11:00:01", "03 Nov 17:00:00", "03 Nov 13:00:01"),
        ("11:59:59", "03 Nov 13:59:59", "03 Nov 17:00:00", "03 Nov 15:59:59"),
        ("12:00:00", "03 Nov 14:00:00", "04 Nov 12:30:00", "03 Nov 16:00:00"),
        ("12:00:01", "03 Nov 14:00:01", "04 Nov 12:30:00", "03 Nov 16:00:01"),
        ("13:00:00", "03 Nov 15:00:00", "04 Nov 12:30:00", "03 Nov 17:00:00"),
        ("13:00:01", "03 Nov 15:00:01", "04 Nov 12:30:00", "04 Nov 09:00:01"),
        ("15:00:00", "03 Nov 17:00:00", "04 Nov 12:30:00", "04 Nov 11:00:00"),
        ("15:00:01", "04 Nov 09:00:01", "04 Nov 12:30:00", "04 Nov 11:00:01"),
        ("16:30:00", "04 Nov 10:30:00", "04 Nov 12:30:00", "04 Nov 12:30:00"),
        ("16:30:01", "04 Nov 10:30:01", "04 Nov 12:30:00", "04 Nov 12:30:00"),
        ("16:59:59", "04 Nov 10:59:59", "04 Nov 12:30:00", "04 Nov 12:30:00"),
        ("17:00:00", "04 Nov 11:00:00", "04 Nov 17:00:00", "04 Nov 13:00:00"),
        ("17:00:01", "04 Nov 11:00:00", "04 Nov 17:00:00", "04 Nov 13:00:00"),
        ("23:59:59", "04 Nov 11:00:00", "04 Nov 17:00:00", "04 Nov 13:00:00"),
    ],
)
def test_each_second_of_a_day_at_which_a_rule_turns(received, start, routine, urgent):
    received = at(f"2026-11-03T{received}")

    assert local(start_of_work_due("routine", received, ENGLAND)) == start
    assert local(response_due("routine", received, ENGLAND)) == routine
    assert local(response_due("urgent", received, ENGLAND)) == urgent


@pytest.mark.parametrize(
    ("what", "received", "start", "routine", "urgent"),
    [
        ("before Easter", "2026-04-02T16:59:59+01:00", "07 Apr 10:59:59", "07 Apr 12:30:00", "07 Apr 12:30:00"),
        ("Good Friday", "2026-04-03T10:00+01:00", "07 Apr 11:00:00", "07 Apr 17:00:00", "07 Apr 13:00:00"),
        ("Easter Monday", "2026-04-06T12:00+01:00", "07 Apr 11:00:00", "07 Apr 17:00:00", "07 Apr 13:00:00"),
        ("early May", "2026-05-01T12:00+01:00", "01 May 14:00:00", "05 May 12:30:00", "01 May 16:00:00"),
        ("late May", "2026-05-22T16:00+01:00", "26 May 10:00:00", "26 May 12:30:00", "26 May 12:00:00"),
        ("late May moved for the jubilee", "2022-06-01T12:00+01:00", "01 Jun 14:00:00", "06 Jun 12:30:00", "01 Jun 16:00:00"),
        ("where late May used to be", "2022-05-30T10:00+01:00", "30 May 12:00:00", "30 May 17:00:00", "30 May 14:00:00"),
        ("the coronation", "2023-05-05T15:00:01+01:00", "09 May 09:00:01", "09 May 12:30:00", "09 May 11:00:01"),
        ("the state funeral", "2022-09-16T12:00+01:00", "16 Sep 14:00:00", "20 Sep 12:30:00", "16 Sep 16:00:00"),
        ("Christmas, Boxing Day in lieu", "2026-12-24T16:00", "29 Dec 10:00:00", "29 Dec 12:30:00", "29 Dec 12:00:00"),
        ("Christmas, both in lieu", "2027-12-24T16:00", "29 Dec 10:00:00", "29 Dec 12:30:00", "29 Dec 12:00:00"),
        ("New Year in lieu", "2027-12-31T16:00", "04 Jan 10:00:00", "04 Jan 12:30:00", "04 Jan 12:00:00"),
        ("before the clocks go forward", "2026-03-27T16:59:59", "30 Mar 10:59:59", "30 Mar 12:30:00", "30 Mar 12:30:00"),
        ("in the hour that March skips", "2026-03-29T01:30", "30 Mar 11:00:00", "30 Mar 17:00:00", "30 Mar 13:00:00"),
        ("before the clocks go back", "2026-10-23T16:00+01:00", "26 Oct 10:00:00", "26 Oct 12:30:00", "26 Oct 12:00:00"),
        ("the first 01:30 of October", "2026-10-25T01:30+01:00", "26 Oct 11:00:00", "26 Oct 17:00:00", "26 Oct 13:00:00"),
        ("the second", "2026-10-25T01:30", "26 Oct 11:00:00", "26 Oct 17:00:00", "26 Oct 13:00:00"),
    ],
)  # fmt: skip
def test_each_kind_of_day_we_are_closed(what, received, start, routine, urgent):
    received = at(received)

    assert local(start_of_work_due("routine", received, ENGLAND)) == start
    assert local(response_due("routine", received, ENGLAND)) == routine
    assert local(response_due("urgent", received, ENGLAND)) == urgent


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-06T16:40", "06 Nov 17:40:00"),
        ("2026-12-25T03:00", "25 Dec 04:00:00"),
        ("2026-03-29T00:30", "29 Mar 02:30:00"),  # an hour passes and the clocks go forward by one
        ("2026-10-25T01:30+01:00", "25 Oct 01:30:00"),  # an hour passes and the clocks go back by one
    ],
)
def test_an_emergency_is_an_hour_whatever_the_wall_shows(received, due):
    assert local(response_due("emergency", at(received), ENGLAND)) == due
    assert local(start_of_work_due("emergency", at(received), ENGLAND)) == due
