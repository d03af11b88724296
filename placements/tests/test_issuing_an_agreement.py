import hashlib
import io
from datetime import UTC, datetime

import pypdf
import pytest
import time_machine
from django.db import IntegrityError, InternalError, transaction

from brokerage.accounts.models import Role
from brokerage.audit.models import Event
from brokerage.errors import Refused
from brokerage.notify.models import Message
from brokerage.tests.factories import UserFactory
from placements.contracts import actions, signing
from placements.contracts.models import Contract, ContractStatus, Original
from providers.directory.models import Contact
from referrals.tests.factories import ReferralFactory

from .contract_factories import ContractFactory, PlacementFactory
from .factories import ClosedEnquiryFactory, OfferFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def placement():
    return PlacementFactory()


@pytest.fixture
def broker(placement):
    return placement.referral.broker


def read(original) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(bytes(original.pdf))).pages)


def test_the_agreement_is_written_and_the_provider_asked_to_sign(placement, broker):  # LEI-21
    contract = actions.issue(placement, by=broker)

    assert contract.status == ContractStatus.ISSUED
    assert contract.number.startswith("C")
    asked = Message.objects.get(template="agreement-to-sign")
    assert asked.address == contract.mailbox
    assert asked.audience == "provider"
    assert "[[link]]" in asked.body
    assert Event.objects.filter(verb="contract.issued", case=placement.referral.reference).count() == 1
    placement.referral.work.refresh_from_db()
    assert placement.referral.work.next_step == "Provider to sign the agreement"
    assert placement.referral.work.waits_on == "provider"


def test_the_coordinator_is_told(placement, broker):  # MED-09
    actions.issue(placement, by=broker)

    letter = Message.objects.get(template="agreement-issued")
    assert letter.address == placement.referral.coordinator.email
    assert letter.subject == f"WO {placement.referral.reference}: agreement sent to sign"


def test_what_was_arranged_stands_in_the_pdf(placement, broker):  # AMB-10
    words = read(actions.issue(placement, by=broker).agreement)

    for said in ("Winifred Okafor", placement.service.name, "30 November 2026", "£24.60 an hour", "£215.25", "£861.00"):
        assert said in words
    assert "Every day" in words
    assert "08:00" in words
    assert placement.reply.invitation.enquiry.number in words


def test_a_bed_is_priced_by_the_week_and_has_no_visits():
    placement = PlacementFactory(nursing=True)

    words = read(actions.issue(placement, by=placement.referral.broker).agreement)

    assert "£1,180.00" in words
    assert "an hour" not in words
    assert "Visits" not in words
    assert "28 days’ notice" in words


def test_what_the_provider_added_to_its_offer_is_part_of_it(broker):
    case = ReferralFactory(in_progress=True, broker=broker)
    enquiry = ClosedEnquiryFactory(referral=case)
    reply = OfferFactory(invitation__enquiry=enquiry, conditions="A key safe by the first day")
    placement = PlacementFactory(case=case, reply=reply)

    assert "A key safe by the first day" in read(actions.issue(placement, by=broker).agreement)


def test_the_bytes_are_kept_with_their_hash_and_the_same_words_are_the_same_bytes(placement, broker):
    from placements.contracts.papers import typeset_agreement

    contract = actions.issue(placement, by=broker)
    kept = bytes(contract.agreement.pdf)

    assert contract.agreement.sha256 == hashlib.sha256(kept).hexdigest()
    assert typeset_agreement(contract.words) == kept


def test_later_edits_do_not_rewrite_what_was_issued(placement, broker):
    contract = actions.issue(placement, by=broker)
    before = bytes(contract.agreement.pdf)
    placement.referral.person.last_name = "Somebody-Else"
    placement.referral.person.save()
    placement.service.name = "Renamed Care"
    placement.service.save()

    contract = Contract.objects.get(pk=contract.pk)

    assert bytes(contract.agreement.pdf) == before
    assert "Somebody-Else" not in str(contract.words)
    assert contract.provider_name != "Renamed Care"


# -- what the database holds to


def test_the_bytes_cannot_be_changed_or_removed(placement, broker):
    original = actions.issue(placement, by=broker).agreement

    with pytest.raises(InternalError), transaction.atomic():
        Original.objects.filter(pk=original.pk).update(pdf=b"%PDF-1.7 another")
    with pytest.raises(InternalError), transaction.atomic():
        Original.objects.filter(pk=original.pk).delete()


def test_bytes_that_are_not_what_their_hash_says_cannot_be_kept(placement, broker):
    contract = actions.issue(placement, by=broker)

    with pytest.raises(IntegrityError, match="original_is_what_its_hash_says"), transaction.atomic():
        Original.objects.create(
            contract=contract, kind="signed", pdf=b"%PDF-1.7", sha256="0" * 64, made_at=contract.issued_at
        )


def test_a_second_pdf_of_the_same_kind_cannot_be_kept(placement, broker):
    contract = actions.issue(placement, by=broker)
    pdf = b"%PDF-1.7 made again"

    with pytest.raises(IntegrityError, match="original_is_made_once"), transaction.atomic():
        Original.objects.create(
            contract=contract,
            kind="agreement",
            pdf=pdf,
            sha256=hashlib.sha256(pdf).hexdigest(),
            made_at=contract.issued_at,
        )


@pytest.mark.parametrize("change", [{"words": {}}, {"mailbox": "other@care.example"}, {"provider_name": "Another"}])
def test_what_the_agreement_says_and_whose_it_is_cannot_be_changed(placement, broker, change):
    contract = actions.issue(placement, by=broker)

    with pytest.raises(InternalError), transaction.atomic():
        Contract.objects.filter(pk=contract.pk).update(**change)


def test_there_is_one_live_agreement_for_a_placement(placement, broker):
    first = actions.issue(placement, by=broker)

    with pytest.raises(Refused, match=f"{first.number} is already waiting for the provider to sign"):
        actions.issue(placement, by=broker)
    with pytest.raises(IntegrityError, match="contract_one_live_a_placement"), transaction.atomic():
        Contract.objects.create(
            number="C999999", placement=placement, words={}, issued_at=first.issued_at, issued_by=broker
        )


# -- who may, and when


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.BROKER, Role.DUTY_BROKER}))
def test_nobody_but_a_broker_issues(placement, role):
    somebody = UserFactory(roles=[role], teams=[placement.referral.team])

    with pytest.raises(Refused, match="Only a broker"):
        actions.issue(placement, by=somebody)
    assert not Contract.objects.exists()


def test_a_broker_of_another_team_does_not_issue(placement, stranger):
    with pytest.raises(Refused, match="belongs to another team"):
        actions.issue(placement, by=stranger)


def test_a_placement_that_was_cancelled_has_nothing_to_agree(placement, broker):
    placement.status = "cancelled"
    placement.save()

    with pytest.raises(Refused, match="nothing to agree"):
        actions.issue(placement, by=broker)


def test_the_mailbox_for_signing_comes_before_the_one_for_enquiries(placement, broker):
    Contact.objects.create(service=placement.service, kind="signing", mailbox="director@hollybank.example")

    assert actions.issue(placement, by=broker).mailbox == "director@hollybank.example"


def test_a_provider_without_a_mailbox_is_not_sent_an_agreement(placement, broker):
    placement.service.contacts.all().delete()

    with pytest.raises(Refused, match="We have no mailbox for"):
        actions.issue(placement, by=broker)


# -- what letters give away (AMB-02, LEI-01)


def test_no_letter_to_a_provider_names_the_person_or_the_case():
    contract = ContractFactory(signed=True)
    actions.send_again(contract, by=contract.referral.broker)
    person, referral = contract.referral.person, contract.referral
    secrets = [
        *person.first_names.split(),
        person.last_name,
        person.address,
        person.postcode,
        person.postcode.split()[0],
        person.record_id,
        referral.reference,
        contract.number,
        "1941",
    ]
    letters = Message.objects.filter(audience="provider")

    assert letters.count() == 5  # to sign, the code, the receipt, the signed copy, and that one again
    for letter in letters:
        for secret in secrets:
            assert secret.lower() not in f"{letter.subject}\n{letter.body}".lower(), f"{secret} in {letter.template}"


def test_letters_to_staff_carry_initials_and_reference_and_no_name():
    contract = ContractFactory(signed=True)

    for letter in Message.objects.filter(audience="staff"):
        assert letter.subject.startswith(f"WO {contract.case_reference}: ")
        assert "Winifred" not in letter.subject + letter.body
        assert "Okafor" not in letter.subject + letter.body


# -- taking it back


def test_a_withdrawn_agreement_opens_nothing_and_another_may_be_issued(placement, broker):
    from brokerage.links import links

    contract = actions.issue(placement, by=broker)
    token = links.token_for(contract)

    actions.withdraw(contract, because="The start moved", by=broker)

    with pytest.raises(links.Replaced):
        links.find(Contract, token)
    told = Message.objects.get(template="agreement-withdrawn")
    assert "The start moved" not in told.body
    assert actions.issue(placement, by=broker).status == ContractStatus.ISSUED


def test_withdrawing_needs_a_reason(placement, broker):
    contract = actions.issue(placement, by=broker)

    with pytest.raises(Refused, match="Enter why"):
        actions.withdraw(contract, because="  ", by=broker)


def test_an_agreement_signed_by_both_is_not_withdrawn():
    contract = ContractFactory(signed=True)

    with pytest.raises(Refused, match="already signed by both"):
        actions.withdraw(contract, because="Too late", by=contract.referral.broker)


def test_a_fresh_link_cancels_the_one_before_it(placement, broker):
    from brokerage.links import links

    contract = actions.issue(placement, by=broker)
    older = links.token_for(contract)

    contract = actions.send_again(contract, by=broker)

    with pytest.raises(links.Replaced):
        links.find(Contract, older)
    assert links.find(Contract, links.token_for(contract)) == contract
    assert Message.objects.filter(template="agreement-to-sign", address=contract.mailbox).count() == 2


# -- the clock


def test_both_sides_have_two_working_days_to_sign():
    with time_machine.travel(datetime(2026, 11, 6, 15, tzinfo=UTC), tick=False):  # a Friday
        contract = ContractFactory()

    due = actions.signature_due(contract)
    assert due.due_at == datetime(2026, 11, 10, 17, tzinfo=UTC)
    assert due.case == contract.case_reference
    assert due.owner == contract.referral.broker
    assert "Tuesday 10 November 2026, 17:00" in Message.objects.get(template="agreement-to-sign").body


def test_the_clock_runs_until_both_have_signed():
    contract = ContractFactory(provider_signed=True)
    assert actions.signature_due(contract)

    actions.sign(contract, agreement_hash=contract.agreement.sha256, by=contract.referral.broker)

    assert actions.signature_due(contract) is None


@pytest.mark.parametrize("end", ["declined", "withdrawn"])
def test_the_clock_stops_when_nobody_will_sign(end):
    contract = ContractFactory()
    if end == "declined":
        signing.decline(contract, name="G", role="M", because="No carers")
    else:
        actions.withdraw(contract, because="Moved", by=contract.referral.broker)

    assert actions.signature_due(contract) is None
