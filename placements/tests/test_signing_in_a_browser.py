"""A registered manager signs on a phone, then a broker at a desk: in a real browser, with its own cookies and headers."""

import os
from pathlib import Path

import pytest
from django.urls import reverse

from brokerage.links import codes, links
from brokerage.tests.factories import PASSWORD
from placements.contracts.models import Contract, ContractStatus

from .contract_factories import ContractFactory

SHOTS = os.environ.get("SHOTS")


@pytest.fixture
def contract(transactional_db):
    return ContractFactory()


def shoot(page, name):
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def test_the_provider_signs_on_a_phone(live_server, phone, contract, no_axe_violations):
    phone.goto(live_server.url + links.path_of(contract))
    no_axe_violations(phone)
    shoot(phone, "agreement-read-390")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390

    phone.get_by_role("button", name="Send a code").click()
    no_axe_violations(phone)
    assert phone.title().startswith("Error:")
    shoot(phone, "agreement-missing-390")
    phone.get_by_label("Your full name").fill("Grace Holloway")
    phone.get_by_label("Your role").fill("Registered manager")
    phone.get_by_label("I have read this agreement").check()
    phone.get_by_role("button", name="Send a code").click()

    phone.get_by_role("heading", name="Enter the code to sign").wait_for()
    no_axe_violations(phone)
    shoot(phone, "agreement-code-390")
    phone.get_by_label("6-digit code").fill(codes.digits_of(contract.intents.get().code))
    phone.get_by_role("button", name="Sign the agreement").click()

    phone.get_by_text("Grace Holloway signed for").wait_for()
    no_axe_violations(phone)
    shoot(phone, "agreement-signed-390")
    assert Contract.objects.get().status == ContractStatus.PROVIDER_SIGNED


def test_the_provider_declines_without_javascript(live_server, browser, contract):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url + links.path_of(contract))
    page.get_by_role("link", name="We cannot sign this agreement").click()
    page.get_by_label("Your full name").fill("Grace Holloway")
    page.get_by_label("Your role").fill("Registered manager")
    page.get_by_label("Why can you not sign it?").fill("The second carer has left")
    page.get_by_role("button", name="Decline the agreement").click()

    page.get_by_text("The provider declined this agreement").wait_for()
    assert Contract.objects.get().closed_because == "The second carer has left"
    page.context.close()


def test_the_council_signs_at_a_desk(live_server, page, transactional_db, no_axe_violations):
    contract = ContractFactory(provider_signed=True)
    page.goto(live_server.url + contract.get_absolute_url())
    page.get_by_label("Email address").fill(contract.referral.broker.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name=f"Agreement {contract.number}").wait_for()
    no_axe_violations(page)
    shoot(page, "agreement-council-1280")

    page.get_by_role("button", name="Sign for the council").click()
    no_axe_violations(page)
    shoot(page, "agreement-council-sign-1280")
    page.get_by_label("I have checked this agreement").check()
    page.get_by_role("button", name="Sign and seal").click()

    page.get_by_text("Agreement signed and sealed").wait_for()
    no_axe_violations(page)
    shoot(page, "agreement-council-done-1280")
    with page.expect_download() as download:
        page.get_by_role("link", name="Signed agreement, sealed").click()
    assert Path(download.value.path()).read_bytes() == bytes(contract.signed_copy.pdf)
    assert reverse("contract_signed_file", args=[contract.number]) in download.value.url
