"""The queue, the search and the case file as people see them: axe finds nothing, a phone needs no sideways scroll."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from brokerage.clocks import clock
from brokerage.home.saved import actions
from brokerage.notify.telling import tell
from placements.tests.factories import AskedFactory, ChoiceFactory, ClosedEnquiryFactory, OfferFactory
from referrals.intake import actions as intake
from referrals.models import Referral
from referrals.tests.factories import ReferralFactory
from referrals.work import actions as work
from referrals.work.models import WorkItem

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
    somebody_else = {"person__first_names": "Ivor", "person__last_name": "Rees", "person__born_on": date(1950, 3, 5)}
    draft = ReferralFactory(referred_by=coordinator, **somebody_else)
    case = intake.start_work(intake.submit(draft, by=coordinator), by=broker)
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


def test_the_queue_keeps_itself_fresh_and_its_readers_place_and_gives_out_what_was_ticked(
    opens, page, duty_broker, broker
):
    first, second, third = [ReferralFactory(received=True) for _ in range(3)]
    opens(duty_broker, page, reverse("queue") + "?tab=team")
    for key in ("j", "j", "x"):
        page.keyboard.press(key)

    new = ReferralFactory(received=True)
    WorkItem.objects.filter(referral=new).update(due_at=clock.now() + timedelta(seconds=9))
    WorkItem.objects.filter(referral=third).update(next_step="Compare the offers")

    page.get_by_text("1 new case above").wait_for(timeout=15_000)
    rows = [row.get_attribute("data-case") for row in page.locator("tbody tr").all()]
    assert rows == [first.reference, second.reference, third.reference]
    assert "Compare the offers" in page.locator("tbody tr").nth(2).inner_text()
    assert page.evaluate("document.activeElement.closest('tr').dataset.case") == second.reference
    assert page.locator("tbody tr").nth(1).get_by_role("checkbox").is_checked()

    page.get_by_role("button", name="Show it").click()
    assert page.locator("tbody tr").first.get_attribute("data-case") == new.reference
    page.get_by_text("missed by less than a minute").wait_for(timeout=15_000)  # without asking anybody
    page.keyboard.press("x")
    assert page.get_by_role("button", name="Give out 2").is_visible()
    page.keyboard.press("?")
    assert page.get_by_role("heading", name="Keyboard").is_visible()
    page.keyboard.press("Escape")

    page.locator(f'tr[data-case="{new.reference}"] a').focus()
    page.keyboard.press("a")
    page.get_by_label(broker.full_name, exact=True).check()
    page.get_by_role("button", name="Give out").click()

    page.get_by_text(f"2 cases given to {broker.full_name}").wait_for()
    assert set(WorkItem.objects.filter(owner=broker).values_list("reference", flat=True)) == {
        new.reference,
        second.reference,
    }


def test_saved_views_and_giving_out_are_accessible(opens, page, manager, broker, team):
    cases = [ReferralFactory(received=True) for _ in range(2)]
    actions.save("tab=team&priority=urgent", name="Urgent ones", by=manager, team=team)
    opens(manager, page, reverse("saved_views"))
    opens(manager, page, f"{reverse('save_view')}?tab=team&area=PL4")
    opens(manager, page, f"{reverse('give_cases')}?case={cases[0].reference}&case={cases[1].reference}")
    opens(manager, page, f"{reverse('queue')}?tab=team&area=PL4&received_from=nonsense")
    page.get_by_role("button", name="Keyboard").click()
    reads = page.get_by_role("heading", name="Keyboard")
    assert reads.is_visible()


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
