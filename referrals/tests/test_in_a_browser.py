"""A referral's short pages as a co-ordinator sees them: axe finds nothing, a phone needs no sideways scroll."""

import pytest
from django.urls import reverse

from referrals.intake import actions as intake
from referrals.tests.factories import ReferralFactory

pytestmark = pytest.mark.django_db(transaction=True)

SHORT_PAGES = [
    "referral_person",
    "referral_contact",
    "referral_decisions",
    "referral_needs",
    "referral_outcomes",
    "referral_preferences",
    "referral_timetable",
    "referral_papers",
    "referral_when",
]
NOTHING_TO_GET_WRONG = {"referral_contact", "referral_preferences"}  # every question may be left out


@pytest.fixture
def draft(coordinator):
    return ReferralFactory(referred_by=coordinator, papers=["assessment"])


@pytest.fixture
def bare(coordinator):
    """Begun, and nothing answered yet."""
    referral = ReferralFactory(
        referred_by=coordinator, capacity="", funding="", wanted_start_on=None, visits=0, papers=[]
    )
    referral.outcomes.all().delete()
    type(referral.needs).objects.filter(pk=referral.needs.pk).update(summary="", bands=[], mobility="")
    return referral


def test_the_referrers_pages_are_accessible(opens, page, draft, coordinator):
    opens(coordinator, page, reverse("my_referrals"))
    opens(coordinator, page, reverse("new_referral"))
    opens(coordinator, page, reverse("referral_tasks", args=[draft.reference]))
    opens(coordinator, page, reverse("submit_referral", args=[draft.reference]))
    intake.submit(draft, by=coordinator)
    opens(coordinator, page, reverse("referral_tasks", args=[draft.reference]))
    opens(coordinator, page, reverse("referral_person", args=[draft.reference]))  # refused: it was submitted


def test_somebody_with_no_referral_is_told_where_to_begin(opens, page, coordinator):
    opens(coordinator, page, reverse("my_referrals"))

    page.get_by_text("You have made no referral yet.").wait_for()
    assert page.get_by_role("link", name="Make a referral").count() == 1


def test_each_short_page_is_accessible_empty_and_with_every_answer_wrong(opens, reads_well, page, bare, coordinator):
    opens(coordinator, page, reverse("referral_tasks", args=[bare.reference]))
    for name in SHORT_PAGES:
        opens(coordinator, page, reverse(name, args=[bare.reference]))
        if name == "referral_person":
            page.get_by_label("Last name").fill("")
        if name not in NOTHING_TO_GET_WRONG:
            page.locator("main form button.govuk-button").last.click()
            page.locator(".govuk-error-summary").wait_for()
            assert page.title().startswith("Error: "), name
            reads_well(page)


def test_best_interests_are_asked_about_where_somebody_cannot_decide(
    opens, reads_well, page, bare, coordinator
):  # GRN-08
    opens(coordinator, page, reverse("referral_decisions", args=[bare.reference]))
    who = page.get_by_label("Who supports best-interests decisions?")
    assert not who.is_visible()

    page.get_by_label("No", exact=True).check()
    who.wait_for(state="visible")
    page.get_by_role("button", name="Save and continue").click()

    assert page.get_by_role("link", name="Enter who supports decisions in the person’s best interests").is_visible()
    assert who.is_visible()
    reads_well(page)


def test_a_short_page_works_without_javascript(live_server, browser, signs_in, coordinator, bare):
    plain = signs_in(coordinator, browser.new_context(java_script_enabled=False).new_page())
    plain.goto(live_server.url + reverse("referral_decisions", args=[bare.reference]))

    plain.get_by_label("No", exact=True).check()
    plain.get_by_label("Who supports best-interests decisions?").fill("Chidi Okafor")
    plain.get_by_label("Who they are to the person").fill("son")
    plain.get_by_role("button", name="Save and return to the list").click()

    assert plain.url.endswith(reverse("referral_tasks", args=[bare.reference]))
    bare.refresh_from_db()
    assert bare.capacity == "no"
    assert bare.person.contacts.get(supports_best_interests=True).name == "Chidi Okafor"
    plain.context.close()


def test_a_visit_every_day_takes_one_press_and_its_hours_are_seen_at_once(opens, page, bare, coordinator):
    opens(coordinator, page, reverse("referral_timetable", args=[bare.reference]))

    page.get_by_label("Time, row 1").fill("8am")
    page.get_by_label("Monday, row 1").fill("45")
    page.get_by_role("button", name="Same every day").click()
    page.get_by_label("Carers, row 1").select_option("Two")
    page.get_by_text("10.50 care hours a week").wait_for()
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url(lambda url: "/visits/" not in url)

    assert [(visit.minutes, visit.carers) for visit in bare.visits.all()] == [(45, 2)] * 7


def test_a_week_is_written_without_javascript(live_server, browser, signs_in, coordinator, bare):
    plain = signs_in(coordinator, browser.new_context(java_script_enabled=False).new_page())
    plain.goto(live_server.url + reverse("referral_timetable", args=[bare.reference]))

    plain.get_by_label("Time, row 1").fill("8am")
    plain.get_by_label("Monday, row 1").fill("45")
    plain.get_by_role("button", name="Same every day").click()
    plain.get_by_role("button", name="Add a row").click()
    plain.get_by_label("Or part of the day, row 2").select_option("Evening")
    plain.get_by_label("Sunday, row 2").fill("2h")
    plain.get_by_role("button", name="Save and return to the list").click()

    assert plain.url.endswith(reverse("referral_tasks", args=[bare.reference]))
    assert bare.visits.count() == 8
    plain.context.close()
