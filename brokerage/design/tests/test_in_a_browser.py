"""The layouts in a real browser: axe finds nothing, the content policy holds, a phone needs no sideways scroll."""

import gzip
import re

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from brokerage.council import settings as council_settings
from brokerage.council.models import Council
from brokerage.tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = ["/people/", "/people/?name=nobody", "/form/", "/case/", "/reply/", "/nowhere/"]


@pytest.fixture
def sign_in(client, administrator, live_server):
    def sign(page):
        client.force_login(administrator)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])
        return page

    return sign


@pytest.fixture
def complaints():
    """What a page's console says, besides that a page was not found."""

    def listen(page):
        heard = []
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        return heard

    return listen


@pytest.mark.parametrize("size", ["page", "phone"])
def test_every_layout_is_accessible_and_keeps_within_the_content_policy(
    request, size, live_server, sign_in, settings, no_axe_violations, complaints
):
    settings.DEMONSTRATION = True
    UserFactory.create_batch(30, broker=True)
    page = sign_in(request.getfixturevalue(size))
    heard = complaints(page)

    for path in PAGES:
        page.goto(live_server.url + path)
        no_axe_violations(page)
        if size == "phone":
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, f"{path} is wider than a phone"

    assert [words for words in heard if "404" not in words] == []


def test_a_form_with_every_question_wrong_is_accessible_and_takes_the_reader_to_the_first(
    live_server, page, sign_in, no_axe_violations
):
    sign_in(page).goto(live_server.url + "/form/")

    page.get_by_role("button", name="Save and continue").click()

    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.className").startswith("govuk-error-summary")
    no_axe_violations(page)
    for link in page.locator(".govuk-error-summary__list a").all():
        assert page.locator(link.get_attribute("href")).count() == 1, link.inner_text()


def test_a_queue_of_25_rows_fits_a_1080p_screen(live_server, page, sign_in, settings):
    settings.DEMONSTRATION = True
    UserFactory.create_batch(30, broker=True)
    page.set_viewport_size({"width": 1920, "height": 950})  # 1080 less the browser's own bars

    sign_in(page).goto(live_server.url + "/people/")

    last = page.locator("tbody tr").nth(24).bounding_box()
    assert last["y"] + last["height"] <= 950


@pytest.mark.parametrize("path", ["/reply/", "/people/"])
def test_the_council_is_seen_in_its_own_colour(live_server, page, sign_in, path):
    Council.objects.update_or_create(pk=1, defaults={"brand_colour": "#5a2671", "link_colour": "#1d70b8"})
    council_settings.forget()

    sign_in(page).goto(live_server.url + path)

    council_settings.forget()
    header = "getComputedStyle(document.querySelector('.app-header')).backgroundColor"
    assert page.evaluate(header) == "rgb(90, 38, 113)"


def test_a_form_works_without_javascript(live_server, browser, sign_in, person):
    plain = sign_in(browser.new_context(java_script_enabled=False).new_page())
    plain.goto(live_server.url + reverse("rename", args=[person.pk]))

    plain.get_by_label("Full name").fill("Tom Ash")
    plain.get_by_role("button", name="Change the name").click()

    assert plain.get_by_role("alert").inner_text().endswith("Name changed")
    plain.context.close()


def test_a_page_for_a_provider_weighs_less_than_60_kb(client):
    html = client.get("/reply/").content.decode()
    weight = len(gzip.compress(html.encode()))
    for address in re.findall(r'(?:href|from|src)[ =]"(/[^"?]+\.(?:css|js|svg))', html):
        content = client.get(address).content if address == "/theme.css" else _static(address)
        weight += len(gzip.compress(content))

    assert html.count("stylesheet") == 3
    assert "htmx" not in html
    assert weight < 60_000


def _static(address):
    with open(finders.find(address.removeprefix("/static/")), "rb") as file:
        return file.read()
