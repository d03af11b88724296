"""Ways in, walked in a real browser: a resident's four questions to a referral, a call in one page, somebody known already."""

from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse

from referrals.asking import limits
from referrals.models import CallRequest, Referral
from referrals.tests.asking_factories import call_request, team_that_rings
from referrals.tests.factories import PathwayFactory, PersonFactory, ReferralFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    cache.clear()
    monkeypatch.setattr(limits, "QUICKEST", -1)


def stanley(**facts):
    return PersonFactory(
        **{"first_names": "Stanley", "last_name": "Obuya", "born_on": date(1938, 6, 3), "record_id": "", **facts}
    )


def test_a_residents_four_questions_become_a_brokers_call_and_a_referral(
    live_server, browser, opens, page, broker, no_axe_violations
):  # DER-03, GRN-04
    team_that_rings()
    PathwayFactory()
    plain = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    plain.goto(live_server.url + reverse("contact"))
    plain.get_by_label("Somebody I know, like a relative or a friend").check()
    plain.get_by_label("who are they to you?").fill("mother")
    plain.get_by_label("2. What help are you looking for?").fill("Mum cannot manage the stairs any more.")
    plain.get_by_label("Your name").fill("Ruth Obuya")
    plain.get_by_label("Your phone number").fill("01632 960444")
    plain.get_by_role("button", name="Ask a broker to ring").click()
    plain.get_by_role("heading", name="We will ring you").wait_for()
    call = CallRequest.objects.get()
    assert call.reference in plain.inner_text("main")
    plain.context.close()

    opens(broker, page, reverse("calls"))
    page.get_by_role("link", name=f"RO {call.reference}").click()
    page.get_by_role("button", name="Take this call").click()
    page.get_by_role("button", name="Open a referral").click()  # a link that looks like one
    page.get_by_label("Home care").check()
    page.get_by_label("First names of the person who needs support").fill("Grace")
    page.get_by_label("Last name").fill("Obuya")
    page.get_by_role("button", name="Begin the referral").click()

    page.get_by_role("heading", name="Referral for home care").wait_for()
    assert Referral.objects.get().person.full_name == "Grace Obuya"
    opens(broker, page, call.get_absolute_url())
    page.get_by_role("heading", name="A referral was opened").wait_for()


def test_a_referral_is_taken_on_one_page_while_they_are_on_the_phone(opens, reads_well, page, broker):  # DER-16
    PathwayFactory()
    ReferralFactory(received=True, person=stanley(born_on=None))
    opens(broker, page, reverse("phone_in"))
    for label, words in (
        ("Their name", "Ama Boateng"), ("Their phone number", "01632 960333"), ("First names", "Stan"), ("Last name", "Obuya"),
        ("Or age, roughly", "88"), ("Postcode", "PL4 8AA"), ("What is needed, in a sentence or two?", "To bed and up again"),
    ):  # fmt: skip
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_label("What kind of support is needed?").select_option(label="Home care")
    page.get_by_label("Today", exact=True).check()
    page.get_by_label("In half a working day").check()
    page.get_by_label("Why it cannot wait").fill("The ward closes his bed")
    page.get_by_role("button", name="Start the clocks").click()

    page.get_by_role("link", name="Select whether it is one of these people").wait_for()
    reads_well(page)
    page.get_by_label("None of these").check()
    page.get_by_role("button", name="Start the clocks").click()

    page.get_by_text("Rung in, paperwork to come.").wait_for()
    reads_well(page)
    opens(broker, page, reverse("referral_paperwork", args=[Referral.objects.latest("pk").reference]))


def test_the_same_request_is_noticed_before_it_is_submitted_and_joined(opens, reads_well, page, coordinator):
    earlier = ReferralFactory(received=True, referred_by=coordinator, person=stanley(record_id="M500001"))
    draft = ReferralFactory(referred_by=coordinator, person=stanley(first_names="Stan", born_on=date(1938, 3, 6)))
    opens(coordinator, page, reverse("referral_tasks", args=[draft.reference]))

    page.get_by_role("link", name="Say whether they are").click()
    reads_well(page)
    page.get_by_role("link", name=f"Compare with {earlier.reference}").click()
    reads_well(page)
    page.get_by_label("The same request").check()
    page.get_by_role("button", name="Save what you found").click()

    page.get_by_text(f"Joined to {earlier.reference}").wait_for()
    assert not Referral.objects.filter(pk=draft.pk).exists()


def test_pages_of_the_ways_in_are_accessible(opens, page, phone, live_server, no_axe_violations, coordinator, broker):
    team_that_rings()
    call = call_request()
    case = ReferralFactory(received=True, referred_by=coordinator, person=stanley())
    phone.goto(live_server.url + reverse("contact"))
    no_axe_violations(phone)
    phone.get_by_role("button", name="Ask a broker to ring").click()
    phone.locator(".govuk-error-summary").wait_for()
    no_axe_violations(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    for name in ("refer_on", "referral_tasks", "write_to_broker"):
        opens(coordinator, page, reverse(name, args=[case.reference]))
    opens(broker, page, call.get_absolute_url())
    opens(broker, page, reverse("alike_to_case", args=[case.reference]))
