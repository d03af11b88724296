# ruff: noqa: E501 - a table is read across
"""Cases worked out by hand, under the rules of the service levels: what chance misses is here."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from brokerage.clocks import bank_holidays
from brokerage.clocks.tests.england import ENGLAND
from brokerage.clocks.working_time import Policy, response_due, start_of_work_due

LIBRARY = Policy(bank_holidays=bank_holidays.in_year)
OFFSETS = {"GMT": UTC, "BST": timezone(timedelta(hours=1))}

# priority | received | start due | response due: the worked examples of the service levels
WORKED_EXAMPLES = """
routine | Tue 03 Nov 2026 10:15 GMT | Tue 03 Nov 2026 12:15 GMT | Tue 03 Nov 2026 17:00 GMT
routine | Tue 03 Nov 2026 12:00 GMT | Tue 03 Nov 2026 14:00 GMT | Wed 04 Nov 2026 12:30 GMT
routine | Fri 06 Nov 2026 16:30 GMT | Mon 09 Nov 2026 10:30 GMT | Mon 09 Nov 2026 12:30 GMT
routine | Fri 06 Nov 2026 17:30 GMT | Mon 09 Nov 2026 11:00 GMT | Mon 09 Nov 2026 17:00 GMT
routine | Thu 02 Apr 2026 14:00 BST | Thu 02 Apr 2026 16:00 BST | Tue 07 Apr 2026 12:30 BST
urgent | Tue 03 Nov 2026 16:45 GMT | Wed 04 Nov 2026 10:45 GMT | Wed 04 Nov 2026 12:30 GMT
urgent | Thu 02 Apr 2026 16:30 BST | Tue 07 Apr 2026 10:30 BST | Tue 07 Apr 2026 12:30 BST
emergency | Fri 06 Nov 2026 16:40 GMT | Fri 06 Nov 2026 17:40 GMT | Fri 06 Nov 2026 17:40 GMT
"""

# case | received | start, unless the response is due first | routine | urgent | emergency
GOLDEN = """
Mon plain morning | Mon 15 Jun 2026 10:00 BST | Mon 15 Jun 2026 12:00 BST | Mon 15 Jun 2026 17:00 BST | Mon 15 Jun 2026 14:00 BST | Mon 15 Jun 2026 11:00 BST
09:00 sharp | Mon 15 Jun 2026 09:00 BST | Mon 15 Jun 2026 11:00 BST | Mon 15 Jun 2026 17:00 BST | Mon 15 Jun 2026 13:00 BST | Mon 15 Jun 2026 10:00 BST
11:59 | Mon 15 Jun 2026 11:59 BST | Mon 15 Jun 2026 13:59 BST | Mon 15 Jun 2026 17:00 BST | Mon 15 Jun 2026 15:59 BST | Mon 15 Jun 2026 12:59 BST
12:00 sharp | Mon 15 Jun 2026 12:00 BST | Mon 15 Jun 2026 14:00 BST | Tue 16 Jun 2026 12:30 BST | Mon 15 Jun 2026 16:00 BST | Mon 15 Jun 2026 13:00 BST
16:31 (urgent raw 4wh > routine!) | Mon 15 Jun 2026 16:31 BST | Tue 16 Jun 2026 10:31 BST | Tue 16 Jun 2026 12:30 BST | Tue 16 Jun 2026 12:30 BST | Mon 15 Jun 2026 17:31 BST
16:59 | Mon 15 Jun 2026 16:59 BST | Tue 16 Jun 2026 10:59 BST | Tue 16 Jun 2026 12:30 BST | Tue 16 Jun 2026 12:30 BST | Mon 15 Jun 2026 17:59 BST
17:00 sharp | Mon 15 Jun 2026 17:00 BST | Tue 16 Jun 2026 11:00 BST | Tue 16 Jun 2026 17:00 BST | Tue 16 Jun 2026 13:00 BST | Mon 15 Jun 2026 18:00 BST
18:30 weekday | Mon 15 Jun 2026 18:30 BST | Tue 16 Jun 2026 11:00 BST | Tue 16 Jun 2026 17:00 BST | Tue 16 Jun 2026 13:00 BST | Mon 15 Jun 2026 19:30 BST
07:30 weekday | Mon 15 Jun 2026 07:30 BST | Mon 15 Jun 2026 11:00 BST | Mon 15 Jun 2026 17:00 BST | Mon 15 Jun 2026 13:00 BST | Mon 15 Jun 2026 08:30 BST
Fri 16:30 | Fri 19 Jun 2026 16:30 BST | Mon 22 Jun 2026 10:30 BST | Mon 22 Jun 2026 12:30 BST | Mon 22 Jun 2026 12:30 BST | Fri 19 Jun 2026 17:30 BST
Sat 10:00 | Sat 20 Jun 2026 10:00 BST | Mon 22 Jun 2026 11:00 BST | Mon 22 Jun 2026 17:00 BST | Mon 22 Jun 2026 13:00 BST | Sat 20 Jun 2026 11:00 BST
Sun 23:59 | Sun 21 Jun 2026 23:59 BST | Mon 22 Jun 2026 11:00 BST | Mon 22 Jun 2026 17:00 BST | Mon 22 Jun 2026 13:00 BST | Mon 22 Jun 2026 00:59 BST
Fri before spring DST | Fri 27 Mar 2026 16:00 GMT | Mon 30 Mar 2026 10:00 BST | Mon 30 Mar 2026 12:30 BST | Mon 30 Mar 2026 12:00 BST | Fri 27 Mar 2026 17:00 GMT
Sun spring gap day 03:00 | Sun 29 Mar 2026 03:00 BST | Mon 30 Mar 2026 11:00 BST | Mon 30 Mar 2026 17:00 BST | Mon 30 Mar 2026 13:00 BST | Sun 29 Mar 2026 04:00 BST
Fri before autumn DST | Fri 23 Oct 2026 16:00 BST | Mon 26 Oct 2026 10:00 GMT | Mon 26 Oct 2026 12:30 GMT | Mon 26 Oct 2026 12:00 GMT | Fri 23 Oct 2026 17:00 BST
Sun 01:30 first (BST) | Sun 25 Oct 2026 01:30 BST | Mon 26 Oct 2026 11:00 GMT | Mon 26 Oct 2026 17:00 GMT | Mon 26 Oct 2026 13:00 GMT | Sun 25 Oct 2026 01:30 GMT
Maundy Thu 15:00 | Thu 02 Apr 2026 15:00 BST | Thu 02 Apr 2026 17:00 BST | Tue 07 Apr 2026 12:30 BST | Tue 07 Apr 2026 11:00 BST | Thu 02 Apr 2026 16:00 BST
Good Friday 10:00 | Fri 03 Apr 2026 10:00 BST | Tue 07 Apr 2026 11:00 BST | Tue 07 Apr 2026 17:00 BST | Tue 07 Apr 2026 13:00 BST | Fri 03 Apr 2026 11:00 BST
Fri before early May BH | Fri 01 May 2026 13:00 BST | Fri 01 May 2026 15:00 BST | Tue 05 May 2026 12:30 BST | Fri 01 May 2026 17:00 BST | Fri 01 May 2026 14:00 BST
Christmas Eve 2026 Thu 15:30 | Thu 24 Dec 2026 15:30 GMT | Tue 29 Dec 2026 09:30 GMT | Tue 29 Dec 2026 12:30 GMT | Tue 29 Dec 2026 11:30 GMT | Thu 24 Dec 2026 16:30 GMT
Christmas Eve 2026 11:00 | Thu 24 Dec 2026 11:00 GMT | Thu 24 Dec 2026 13:00 GMT | Thu 24 Dec 2026 17:00 GMT | Thu 24 Dec 2026 15:00 GMT | Thu 24 Dec 2026 12:00 GMT
Mon 28 Dec 2026 (substitute Boxing) | Mon 28 Dec 2026 10:00 GMT | Tue 29 Dec 2026 11:00 GMT | Tue 29 Dec 2026 17:00 GMT | Tue 29 Dec 2026 13:00 GMT | Mon 28 Dec 2026 11:00 GMT
Fri 24 Dec 2027 16:00 (Sat/Sun Xmas, Mon+Tue substitutes) | Fri 24 Dec 2027 16:00 GMT | Wed 29 Dec 2027 10:00 GMT | Wed 29 Dec 2027 12:30 GMT | Wed 29 Dec 2027 12:00 GMT | Fri 24 Dec 2027 17:00 GMT
Fri 31 Dec 2027 14:00 (1 Jan is Sat, sub Mon 3) | Fri 31 Dec 2027 14:00 GMT | Fri 31 Dec 2027 16:00 GMT | Tue 04 Jan 2028 12:30 GMT | Tue 04 Jan 2028 10:00 GMT | Fri 31 Dec 2027 15:00 GMT
Fri 5 May 2023 16:00 (coronation Mon 8) | Fri 05 May 2023 16:00 BST | Tue 09 May 2023 10:00 BST | Tue 09 May 2023 12:30 BST | Tue 09 May 2023 12:00 BST | Fri 05 May 2023 17:00 BST
Fri 16 Sep 2022 16:00 (state funeral Mon 19) | Fri 16 Sep 2022 16:00 BST | Tue 20 Sep 2022 10:00 BST | Tue 20 Sep 2022 12:30 BST | Tue 20 Sep 2022 12:00 BST | Fri 16 Sep 2022 17:00 BST
St Andrew's day 30 Nov 2026 Mon (Scotland only) | Fri 27 Nov 2026 16:00 GMT | Mon 30 Nov 2026 10:00 GMT | Mon 30 Nov 2026 12:30 GMT | Mon 30 Nov 2026 12:00 GMT | Fri 27 Nov 2026 17:00 GMT
29 Feb 2028 Tue 16:30 | Tue 29 Feb 2028 16:30 GMT | Wed 01 Mar 2028 10:30 GMT | Wed 01 Mar 2028 12:30 GMT | Wed 01 Mar 2028 12:30 GMT | Tue 29 Feb 2028 17:30 GMT
"""


def instant(written: str) -> datetime:
    text, zone = written.rsplit(" ", 1)
    read = datetime.strptime(text, "%a %d %b %Y %H:%M").replace(tzinfo=OFFSETS[zone])
    assert f"{read:%a}" == text[:3]
    return read


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


@pytest.fixture(params=[ENGLAND, LIBRARY], ids=["holidays by hand", "holidays library"])
def policy(request):
    return request.param


# DER-04, DER-07, DER-08, DER-09
@pytest.mark.parametrize(("priority", "received", "start", "response"), rows(WORKED_EXAMPLES))
def test_each_worked_example_is_met(priority, received, start, response, policy):
    assert start_of_work_due(priority, instant(received), policy) == instant(start)
    assert response_due(priority, instant(received), policy) == instant(response)


@pytest.mark.parametrize(("case", "received", "start", "routine", "urgent", "emergency"), rows(GOLDEN))
def test_each_golden_case_is_met(case, received, start, routine, urgent, emergency, policy):
    received = instant(received)

    assert response_due("routine", received, policy) == instant(routine)
    assert response_due("urgent", received, policy) == instant(urgent)
    assert response_due("emergency", received, policy) == instant(emergency)
    assert start_of_work_due("routine", received, policy) == instant(start)
    assert start_of_work_due("urgent", received, policy) == instant(start)
    assert start_of_work_due("emergency", received, policy) == instant(emergency)


# The same rules elsewhere in the world: nothing may lean on London or on the machine's own zone.
NEW_YORK = Policy(time_zone="America/New_York")
AUCKLAND = Policy(time_zone="Pacific/Auckland")


@pytest.mark.parametrize(
    ("policy", "received", "routine", "urgent"),
    [
        # clocks go forward on Sunday 8 March 2026 in New York: Friday is -05:00, Monday -04:00
        (NEW_YORK, "2026-03-06T16:00-05:00", "2026-03-09T12:30-04:00", "2026-03-09T12:00-04:00"),
        (NEW_YORK, "2026-10-30T16:00-04:00", "2026-11-02T12:30-05:00", "2026-11-02T12:00-05:00"),
        # and back on Sunday 5 April 2026 in Auckland, whose Monday morning is London's Sunday night
        (AUCKLAND, "2026-04-03T16:00+13:00", "2026-04-06T12:30+12:00", "2026-04-06T12:00+12:00"),
        (AUCKLAND, "2026-06-15T11:59+12:00", "2026-06-15T17:00+12:00", "2026-06-15T15:59+12:00"),
    ],
)
def test_the_rules_hold_in_other_time_zones(policy, received, routine, urgent):
    received = datetime.fromisoformat(received)

    assert response_due("routine", received, policy) == datetime.fromisoformat(routine)
    assert response_due("urgent", received, policy) == datetime.fromisoformat(urgent)
