"""The worker is asked for a paper, finds the page, answers with a file; the broker's clock goes on. And the pages read well."""

import pytest
from django.urls import reverse

from brokerage.deadlines import actions as deadlines
from brokerage.files.tests import made
from brokerage.tests.walking import Visitor
from referrals.intake import actions as intake
from referrals.tests.factories import ReferralFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case(broker, coordinator):
    draft = ReferralFactory(
        referred_by=coordinator, papers=["assessment", "home_care_referral"], team=broker.teams.get()
    )
    return intake.start_work(intake.submit(draft, by=coordinator), by=broker)


def test_a_worker_is_asked_for_a_paper_and_answers_with_its_file(
    live_server, signs_in, reads_well, page, case, broker, coordinator
):
    at_broker = Visitor(signs_in(broker, page), live_server.url, reads_well)
    at_broker.opens(reverse("casefile", args=[case.reference])).presses("Ask for the missing papers")
    at_broker.presses("Ask for these papers").reads("Amina Yusuf has been asked", "Waiting for: care and support plan")
    assert deadlines.running(case, "response").is_paused
    at_broker.follows("Go on without waiting").reads("Nothing is arranged before the papers have come")

    worker = Visitor(signs_in(coordinator, page), live_server.url, reads_well)
    worker.opens(reverse("referral_tasks", args=[case.reference])).reads("Tom Birch asked on")
    worker.presses("Upload or record papers").ticks("Care and support plan")
    page.get_by_label("The file (optional)").set_input_files(
        {"name": "Winifred’s plan.pdf", "mimeType": "application/pdf", "buffer": made.pdf()}
    )
    worker.presses("Put it on record").reads(
        "There is a problem", "Enter the date of the paper", "Choose the file again"
    )
    for part, number in (("Day", "3"), ("Month", "11"), ("Year", "2025")):
        page.get_by_role("group", name="Its date").get_by_label(part, exact=True).fill(number)
    page.get_by_label("The file (optional)").set_input_files(
        {"name": "Winifred’s plan.pdf", "mimeType": "application/pdf", "buffer": made.pdf()}
    )
    worker.presses("Put it on record").reads("Care and support plan is on record", "Winifred’s plan.pdf")

    assert not deadlines.running(case, "response").is_paused
    with page.expect_download() as download:
        page.get_by_role("link", name="Winifred’s plan.pdf").click()
    assert download.value.suggested_filename == "Winifred’s plan.pdf"
    signs_in(broker, page)
    at_broker.opens(reverse("casefile", args=[case.reference])).reads("Winifred’s plan.pdf", "Write the enquiry")
