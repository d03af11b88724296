"""A broker puts an enquiry right and sends it: in a real browser, with axe looking on."""

import os
from pathlib import Path

import pytest
from django.urls import reverse

from brokerage.clocks import clock
from brokerage.notify import doorbell
from brokerage.notify.models import Message, State
from brokerage.tests.factories import PASSWORD
from providers.enquiries import actions
from providers.tests.factories import EnquiryFactory, ReplyFactory, ServiceFactory
from referrals.people.models import Contact

SHOTS = os.environ.get("SHOTS")


@pytest.fixture(autouse=True)
def nobody_is_woken(monkeypatch):
    monkeypatch.setattr(doorbell, "_send", lambda: None)


@pytest.fixture
def enquiry(transactional_db):
    enquiry = EnquiryFactory(services=6)
    ServiceFactory(name="Foxglove Home Care", suspended="Safeguarding enquiry")
    person, needs = enquiry.referral.person, enquiry.referral.needs
    person.nhs_number, person.known_as, person.phone = "9434765919", "Winnie", "01752 496012"
    person.save()
    Contact.objects.create(person=person, name="Chidi Okafor", relationship="son", phone="07700 900123")
    needs.health = "Heart failure, arthritis in both hands."
    needs.language, needs.diet = "Igbo", "Soft food"
    needs.save()
    return enquiry


@pytest.fixture
def sign_in(live_server):
    def go(page, user):
        page.goto(live_server.url + reverse("account_login"))
        page.get_by_label("Email").fill(user.email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        return page

    return go


def shoot(page, name):
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
        page.set_viewport_size({"width": 390, "height": 844})
        page.screenshot(path=Path(SHOTS) / f"{name}-390.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})


def fits_a_phone(page):
    page.set_viewport_size({"width": 390, "height": 844})
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size({"width": 1280, "height": 900})
    return wide <= 390


def test_a_broker_puts_the_words_right_and_sends_it(live_server, page, enquiry, sign_in, no_axe_violations, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    actions.write(
        enquiry,
        need_in_brief="Winifred was the mayor of a town. Ring Chidi on 07700 900123. Needs help to get up and wash.",
        by=enquiry.referral.broker,
    )
    sign_in(page, enquiry.referral.broker)

    page.goto(live_server.url + enquiry.get_absolute_url())
    page.get_by_role("heading", name="Put these words right").wait_for()
    assert page.get_by_role("button", name="Send the enquiry").count() == 0
    no_axe_violations(page)
    assert fits_a_phone(page)
    shoot(page, "enquiry-to-put-right")

    page.get_by_role("link", name="Change the words").first.click()
    no_axe_violations(page)
    shoot(page, "enquiry-words")
    page.get_by_label("The need in brief").fill("She was the mayor of a town. She needs help to get up and wash.")
    page.get_by_role("button", name="Save and check").click()

    page.get_by_label("Why can “was the mayor” stay?").fill("There have been many, and no town is named")
    no_axe_violations(page)
    shoot(page, "enquiry-warned")
    page.get_by_role("button", name="Let it stand").click()

    page.get_by_role("link", name="Leave out").first.click()
    page.get_by_label("Why should this service not be asked?").fill("The family fell out with them")
    page.get_by_role("button", name="Leave out").click()

    page.get_by_role("button", name="Send the enquiry").wait_for()
    no_axe_violations(page)
    shoot(page, "enquiry-ready")
    page.get_by_role("button", name="Send the enquiry").click()

    page.get_by_text("Enquiry sent.").wait_for()
    letters = list(Message.objects.filter(template="enquiry").order_by("pk"))
    assert len(letters) == 5
    Message.objects.filter(pk__in=[letter.pk for letter in letters[:3]]).update(state=State.SENT, sent_at=clock.now())
    Message.objects.filter(pk=letters[3].pk).update(state=State.FAILED, last_error="550 no such mailbox")
    invitations = list(enquiry.invitations.all())
    ReplyFactory(invitation=invitations[0])
    ReplyFactory(invitation=invitations[1], declined=True)
    page.reload()
    no_axe_violations(page)
    assert fits_a_phone(page)
    shoot(page, "enquiry-open")
