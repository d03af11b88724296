"""A whole children's short break, written in a browser: a condition, a None, a name pointed out, term time and holidays."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from brokerage.clocks import clock
from brokerage.tests.factories import TeamFactory, UserFactory
from brokerage.tests.walking import Visitor
from referrals.models import Referral
from referrals.tests.childrens_factories import ShortBreakFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def worker():
    team = TeamFactory(children=True)
    return UserFactory(coordinator=True, full_name="Amina Yusuf", teams=[team])


def test_a_short_break_is_written_page_by_page_and_submitted(
    live_server, page, worker, signs_in, reads_well
):  # LEI-05, LEI-13..16
    ShortBreakFactory()
    page.set_default_timeout(20_000)
    walk = Visitor(signs_in(worker, page), live_server.url, reads_well)
    on = "Save and continue"
    today = timezone.localdate(clock.now())

    walk.opens(reverse("new_referral")).ticks("Short break")
    walk.presses("Begin")
    reference = page.url.rstrip("/").rsplit("/", 1)[1]
    walk.reads("0 of 16 done", "Cannot start yet").follows("Allocated worker")

    # from page to page, without the list in between
    walk.writes("Team and office", "Disabled children’s team").writes("Phone number", "01632 960200").presses(on)
    walk.writes("First names", "Leo").writes("Last name", "Marsh").dates("Date of birth", date(2016, 5, 4))
    walk.writes("Postcode", "PL4 8AA").writes("School (or None)", "Ashfield School").presses(on)
    walk.reads("the same support together").writes("First names", "Tyrone").writes("Last name", "Marsh")
    walk.dates("Date of birth", date(2019, 7, 2)).writes("What is different for this child (or None)", "None")
    walk.presses("Add this child").reads("Tyrone Marsh").follows("That is all the children")
    walk.follows("Principal contact").writes("Name", "Sharon Marsh").writes(
        "Who they are to the child", "mother"
    ).presses(on)

    # each its own place; a condition opens a question; a blank is asked about by name
    walk.writes("What support is needed, and what for?", "To play with others.")
    walk.writes("Special educational needs and disability: the diagnosis (or None)", "Autism")
    walk.writes("Behaviours that challenge (or None)", "None")
    assert not page.get_by_label("Which equipment, and when is it used? (or None)").is_visible()
    page.get_by_role("group", name="Does the child have difficulty moving about?").get_by_label("Yes").check()
    walk.ticks("Walks with a stick or frame").presses(on).reads("Enter the equipment and when it is used, or None")
    walk.writes("Which equipment, and when is it used? (or None)", "A frame outdoors").presses(on)

    # a name is pointed out, and nothing is lost
    assert not page.get_by_label("Who is in the water with them?", exact=True).is_visible()
    walk.writes("What should the child do there?", "Swim with Darren from the club")
    page.get_by_role("group", name="Does the child swim?").get_by_label("Yes").check()
    page.get_by_label("None: Who is in the water with them?").check()
    walk.presses(on).reads("“Darren” looks like a name", "“Darren” is not a name")
    walk.writes("What should the child do there?", "Swim with the club").presses(on)

    walk.writes("First outcome", "To have friends").presses(on)
    walk.ticks("No preference").presses(on)

    # the week: term time by the clock, holidays by the part of the day
    walk.writes("Time, row 1", "10am").writes("Saturday, row 1", "3h")
    page.get_by_label("When in the year, row 1").select_option("Term time")
    walk.presses("Add a row")
    page.get_by_label("Or part of the day, row 2").select_option("Morning")
    page.get_by_label("When in the year, row 2").select_option("School holidays")
    walk.writes("Monday, row 2", "5h").reads("5.00 care hours a week", "Term time", "School holidays").presses(on)

    page.get_by_label("None: When should support end?").check()
    page.get_by_label("None: Days the family is not available").check()
    walk.presses(on)
    walk.writes("What it is, row 1", "Half term").writes("First day, row 1", "26/10/2026").writes(
        "Last day, row 1", "30/10/2026"
    )
    walk.presses(on).ticks("No").presses(on)
    page.get_by_role("group", name="Is there a limit").get_by_label("Yes").check()
    walk.writes("At most how many miles?", "6")
    page.get_by_label("None: At most how many minutes?").check()
    page.get_by_role("group", name="Does it have to be reached").get_by_label("No").check()
    walk.presses(on)
    page.get_by_label("None: Does either of these apply?").check()
    walk.presses(on)

    walk.dates("When should support start?", today + timedelta(days=30)).ticks("Routine").presses(on)
    walk.writes("Manager’s name", "Ruth Calder").dates("When did the manager approve this referral?", today)
    walk.dates("On which day was the support approved?", today).presses(on)

    walk.reads("Ready to submit").presses("Check and submit")
    walk.reads("Half term: 26 to 30 October 2026", "Swim with the club", "Ruth Calder", "A frame outdoors")
    walk.presses("Submit the referral").reads("Referral submitted")

    case = Referral.objects.get(reference=reference)
    assert case.status == "received"
    assert {(visit.term, visit.minutes) for visit in case.visits.all()} == {("term", 180), ("holidays", 300)}
    assert case.also_for.get().first_names == "Tyrone"
