"""Two whole journeys, from the web form to an agreement signed by both sides, as the people named, in a real browser.

PostgreSQL as the application's own role, Celery workers, Redis and SMTP are all real and run beside the test.
"""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from brokerage.clocks import clock
from brokerage.demo import council
from brokerage.errors import Refused
from brokerage.paper.certificates import make_pair
from brokerage.tests.walking import Mailbox, Visitor
from placements.models import Contract
from providers.enquiries import actions as enquiries
from providers.enquiries.models import Enquiry
from referrals.models import Referral

pytestmark = [pytest.mark.django_db(transaction=True)]

NAMES = ("Winifred", "Okafor", "12 Rose Lane", "943 476 5919", "9434765919", "M400777", "Chidi")


@pytest.fixture
def staff(transactional_db, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    return council.set_up()


@pytest.fixture
def seal(tmp_path, monkeypatch):
    """The council's seal, where the web process looks for it."""
    key, certificate = tmp_path / "seal.key.pem", tmp_path / "seal.cert.pem"
    make_pair(key, certificate, council="Marlshire County Council", at=clock.now())
    monkeypatch.setenv("SEAL_KEY", str(key))
    monkeypatch.setenv("SEAL_CERTIFICATE", str(certificate))


@pytest.fixture
def walk(page, seal, web, workers, mail, staff, no_axe_violations):
    page.set_default_timeout(20_000)
    visitor = Visitor(page, web.address, no_axe_violations)
    workers()
    return visitor


@pytest.fixture
def postbox(mail):
    return Mailbox(mail)


@pytest.fixture
def provider(phone, walk, no_axe_violations):
    """Somebody at a provider's, with a phone and no account."""
    phone.set_default_timeout(20_000)
    return Visitor(phone, walk.address, no_axe_violations)


def as_(walk, box):
    return walk.signs_in(f"{box}@marlshire.example", settings.DEMONSTRATION_PASSWORD)


def write_referral(walk, *, service, timetable, papers, priority="Routine"):
    """A co-ordinator writes a referral on its short pages, and stops before submitting."""
    as_(walk, "coordinator").presses("Make a referral").ticks(service).presses("Begin")
    reference = walk.page.url.rstrip("/").rsplit("/", 1)[1]

    walk.follows("The person").writes("First names", "Winifred").writes("Last name", "Okafor")
    walk.dates("Date of birth", date(1941, 2, 11)).writes("Case record number (optional)", "M400777")
    walk.writes("NHS number (optional)", "943 476 5919").writes("Address (optional)", "12 Rose Lane").writes(
        "Postcode", "zx1 4rt"
    )
    walk.presses("Save and return to the list")

    walk.follows("Whom we may ring about them").writes("Name", "Chidi Okafor").writes(
        "Who they are to the person", "son"
    )
    walk.presses("Save and return to the list")
    walk.follows("Deciding about this support").ticks("Yes").presses("Save and return to the list")

    walk.follows("Needs").writes(
        "What is happening, and what help is needed?", "Winifred fell twice. Chidi stays until Sunday."
    )
    walk.ticks("Older people", "Walks with a stick or frame").writes("Equipment they use (or None)", "Walking frame")
    walk.writes("Health conditions and disabilities (or None)", "Arthritis").writes(
        "Behaviour that others find hard (or None)", "None"
    )
    walk.writes("Support there is now, and who pays for it (or None)", "Family").presses("Save and return to the list")

    walk.follows("Outcomes and tasks").writes("First outcome", "To stay in my own home").ticks("Washing or showering")
    walk.presses("Save and return to the list")

    if timetable:
        walk.follows("Visits in a week").writes("Time, row 1", "8am").writes("Monday, row 1", "45")
        walk.page.get_by_role("button", name="Same every day").click()
        walk.reads("5.25 care hours a week").presses("Save and return to the list")

    for paper in papers:
        walk.follows("Papers on record").ticks(paper).dates("Its date", date(2026, 10, 30)).presses("Put it on record")
        walk.opens(f"/referrals/{reference}/")

    walk.follows("Start, urgency and funding").dates(
        "When should support start?", timezone.localdate(clock.now()) + timedelta(days=10)
    )
    walk.ticks(priority, "No", "Paid by the council", "A budget the council manages").presses(
        "Save and return to the list"
    )
    return reference


def test_home_care_from_the_web_form_to_an_agreement_signed_by_both_sides(walk, provider, postbox):
    # DER-03..07, DER-10, DER-13, LEI-10, LEI-17, LEI-21
    reference = write_referral(
        walk, service="Home care", timetable=True,
        papers=["Assessment, reassessment or review", "Care and support plan", "Home care referral"],
    )  # fmt: skip

    # sees at once when an answer is due and why, and submits
    walk.presses("Check and submit").reads("You will have an answer by", "Received").presses("Submit the referral")
    walk.reads("Referral submitted", "In the brokers’ queue")
    assert (
        postbox.newest("coordinator@marlshire.example", "received")["Subject"] == f"WO {reference}: referral received"
    )

    # it stands in the brokers' queue; a broker starts work and the start clock stops
    as_(walk, "broker").follows("Unassigned 1").reads(reference, "Home care", "ZX1").follows(f"WO {reference}")
    walk.presses("Start work").reads("You have started work")
    assert postbox.newest("coordinator@marlshire.example", "work has started")

    # the enquiry: exactly what providers will read, who is asked and why the others are not
    walk.presses("Write the enquiry").reads(
        "Exactly what providers will read", "Rowan Tree Home Care", "Who will be asked (4)"
    )
    walk.unfolds("Who will not be asked").reads(
        "Two missed visits under investigation", "Willow Lane Carers", "Far Valley Homecare"
    )
    walk.follows("Change the words")
    walk.writes("The need in brief", "Winifred needs help to get up and wash after a fall.").presses("Save and check")
    walk.reads("Put these words right", "Winifred").does_not_read("Send the enquiry").presses("Change the words")
    walk.writes("The need in brief", "Help to get up and wash after a fall.").presses("Save and check")
    walk.presses("Send the enquiry").reads("Enquiry sent")
    enquiry = Enquiry.objects.get()
    assert postbox.newest("coordinator@marlshire.example", "asked")

    # each provider has a letter of its own; three follow their links with no account
    asked = list(enquiry.invitations.order_by("miles", "pk"))
    for invitation in asked:
        letter = postbox.newest(invitation.mailbox, enquiry.number)
        assert letter["To"] == invitation.mailbox
        assert not any(name in letter.as_string() for name in (*NAMES, reference))
    first, second, third, *silent = asked

    provider.opens(postbox.link(first.mailbox, enquiry.number)).reads(
        "Can you offer home care?", "Help to get up and wash", "To stay in my own home"
    )
    provider.does_not_read(*NAMES, reference, "Amina")
    provider.presses("Yes, all of it").writes("Your rate an hour", "23.10").dates(
        "When can you start?", date.today() + timedelta(days=9)
    )
    provider.writes("Your name", "Pat Lowe").writes("Your role", "Care manager").presses("Send your reply")
    provider.reads("We have your reply", "£23.10 an hour")

    provider.opens(postbox.link(second.mailbox, enquiry.number)).presses("Yes, part of it")
    provider.ticks("Monday 08:00, 45 minutes", "Tuesday 08:00, 45 minutes").writes("Your rate an hour", "22.50")
    provider.dates("When can you start?", date.today() + timedelta(days=9)).writes("Your name", "Kim Shaw").writes(
        "Your role", "Owner"
    )
    provider.presses("Send your reply").reads("We have your reply")

    provider.opens(postbox.link(third.mailbox, enquiry.number)).presses("No").ticks("No staff at these times")
    provider.writes("Your name", "Lou Webb").writes("Your role", "Co-ordinator").presses("Send your reply").reads(
        "We have your reply"
    )

    # sealed until the deadline; then compared, chosen and arranged
    as_(walk, "broker").opens(f"/cases/{reference}/offers/").reads("sealed").does_not_read("23.10")
    the_deadline_passes(enquiry)
    walk.opens(f"/cases/{reference}/offers/").reads(
        "£121.28", first.service_name, second.service_name, "No staff at these times"
    )
    walk.presses("Tell the referrer the options are ready").reads("The referrer has been told")
    walk.presses("Record the choice").ticks(first.service_name).writes("Who chose?", "The person, with her son")
    walk.writes("Why this one?", "The same carers every morning").presses("Record the choice").reads("Choice recorded")
    walk.presses("Arrange the placement").presses("Arrange it").reads("Arranged")
    placed = postbox.newest(second.mailbox, "placed").get_content()
    assert first.service_name not in placed
    assert postbox.newest(silent[0].mailbox, "placed")

    # the agreement: the provider signs by link and a one-time code, then the broker
    sign_both_sides(walk, provider, postbox, reference, first)

    # the co-ordinator was told at every step, and the history shows all of it
    subjects = [str(letter["Subject"]) for letter in postbox.to("coordinator@marlshire.example")]
    assert all(subject.startswith("WO ") for subject in subjects)
    assert len(subjects) >= 7
    as_(walk, "broker").opens(f"/cases/{reference}/history/")
    walk.reads(
        "Referral for home care received",
        "Tom Birch started work",
        "sent to 4 providers",
        f"{first.service_name} replied",
        "chosen by The person, with her son",
        "arranged from",
        "signed for the council, and sealed",
    )
    assert not any(name in letter.as_string() for letter in postbox.server.letters for name in ("Winifred", "Okafor"))


def test_a_nursing_home_above_the_contracted_rate_goes_to_panel_twice(walk, provider, postbox):
    # MED-06, MED-08, MED-09, MED-10, MED-11
    reference = write_referral(
        walk,
        service="Nursing home",
        timetable=False,
        papers=["Assessment, reassessment or review", "Care and support plan"],
    )
    walk.presses("Check and submit").presses("Submit the referral")
    as_(walk, "broker").opens(f"/cases/{reference}/").presses("Start work")

    # nothing is sent before panel agreed the search: refused in the page and underneath
    walk.reads("needs panel's agreement to search before any provider is asked")
    broker = Referral.objects.get().broker
    with pytest.raises(Refused, match="needs panel's agreement to search"):
        enquiries.begin(Referral.objects.get(), by=broker)

    # a search agreement at panel, decided by somebody who is not the case's broker
    walk.presses("Put the search to panel")
    walk.writes("What do you recommend, and why?", "Home is no longer safe. Nursing care is needed.").presses(
        "Put it to panel"
    )
    as_(walk, "chair").reads("Panel", reference).follows(f"WO {reference}").reads("Home is no longer safe")
    walk.ticks("Approve").presses("Record decision").reads("Decision recorded")

    # an enquiry to care homes near the person; two offers, the chosen one above the rate
    as_(walk, "broker").opens(f"/cases/{reference}/").presses("Write the enquiry").reads("Alder Court Nursing Home")
    walk.presses("Send the enquiry").reads("Enquiry sent")
    enquiry = Enquiry.objects.get()
    first, second, *_ = enquiry.invitations.order_by("miles", "pk")
    for invitation, rate in ((first, "985"), (second, "1140")):
        provider.opens(postbox.link(invitation.mailbox, enquiry.number)).reads("a nursing home place").does_not_read(
            *NAMES, reference
        )
        provider.presses("Yes, all of it").writes("Your rate a week", rate).dates(
            "When can you start?", date.today() + timedelta(days=5)
        )
        provider.writes("Your name", "Pat Lowe").writes("Your role", "Manager").presses("Send your reply").reads(
            "We have your reply"
        )
    the_deadline_passes(enquiry)

    as_(walk, "broker").opens(f"/cases/{reference}/offers/").reads("£1,140.00", "£155.00 above the contracted rate")
    walk.presses("Record the choice").ticks(second.service_name).writes("Who chose?", "Her son, with her")
    walk.writes("Why this one?", "A room over the garden").presses("Record the choice")

    # arranging it is refused without the second agreement
    walk.reads("£1,140.00 a week is above the contracted £985.00 a week, so panel must agree to it")
    walk.opens(f"/cases/{reference}/arrange/").reads("so panel must agree to it").opens(f"/cases/{reference}/")

    # a negotiation recorded, then panel's final agreement to that rate
    walk.presses("Negotiate the price").ticks("We proposed a rate").writes("Rate", "1000").writes(
        "What was said", "Our usual"
    )
    walk.presses("Record it").ticks("They agreed to a lower rate").writes("Rate", "1085").writes(
        "What was said", "For a long stay"
    )
    walk.presses("Record it").presses("Ask panel to agree the price").reads("£1,085.00")
    walk.writes("What do you recommend, and why?", "The only suitable room this week.").presses("Put it to panel")
    as_(walk, "chair").follows(f"WO {reference}").reads("£100.00 above", "For a long stay").ticks("Approve").presses(
        "Record decision"
    )

    # then placement and agreement
    as_(walk, "broker").opens(f"/cases/{reference}/").presses("Arrange the placement").reads("£1,085.00").presses(
        "Arrange it"
    )
    sign_both_sides(walk, provider, postbox, reference, second)


def the_deadline_passes(enquiry):
    """The clock is the database's row: the next sweep finds it due."""
    passed = clock.now() - timedelta(minutes=1)
    Enquiry.objects.filter(pk=enquiry.pk).update(closes_at=passed)
    enquiries.close_due(at=clock.now())


def sign_both_sides(walk, provider, postbox, reference, invitation):
    walk.opens(f"/cases/{reference}/").presses("Issue the agreement")
    walk.page.get_by_role("button").filter(has_text="Send").first.click()
    contract = Contract.objects.get()

    provider.opens(postbox.link(contract.mailbox, "sign")).reads("Read the agreement")
    provider.writes("Your full name", "Robin Hale").writes("Your role", "Registered manager")
    provider.page.get_by_role("checkbox").first.check()
    provider.presses("Send a code to our registered mailbox").writes("6-digit code", postbox.code(contract.mailbox))
    provider.presses("Sign the agreement").reads("Robin Hale signed")

    walk.opens(f"/cases/{reference}/").presses("Sign the agreement").presses("Sign for the council")
    walk.page.get_by_role("checkbox").first.check()
    walk.presses("Sign and seal the agreement").reads("Signed agreement, sealed")
    assert postbox.newest("coordinator@marlshire.example", "agreement")
    link = postbox.link(contract.mailbox, "signed by both")
    with provider.opens(link).page.expect_download() as download:
        provider.page.get_by_role("button", name="Download the signed agreement").click()
    contract.refresh_from_db()
    assert download.value.path().read_bytes() == bytes(contract.signed_copy.pdf)
