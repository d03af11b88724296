"""Two brokers at one desk, each in a browser of their own, on the keyboard (AMB-08)."""

import pytest
from django.test import Client

from brokerage.tests.factories import UserFactory
from providers.models import Call, Reply
from providers.tests.ring_factories import ring_round

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def second(browser, browser_context_args):
    context = browser.new_context(**browser_context_args)
    yield context.new_page()
    context.close()


def sits_down(person, page, address):
    """Each with a session of their own."""
    client = Client()
    client.force_login(person)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}
    page.context.add_cookies([cookie])
    page.set_default_timeout(20_000)
    return page


def test_two_brokers_ring_round_on_the_keyboard(page, second, live_server, reads_well, quiet_bell):
    listed = ring_round(4)
    names = [line.service_name for line in listed.lines.all()]
    priya = UserFactory(full_name="Priya Nair", broker=True)
    for visitor, person in ((page, listed.opened_by), (second, priya)):
        sits_down(person, visitor, live_server.url).goto(live_server.url + listed.get_absolute_url())
    reads_well(page)

    # each takes the next, and each is given another
    page.keyboard.press("n")
    page.locator("#call", has_text=names[0]).wait_for()
    second.keyboard.press("n")
    second.locator("#call", has_text=names[1]).wait_for()
    reads_well(page)

    # the first sees who is ringing whom, without asking
    page.get_by_role("status").get_by_text(f"is ringing {names[1]}").wait_for()

    # nobody answers: one key, and the next is there to take
    second.keyboard.press("3")
    second.locator("#next", has_text=names[2]).wait_for()

    # the first cannot: two keys and Enter
    page.keyboard.press("2")
    page.get_by_role("heading", name=f"{names[0]}: cannot help").wait_for()
    reads_well(page)
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    page.locator("#next", has_text=names[2]).wait_for()

    # the third can: who said so is ready to be written
    page.keyboard.press("n")
    page.locator("#call", has_text=names[2]).wait_for()
    page.keyboard.press("1")
    page.get_by_role("heading", name=f"{names[2]}: can help").wait_for()
    reads_well(page)
    page.locator("input:focus").wait_for()
    page.keyboard.type("Pat Lowe")
    page.keyboard.press("Tab")
    page.keyboard.type("Care manager")
    page.get_by_label("Rate an hour", exact=True).fill("24.60")
    page.get_by_role("button", name="Record their offer").click()
    page.get_by_role("button", name="Somebody can help: tell the referrer").wait_for()

    # the second reads it without asking, and is given the last one
    second.get_by_role("status").get_by_text("1 can help").wait_for()
    second.keyboard.press("n")
    second.locator("#call", has_text=names[3]).wait_for()

    outcomes = Call.objects.order_by("began_at").values_list("line__service_name", "made_by__full_name", "outcome")
    first = listed.opened_by.full_name
    assert sorted(outcomes) == sorted(
        [
            (names[0], first, "cannot"),
            (names[1], "Priya Nair", "no_answer"),
            (names[2], first, "can_help"),
            (names[3], "Priya Nair", ""),
        ]
    )
    assert Reply.objects.get(kind="whole").by_name == "Pat Lowe"
