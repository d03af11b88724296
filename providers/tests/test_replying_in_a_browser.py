"""Somebody at a provider's answers on a phone, in a real browser, with and without JavaScript, scanners having been first."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from brokerage.clocks import clock
from brokerage.council import settings as council
from brokerage.council.models import Council
from brokerage.links import codes, links
from providers.enquiries.models import Enquiry, Invitation
from providers.replies import actions, confirming
from providers.replies.models import Reply
from providers.tests.factories import EnquiryFactory
from providers.tests.test_replying import no, offer

SHOTS = os.environ.get("SHOTS")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def a_council():
    Council.objects.update_or_create(pk=1, defaults={"name": "Marlshire County Council", "phone": "01632 960100"})
    council.forget()
    yield
    council.forget()


@pytest.fixture
def invitation(transactional_db, quiet_bell, a_council):
    return EnquiryFactory(sent=True).invitations.order_by("pk").first()


@pytest.fixture
def visit(live_server, phone, no_axe_violations):
    """Opens a page behind the link, looks it over, and keeps a picture of it where SHOTS says."""
    phone.set_default_timeout(15_000)
    phone.pictures = 0

    def look(name):
        no_axe_violations(phone)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390, name
        if SHOTS:
            phone.screenshot(path=Path(SHOTS) / f"reply-{name}-390.png", full_page=True)
        return phone

    def open_(invitation, name, page=""):
        phone.goto(live_server.url + links.path_of(invitation) + (f"/{page}/" if page else ""))
        return look(name)

    open_.look = look
    return open_


def in_days(days):
    return clock.now().date() + timedelta(days=days)


def say_who(page, name="Pat Lowe", role="Care manager"):
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Your role").fill(role)


def give_price(page, rate="24.60", days=6):
    page.get_by_label("Your rate an hour").fill(rate)
    day = in_days(days)
    group = page.get_by_role("group", name="When can you start?")
    for box, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(box, exact=True).fill(str(number))


def send(page):
    page.get_by_role("button", name="Send your reply").click()


def test_all_of_it_is_offered_on_a_phone(visit, invitation):
    page = visit(invitation, "open")
    page.get_by_role("button", name="Yes, all of it").click()
    visit.look("whole")
    send(page)
    assert page.title().startswith("Error:")
    visit.look("whole-missing")
    give_price(page)
    page.get_by_label("Who will come?").fill("A regular team of three")
    say_who(page)
    send(page)

    page.get_by_text("We have your reply").wait_for()
    visit.look("replied")
    assert page.get_by_text("£24.60 an hour").is_visible()
    assert Reply.objects.get().who_will_come == "A regular team of three"


def test_a_part_is_offered_by_ticking_visits(visit, invitation):
    page = visit(invitation, "part", "part")
    page.get_by_label("Monday 08:00, 45 minutes").check()
    page.get_by_label("Tuesday 08:00, 45 minutes").check()
    give_price(page)
    say_who(page)
    send(page)

    page.get_by_text("We have your reply").wait_for()
    visit.look("replied-part")
    assert Reply.objects.get().visits == [0, 2]


def test_something_different_is_offered_in_words(visit, invitation):
    page = visit(invitation, "different", "different")
    page.get_by_label("What would be different?").fill("08:30 instead of 08:00")
    give_price(page)
    say_who(page)
    send(page)

    page.get_by_text("08:30 instead of 08:00").wait_for()
    assert Reply.objects.get().changes == "08:30 instead of 08:00"


def test_a_no_names_what_stood_in_the_way_with_no_javascript_at_all(live_server, browser, invitation):
    page = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    page.goto(live_server.url + links.path_of(invitation))
    page.get_by_role("button", name="No", exact=True).click()
    page.get_by_label("Something else").check()
    say_who(page)
    send(page)
    page.get_by_role("alert").get_by_text("Enter what would have made you say yes").wait_for()
    page.get_by_label("What would have made you say yes?").fill("One visit later in the morning")
    send(page)

    page.get_by_text("You replied: No").wait_for()
    assert Reply.objects.get().why_not == "other"
    page.context.close()


def test_the_forms_for_no_and_for_a_call(visit, invitation):
    page = visit(invitation, "no", "no")
    send(page)
    visit.look("no-missing")

    page = visit(invitation, "call", "interested")
    page.get_by_label("Number to call").fill("01752 496000")
    say_who(page)
    page.get_by_role("button", name="Ask us to call").click()

    page.get_by_text("You replied: Interested, please call us").wait_for()


def test_after_the_deadline_it_is_said_and_a_late_reply_stands_beside_the_one_in_time(visit, invitation):
    actions.reply(invitation, **offer(start_on=in_days(6)))
    Enquiry.objects.update(closes_at=clock.now() - timedelta(hours=1))
    page = visit(invitation, "late")
    assert page.get_by_text("Replies closed today").is_visible()
    page.get_by_role("button", name="No", exact=True).click()
    visit.look("late-no")
    page.get_by_label("We cannot start by then").check()
    say_who(page, "Lou Webb", "Co-ordinator")
    send(page)

    page.get_by_text("Your reply in time is the one that counts").wait_for()
    visit.look("late-beside")
    assert Reply.objects.current().get().kind == "whole"


def test_placed_says_that_nothing_more_is_needed(visit, invitation):
    actions.reply(invitation, **offer(start_on=in_days(6)))
    Enquiry.objects.update(placed_at=clock.now())

    page = visit(invitation, "placed")

    assert page.get_by_text("has been placed. Nothing more is needed from you").is_visible()
    assert page.get_by_role("button").count() == 0
    visit(invitation, "placed-answer", "whole")


def test_this_was_not_us_on_a_phone(visit, invitation):
    actions.reply(invitation, **offer(start_on=in_days(6)))
    actions.reply(invitation, **no())
    page = visit(invitation, "not-us", "not-us")
    page.get_by_label("No, by Lou Webb").check()
    say_who(page, "Grace Hale", "Registered manager")
    page.get_by_role("button", name="This was not us").click()

    page.get_by_text("That reply no longer counts").wait_for()
    visit.look("taken-back")
    assert Reply.objects.current().get().kind == "whole"
    page.go_back()
    page.reload()
    page.get_by_text("newest e-mail from us").wait_for()
    visit.look("replaced")


def test_a_code_from_the_registered_mailbox_sends_the_reply_where_the_council_wants_one(visit, invitation):
    Council.objects.update(replies_need_code=True)
    council.forget()
    page = visit(invitation, "whole-for-code", "whole")
    give_price(page)
    say_who(page)
    send(page)
    page.get_by_role("heading", name="Enter the code to send your reply").wait_for()
    visit.look("code")
    page.get_by_label("6-digit code").fill("000")
    send(page)
    visit.look("code-wrong")
    page.get_by_label("6-digit code").fill(codes.digits_of(confirming.intent_of(invitation).code))
    send(page)

    page.get_by_text("We have your reply").wait_for()
    assert Reply.objects.get().by_name == "Pat Lowe"


def test_a_scanner_with_a_browser_presses_every_button_and_sends_nothing(live_server, browser, invitation):  # T24
    actions.reply(invitation, **offer(start_on=in_days(6)))
    page = browser.new_context(java_script_enabled=True).new_page()
    link = live_server.url + links.path_of(invitation)
    page.goto(f"{link}?utm_x=1")
    page.wait_for_timeout(1000)
    addresses = [one.get_attribute("href") for one in page.locator("main a[href^='/']").all()]
    assert len(addresses) == 6
    for address in addresses:
        page.goto(live_server.url + address)
        for button in range(page.locator("main button").count()):
            page.locator("main button").nth(button).click()
            page.wait_for_load_state()
    page.context.close()

    assert Reply.objects.current().get().kind == "whole"
    assert Reply.objects.count() == 1
    assert Invitation.objects.get(pk=invitation.pk).link_issue == 1


def test_no_request_of_the_page_says_where_it_was(live_server, phone, invitation):  # T23
    asked = []
    phone.on("request", lambda request: asked.append(request))
    phone.goto(live_server.url + links.path_of(invitation))
    phone.wait_for_load_state("networkidle")
    phone.evaluate("document.body.insertAdjacentHTML('beforeend', '<a id=out href=\"/robots.txt\">out</a>')")
    phone.locator("#out").click()
    phone.wait_for_url("**/robots.txt")

    assert len(asked) > 4
    for request in asked:
        assert "referer" not in {name.lower() for name in request.all_headers()}, request.url
