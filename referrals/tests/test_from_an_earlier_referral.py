"""Copied from the last, or referred on to long-term support: what stays true comes along, and is looked at again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from brokerage.clocks import clock
from brokerage.deadlines import rounds
from brokerage.deadlines.models import Clock, Escalation
from brokerage.errors import Refused
from brokerage.tests.factories import UserFactory
from referrals.intake import actions as intake
from referrals.intake import copying, handing_over
from referrals.models import Agreement, Referral
from referrals.tests.factories import PathwayFactory, ReferralFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def earlier(coordinator):
    return ReferralFactory(
        referred_by=coordinator,
        received=True,
        priority="urgent",
        priority_reason="Alone",
        funding="mixed",
        organisation="Ward 7",
    )


@pytest.fixture
def copy(earlier, coordinator):
    return copying.copy_from(earlier, by=coordinator)


def test_what_stays_true_is_copied(earlier, copy):
    assert copy.person == earlier.person
    assert copy.needs.summary == earlier.needs.summary
    assert [outcome.words for outcome in copy.outcomes.all()] == [outcome.words for outcome in earlier.outcomes.all()]
    assert copy.visits.count() == earlier.visits.count() == 14
    assert (copy.capacity, copy.funding, copy.organisation) == ("yes", "mixed", "Ward 7")
    assert (copy.follows, copy.follows_as) == (earlier, "copy")


def test_what_is_of_its_day_is_not(earlier, copy):
    assert (copy.priority, copy.priority_reason, copy.wanted_start_on) == ("routine", "", None)
    assert copy.papers.count() == 0
    assert not Agreement.objects.filter(referral=copy).exists()
    assert earlier.visits.count() == 14


def test_each_copied_page_is_looked_at_before_it_is_submitted(client, copy, coordinator):
    copy.wanted_start_on = timezone.localdate(clock.now()) + timedelta(days=8)
    copy.save()
    with pytest.raises(Refused, match="Check what was copied"):
        intake.submit(copy, by=coordinator)
    client.force_login(coordinator)
    assert "Copied, check" in client.get(reverse("referral_tasks", args=[copy.reference])).content.decode()

    for page in list(copy.unchecked_pages):
        client.post(reverse("confirm_copied", args=[copy.reference, page]))
    copy.refresh_from_db()
    assert copy.unchecked_pages == []
    intake.submit(copy, by=coordinator)


def test_saving_a_copied_page_is_looking_at_it(client, copy, coordinator):
    client.force_login(coordinator)
    client.post(reverse("referral_outcomes", args=[copy.reference]), {"first": "To stay at home"})

    copy.refresh_from_db()
    assert "outcomes" not in copy.unchecked_pages and "needs" in copy.unchecked_pages


def test_confirming_what_was_not_copied_is_not_found(client, copy, coordinator):
    client.force_login(coordinator)
    assert client.post(reverse("confirm_copied", args=[copy.reference, "papers"])).status_code == 404


def test_a_draft_is_not_copied(coordinator):
    with pytest.raises(Refused, match="go on with it"):
        copying.copy_from(ReferralFactory(referred_by=coordinator), by=coordinator)


def test_the_copy_is_asked_as_it_is_asked_today(earlier, coordinator):
    old = earlier.pathway
    type(old).objects.filter(pk=old.pk).update(in_force=False)
    new = PathwayFactory(version=2)

    assert copying.copy_from(earlier, by=coordinator).pathway == new


def test_copying_is_one_press_and_nobody_copies_what_they_may_not_see(client, earlier, coordinator):
    client.force_login(UserFactory(coordinator=True))
    assert client.post(reverse("copy_referral", args=[earlier.reference])).status_code == 404
    client.force_login(coordinator)
    assert client.get(reverse("copy_referral", args=[earlier.reference])).status_code == 405

    answer = client.post(reverse("copy_referral", args=[earlier.reference]))

    assert Referral.objects.latest("pk").follows == earlier
    assert answer.url == reverse("referral_tasks", args=[Referral.objects.latest("pk").reference])


# -- from a short-term service to a long-term one (DER-15)


@pytest.fixture
def referred_on(earlier, coordinator):
    day = timezone.localdate(clock.now()) + timedelta(days=30)
    return copying.refer_on(earlier, pathway=PathwayFactory(nursing=True), hand_over_on=day, by=coordinator)


def submitted(draft):
    draft.unchecked_pages = []
    draft.save()
    return intake.submit(draft, by=draft.referred_by)


def test_the_long_term_referral_is_linked_to_the_short_term_one(client, referred_on, earlier, coordinator):  # DER-15
    assert (referred_on.follows, referred_on.follows_as) == (earlier, "transition")
    assert referred_on.wanted_start_on == referred_on.hand_over_on
    client.force_login(coordinator)

    short = client.get(reverse("referral_tasks", args=[earlier.reference])).content.decode()
    submitted(referred_on)
    long = client.get(reverse("referral_tasks", args=[referred_on.reference])).content.decode()

    assert referred_on.reference in short and earlier.reference in long
    assert "the short-term service ends on" in long


def test_a_clock_warns_as_the_hand_over_comes_near(referred_on, team):
    referral = submitted(referred_on)
    running = Clock.objects.get(case=referral.reference, kind="hand_over")
    assert running.due_at.date() < referral.hand_over_on
    assert "The short-term service ends on" in running.sentence

    with clock.telling(running.due_at + timedelta(minutes=1)):
        rounds.sweep()

    assert Escalation.objects.filter(clock=running, stage__name="missed").exists()


def test_the_warning_ends_when_a_service_is_arranged(referred_on, broker):
    referral = submitted(referred_on)
    intake.start_work(referral, by=broker)
    intake.mark_arranged(referral, by=broker)

    assert Clock.objects.get(case=referral.reference, kind="hand_over").stop_reason == "A service is arranged"


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 11, 13), datetime(2026, 11, 11, 17, tzinfo=UTC)),  # Friday: by Wednesday
        (date(2026, 11, 16), datetime(2026, 11, 12, 17, tzinfo=UTC)),  # Monday: by Thursday
        (date(2026, 12, 29), datetime(2026, 12, 23, 17, tzinfo=UTC)),  # after Christmas: by the 23rd
    ],
)
def test_a_service_is_arranged_two_working_days_before_the_hand_over(day, due):
    from brokerage.clocks import calendars

    assert handing_over.arrange_by(day, calendars.policy()) == due


def test_a_hand_over_in_the_past_is_asked_for_again(client, earlier, coordinator):
    client.force_login(coordinator)
    page = reverse("refer_on", args=[earlier.reference])
    assert client.get(page).status_code == 200
    answers = {"pathway": earlier.pathway.pk, "hand_over_on_0": "1", "hand_over_on_1": "2", "hand_over_on_2": "2024"}

    assert "Enter a day after today" in client.post(page, answers).content.decode()
    assert Referral.objects.count() == 1


def test_a_closed_case_is_copied_and_not_referred_on(client, coordinator):
    closed = ReferralFactory(referred_by=coordinator, received=True)
    Referral.objects.filter(pk=closed.pk).update(status="closed")
    client.force_login(coordinator)

    assert "Copy it to make a new referral" in client.get(reverse("refer_on", args=[closed.reference])).content.decode()
