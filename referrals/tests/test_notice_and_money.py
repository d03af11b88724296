"""Enough notice, and who pays by which way (DER-02, DER-14)."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from brokerage.clocks import calendars
from referrals.intake import notice
from referrals.intake.summary import warnings_of
from referrals.models import Referral
from referrals.tests.factories import ReferralFactory

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)
ROUTINE = {"priority": "routine", "is_interim": "no", "funding": "council", "paid_through": "virtual_budget"}


def on(day):
    return {f"wanted_start_on_{at}": part for at, part in enumerate((day.day, day.month, day.year))}


@pytest.fixture
def post(client, coordinator):
    draft = ReferralFactory(referred_by=coordinator, wanted_start_on=None, funding="")

    def send(**said):
        with time_machine.travel(datetime(2026, 11, 23, 10, tzinfo=UTC)):
            client.force_login(coordinator)
            return client.post(reverse("referral_when", args=[draft.reference]), said)

    return send


@pytest.mark.parametrize(
    ("day", "away"),
    [
        (date(2026, 11, 23), 0),
        (date(2026, 11, 25), 2),
        (date(2026, 11, 30), 5),
        (date(2026, 11, 28), 4),  # a Saturday
        (date(2027, 1, 4), 27),  # Christmas, Boxing Day's substitute and New Year are left out
    ],
)
def test_working_days_away_leave_out_weekends_and_bank_holidays(day, away):
    assert notice.working_days_until(day, MONDAY, calendars.policy()) == away


def test_short_notice_is_said_with_the_days_and_what_is_usual():  # DER-14
    said = notice.warning(date(2026, 11, 25), MONDAY, calendars.policy(), 5)

    assert said == "Wednesday 25 November is 2 working days away; providers usually need 5"
    assert notice.warning(date(2026, 11, 30), MONDAY, calendars.policy(), 5) is None


def test_short_notice_goes_on_with_a_reason(post):  # DER-14
    page = post(**ROUTINE, **on(date(2026, 11, 25)))
    assert "Enter why it cannot be later, or choose a later day" in page.content.decode()
    assert Referral.objects.get().wanted_start_on is None

    assert post(**ROUTINE, **on(date(2026, 11, 25)), short_notice_because="She comes home that day").status_code == 302
    assert Referral.objects.get().short_notice_because == "She comes home that day"


def test_what_cannot_wait_has_said_why_already(post):
    urgent = ROUTINE | {"priority": "urgent", "priority_reason": "Her carer is in hospital"}

    assert post(**urgent, **on(date(2026, 11, 25))).status_code == 302


def test_with_time_enough_no_reason_is_kept(post):
    post(**ROUTINE, **on(date(2026, 12, 14)), short_notice_because="Left over")

    assert Referral.objects.get().short_notice_because == ""


def test_whoever_submits_reads_the_warning_again(coordinator):
    with time_machine.travel(datetime(2026, 11, 23, 10, tzinfo=UTC)):
        draft = ReferralFactory(referred_by=coordinator, wanted_start_on=date(2026, 11, 25))

        assert warnings_of(draft) == ["Wednesday 25 November is 2 working days away; providers usually need 5"]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"paid_through": ""}, "Select how the council pays its part"),
        ({"funding": "mixed"}, "Enter who pays which part"),
        ({"paid_through": "both"}, "Enter who pays which part"),
        ({"funding": ""}, "Select who pays"),
    ],
)
def test_who_pays_and_how_has_to_be_said(post, said, sentence):  # DER-02
    page = post(**(ROUTINE | said), **on(date(2026, 12, 14)))

    assert sentence in page.content.decode()
    assert Referral.objects.get().funding == ""


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"paid_through": "direct_payment"}, ("council", "direct_payment", "")),
        (
            {"funding": "mixed", "paid_through": "both", "funding_split": "£100 and £80"},
            ("mixed", "both", "£100 and £80"),
        ),
        ({"funding": "self", "funding_split": "x"}, ("self", "", "")),
        ({"funding": "free"}, ("free", "", "")),
    ],
)
def test_direct_payment_virtual_budget_both_self_free_and_mixed_are_kept(post, said, kept):  # DER-02
    post(**(ROUTINE | said), **on(date(2026, 12, 14)))

    referral = Referral.objects.get()
    assert (referral.funding, referral.paid_through, referral.funding_split) == kept
