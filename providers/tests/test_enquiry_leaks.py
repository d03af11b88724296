# AMB-02: whatever the record holds, nothing of it reaches a provider but what a pathway allows

import re
from datetime import UTC, date, datetime

import pytest
import time_machine

from brokerage.audit.recording import history_of
from brokerage.errors import Refused
from brokerage.links import links
from brokerage.naming.plain import squashed
from brokerage.notify.composing import compose
from brokerage.notify.models import Message
from providers.enquiries import actions, anonymise
from providers.enquiries.models import Invitation
from providers.enquiries.sheet import Sheet
from providers.tests.factories import EnquiryFactory
from referrals.needs.models import Outcome
from referrals.people.models import Contact

pytestmark = pytest.mark.django_db

SECRETS = [
    "Winifred", "Adaeze", "Okafor", "Winnie", "Chidi", "Ngozi", "Eze", "Amina", "Yusuf", "Tom Birch", "MOS4471",
    "9434765919", "Rose Lane", "12 Rose", "PL4 8AA", "8AA", "01752496012", "07700900123", "winifred@example.com",
    "chidi@example.com", "11 February 1941", "1941", "Larkhill Primary", "stroke in 2019", "shouts at Ngozi",
    "daughter pays", "council pays",
]  # fmt: skip


@pytest.fixture(autouse=True)
def tuesday():
    with time_machine.travel(datetime(2026, 11, 3, 12, 30, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def enquiry(coordinator, broker):
    """A record full of names, and a broker's words with none of them."""
    enquiry = EnquiryFactory(
        services=2,
        referral__referred_by=coordinator,
        referral__broker=broker,
        referral__started_by=broker,
        created_by=broker,
    )
    person, needs, referral = enquiry.referral.person, enquiry.referral.needs, enquiry.referral
    facts = {
        "first_names": "Winifred Adaeze", "known_as": "Winnie", "record_id": "MOS4471", "nhs_number": "9434765919",
        "phone": "01752 496012", "email": "winifred@example.com", "school": "Larkhill Primary School",
        "born_on": date(1941, 2, 11),
    }  # fmt: skip
    for name, value in facts.items():
        setattr(person, name, value)
    person.save()
    Contact.objects.create(
        person=person, name="Chidi Okafor", relationship="son", phone="07700 900123", email="chidi@example.com"
    )
    Contact.objects.create(person=person, name="Ngozi Eze", relationship="neighbour")
    needs.summary = "Winifred fell. Chidi Okafor of 12 Rose Lane called 07700 900123."
    needs.health = "Had a stroke in 2019, under Dr Eze."
    needs.behaviour = "She shouts at Ngozi."
    needs.current_support = "Her daughter pays, the council pays the rest."
    needs.language, needs.diet, needs.equipment = "Igbo", "Soft food", "Walking frame"
    needs.save()
    referral.priority_reason = "Chidi Okafor goes home to Lagos"
    referral.save()
    return enquiry


BY_CHANCE = re.compile(  # numbers drawn at random: a form's key, a script's nonce, the token against forged forms, a receipt
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|nonce[-=]\"?[\w+/-]{20,}={0,2}|\b[A-Za-z0-9]{32,64}\b|\b[0-9A-F]{4}(-[0-9A-F]{4}){2}\b"
)


def assert_none_of_it(text, of_what, referral):
    flat = squashed(BY_CHANCE.sub("", text))
    found = [secret for secret in [*SECRETS, referral.reference] if squashed(secret) in flat]
    assert not found, f"{of_what} tells {found}"


def test_the_frozen_sheet_tells_nothing_of_the_record(enquiry):
    sent = actions.send(enquiry, by=enquiry.referral.broker)

    assert_none_of_it(str(sent.sheet), "The sheet", enquiry.referral)
    assert sent.sheet["preferences"]["language"] == "Igbo"


def test_the_page_a_provider_reads_tells_nothing_of_the_record(enquiry, client):
    actions.send(enquiry, by=enquiry.referral.broker)

    for invitation in Invitation.objects.filter(enquiry=enquiry):
        path = links.path_of(invitation)
        answer = client.get(path)
        assert answer.status_code == 200
        everything = answer.content.decode() + str(dict(answer.headers)) + str(answer.cookies)
        assert enquiry.need_in_brief in everything
        assert_none_of_it(everything.replace(links.token_for(invitation), ""), "The page", enquiry.referral)


@pytest.mark.parametrize("deed", ["send", "withdraw"])
def test_no_byte_of_a_letter_to_a_provider_tells_anything_of_the_record(enquiry, deed):
    actions.send(enquiry, by=enquiry.referral.broker)
    if deed == "withdraw":
        Message.objects.all().delete()
        actions.withdraw(enquiry, because="Winifred Okafor has died", by=enquiry.referral.broker)

    letters = Message.objects.filter(audience="provider")
    assert letters.count() == 2
    tokens = [links.token_for(invitation) for invitation in Invitation.objects.filter(enquiry=enquiry)]
    for letter in letters:
        posted = compose(letter).decode()
        for token in tokens:
            posted = posted.replace(token, "")
        headers, _, body = posted.partition("\r\n\r\n")
        shown = "\n".join(line for line in headers.splitlines() if not line.startswith(("Date:", "Message-ID:")))
        assert_none_of_it(shown + body, f"A letter to {letter.address}", enquiry.referral)


def test_letters_to_council_staff_carry_initials_and_no_name_in_the_subject(enquiry):
    actions.send(enquiry, by=enquiry.referral.broker)

    for letter in Message.objects.filter(audience="staff"):
        assert letter.subject.startswith(f"WAO {enquiry.referral.reference}: ")
        assert "Okafor" not in letter.subject + letter.body


def test_a_sheet_holds_only_what_the_pathway_allows(enquiry):
    pathway = enquiry.referral.pathway
    pathway.definition = {**pathway.definition, "sheet": ["need_in_brief", "timetable"]}

    sheet = anonymise.sheet_of(enquiry)

    shown = {name for name, value in sheet.to_data().items() if value not in ("", [], None, False)}
    assert shown == {
        "enquiry",
        "service",
        "need_in_brief",
        "timetable",
        "hours_a_week",
        "unit",
        "sealed",
        "judged_by",
        "preferences",
    }
    assert not sheet.preferences
    assert sheet.distance(3) == ""


def test_a_field_added_to_the_record_does_not_reach_the_sheet_by_itself(enquiry):
    """The sheet has the fields it has: whoever adds one changes this test, and thinks."""
    assert set(Sheet(enquiry="E1", service="x").to_data()) == {
        "enquiry", "service", "need_in_brief", "age_band", "area", "shows_distance", "outcomes", "tasks", "bands",
        "mobility", "equipment", "preferences", "timetable", "hours_a_week", "wanted_start_on", "start_flexibility",
        "unit", "reply_by", "reply_by_sentence", "sealed", "judged_by", "answers",
    }  # fmt: skip


@pytest.mark.parametrize("field", ["language", "faith_and_culture", "diet", "equipment"])
def test_every_text_of_the_record_that_providers_read_is_checked(enquiry, field):
    setattr(enquiry.referral.needs, field, "Ask Chidi")
    enquiry.referral.needs.save()

    assert "“Chidi”" in refusal(enquiry)


def test_outcomes_and_the_starts_flexibility_are_checked(enquiry):
    enquiry.referral.start_flexibility = "When Chidi is back"
    enquiry.referral.save()
    Outcome.objects.filter(referral=enquiry.referral).update(words="Lunch at 12 Rose Lane")

    assert "“12 Rose Lane” and 1 more" in refusal(enquiry)


def test_the_history_of_the_case_keeps_why_a_withdrawal_was_made(enquiry):
    actions.send(enquiry, by=enquiry.referral.broker)
    actions.withdraw(enquiry, because="Winifred has died", by=enquiry.referral.broker)

    assert history_of(enquiry.referral.reference).filter(because="Winifred has died").exists()


@pytest.mark.parametrize(
    ("born_on", "band"),
    [
        (date(1941, 11, 3), "85 or over"),
        (date(1941, 11, 4), "80 to 84"),
        (date(1961, 11, 3), "65 to 69"),
        (date(1961, 11, 4), "55 to 64"),
        (date(2008, 11, 3), "18 to 24"),
        (date(2008, 11, 4), "aged 14 to 17"),
        (date(2016, 11, 4), "aged 8 to 10"),
        (date(2026, 1, 1), "aged under 2"),
        (None, ""),
    ],
)
def test_an_age_is_told_as_a_band(enquiry, born_on, band):
    enquiry.referral.person.born_on = born_on

    assert anonymise.age_band(enquiry.referral.person, date(2026, 11, 3)) == band


def refusal(enquiry) -> str:
    with pytest.raises(Refused) as said:
        actions.send(enquiry, by=enquiry.referral.broker)
    return str(said.value)
