"""The queue, the search and the case file as people see them: axe finds nothing, a phone needs no sideways scroll."""

import pytest
from django.urls import reverse

from brokerage.notify.telling import tell
from placements.tests.factories import AskedFactory, ChoiceFactory, ClosedEnquiryFactory, OfferFactory
from referrals.intake import actions as intake
from referrals.models import Referral
from referrals.tests.factories import ReferralFactory
from referrals.work import actions as work

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_queue_and_the_search_are_accessible(opens, page, broker, settings):
    settings.DEMONSTRATION = True
    for _ in range(3):
        ReferralFactory(received=True)
    ReferralFactory(in_progress=True, broker=broker, priority="emergency", priority_reason="Alone since last night")

    for query in ("", "?tab=team", "?tab=waiting", "?tab=team&priority=urgent"):
        opens(broker, page, reverse("queue") + query)
    for query in ("", "?q=okafor", "?q=nobody"):
        opens(broker, page, reverse("search") + query)
    opens(broker, page, "/nowhere/", status=404)


def test_a_case_is_accessible_from_its_first_day_to_its_choice(opens, page, broker, duty_broker, coordinator):
    new = intake.submit(ReferralFactory(referred_by=coordinator, papers=["assessment"]), by=coordinator)
    for path in (new.get_absolute_url(), reverse("assign", args=[new.reference])):
        opens(duty_broker, page, path)
    case = intake.start_work(intake.submit(ReferralFactory(referred_by=coordinator), by=coordinator), by=broker)
    work.add_note(case, words="Ring after two", by=broker)
    enquiry = ClosedEnquiryFactory(referral=Referral.objects.get(pk=case.pk))
    chosen = OfferFactory(invitation__enquiry=enquiry)
    OfferFactory(invitation__enquiry=enquiry, kind="part", visits=[0, 1])
    ChoiceFactory(reply=chosen)

    for name in ("casefile", "case_needs", "case_history", "add_note", "record_paper"):
        opens(broker, page, reverse(name, args=[case.reference]))


def test_a_full_queue_fits_a_1080p_page(opens, page, broker, settings):  # the queue shows 25 rows without scrolling
    settings.DEMONSTRATION = True
    for _ in range(27):
        ReferralFactory(received=True, priority="urgent", priority_reason="Leaving hospital")
    page.set_viewport_size({"width": 1920, "height": 950})  # 1080 less the browser's own bars

    opens(broker, page, reverse("queue") + "?tab=team")

    last = page.locator("tbody tr").nth(24).bounding_box()
    assert last["y"] + last["height"] <= 950


def test_the_queue_is_worked_from_the_keyboard(opens, page, broker):
    first, second, _ = [ReferralFactory(received=True) for _ in range(3)]
    opens(broker, page, reverse("queue") + "?tab=team")

    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("jk")
    assert page.input_value("#q") == "jk"

    page.locator("#q").blur()
    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{second.get_absolute_url()}")


def test_a_letter_is_read_in_the_history_without_its_link(opens, page, broker, team):
    case = ReferralFactory(in_progress=True, broker=broker)
    asked = AskedFactory(enquiry=ClosedEnquiryFactory(referral=case))
    for address in ("one@provider.example", "two@provider.example"):
        tell(
            address,
            "enquiry-fresh-link",
            case=case.reference,
            link=asked,
            audience="provider",
            number=asked.enquiry.number,
            service="home care",
            closes="today 17:00",
            council="Council",
        )
    opens(broker, page, reverse("case_history", args=[case.reference]) + "?only=letters")

    page.get_by_text("Read the 2 letters").click()

    letter = page.locator(".app-letter").first
    assert "[link]" in letter.inner_text()
    assert "[[" not in page.content()
