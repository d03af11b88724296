"""Signing in and looking after accounts as people see them: axe finds nothing, at a desk and on a phone."""

import re

import pytest
from django.urls import reverse

from brokerage.accounts.models import PasswordLink
from brokerage.links import links
from brokerage.notify.models import Message
from brokerage.tests.factories import PASSWORD, PasswordLinkFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["page", "phone"])
def screen(request):
    return request.getfixturevalue(request.param)


def test_the_pages_before_signing_in_are_accessible(live_server, screen, settings, no_axe_violations, broker):
    settings.DEMONSTRATION = True
    paths = [
        reverse("account_login"),
        reverse("account_reset_password"),
        reverse("account_reset_password_done"),
        reverse("account_inactive"),
        links.path_of(PasswordLinkFactory()),
    ]

    for path in paths:
        assert screen.goto(live_server.url + path).ok, path
        no_axe_violations(screen)
        assert screen.evaluate("document.documentElement.scrollWidth") <= screen.viewport_size["width"], path


def test_a_failed_sign_in_is_accessible_and_says_what_is_wrong(live_server, screen, no_axe_violations, broker):
    screen.goto(live_server.url + reverse("account_login"))
    screen.get_by_label("Email address").fill(broker.email)
    screen.get_by_label("Password").fill("not this one")

    screen.get_by_role("button", name="Sign in").click()

    assert screen.title().startswith("Error: Sign in")
    no_axe_violations(screen)


def test_the_pages_of_an_administrator_are_accessible(live_server, screen, no_axe_violations, administrator):
    person = UserFactory(
        full_name="Rosalind Featherstonehaugh-Cholmondeley", second_factor=True, broker=True, chair=True
    )
    UserFactory(left=True)
    sign_in(live_server, screen, administrator)
    whose = ["account", "change_account_roles", "correct_account", "end_account", "forget_second_factor"]
    paths = [reverse("accounts"), reverse("invite_account"), *(reverse(name, args=[person.pk]) for name in whose)]

    for path in [*paths, reverse("account_change_password"), reverse("mfa_index"), reverse("mfa_activate_totp")]:
        assert screen.goto(live_server.url + path).ok, path
        no_axe_violations(screen)
        assert screen.evaluate("document.documentElement.scrollWidth") <= screen.viewport_size["width"], path


def test_somebody_is_invited_chooses_a_password_and_signs_in(live_server, page, administrator, team):
    sign_in(live_server, page, administrator)
    page.goto(live_server.url + reverse("invite_account"))
    page.get_by_label("Full name").fill("Tessa Okoro")
    page.get_by_label("Email address").fill("tessa.okoro@council.example")
    page.get_by_label("Broker", exact=True).check()
    page.get_by_label(team.name).check()
    page.get_by_role("button", name="Send invitation").click()
    assert page.get_by_role("heading", name="Tessa Okoro").is_visible()
    page.get_by_role("button", name="Sign out").click()

    page.goto(live_server.url + path_in_the_letter_to("tessa.okoro@council.example"))
    page.get_by_label("Password", exact=True).fill("three quite random words")
    page.get_by_label("The same password again").fill("three quite random words")
    page.get_by_role("button", name="Save password").click()
    assert "Password saved" in page.content()

    fill_sign_in(page, "tessa.okoro@council.example", "three quite random words")
    page.goto(live_server.url + reverse("mfa_index"))
    assert page.get_by_role("link", name=re.compile("Tessa Okoro")).is_visible()


def sign_in(live_server, page, person):
    page.goto(f"{live_server.url}{reverse('account_login')}?next={reverse('mfa_index')}")
    fill_sign_in(page, person.email, PASSWORD)
    page.wait_for_url(re.compile(reverse("mfa_index")))


def fill_sign_in(page, address, password):
    page.get_by_label("Email address").fill(address)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def path_in_the_letter_to(address):
    """The link as the person gets it: put in at delivery, from the letter that was kept."""
    letter = Message.objects.get(address=address)
    return links.path_of(PasswordLink.objects.get(pk=letter.link_id))
