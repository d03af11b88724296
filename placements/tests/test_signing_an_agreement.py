import hashlib
import io
import random
from datetime import UTC, datetime, timedelta

import pypdf
import pytest
import time_machine
from django.db import IntegrityError, InternalError, transaction

from brokerage.accounts.models import Role
from brokerage.audit.models import Event
from brokerage.errors import Refused
from brokerage.links import codes
from brokerage.links.models import OneTimeCode
from brokerage.notify.models import Message
from brokerage.paper.sealing import verify
from brokerage.tests.factories import UserFactory
from placements.contracts import actions, signing
from placements.contracts.models import Contract, ContractStatus, Original, Signature

from .contract_factories import ContractFactory, sign_for_provider

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 11, 3, 9, tzinfo=UTC)


@pytest.fixture
def contract():
    return ContractFactory()


@pytest.fixture
def broker(contract):
    return contract.referral.broker


def ask(contract, **answers):
    facts = {"name": "Grace Holloway", "role": "Registered manager", "agreement_hash": contract.agreement.sha256}
    return signing.ask_for_code(contract, **(facts | answers))


def digits(intent):
    return codes.digits_of(intent.code)


def enter(contract, intent, typed=None):
    return signing.enter_code(contract, intent_id=intent.pk, typed=digits(intent) if typed is None else typed)


def another(code):
    return f"{(int(code) + 1) % 1_000_000:06d}"


def status_of(contract):
    return Contract.objects.get(pk=contract.pk).status


# -- the provider signs


def test_the_provider_signs_with_the_code_from_its_mailbox(contract):  # LEI-21, AMB-10
    intent = ask(contract)

    assert enter(contract, intent) is None

    assert status_of(contract) == ContractStatus.PROVIDER_SIGNED
    signature = contract.signature_of("provider")
    assert (signature.name, signature.role) == ("Grace Holloway", "Registered manager")
    assert signature.mailbox == contract.mailbox
    assert signature.agreement_hash == contract.agreement.sha256
    event = Event.objects.get(verb="contract.provider_signed")
    assert event.actor_name == "Grace Holloway"
    assert event.actor_organisation == contract.provider_name


def test_the_code_goes_to_the_registered_mailbox_and_says_who_signs(contract):
    ask(contract)

    letter = Message.objects.get(template="agreement-code")
    assert letter.address == contract.mailbox
    assert "Grace Holloway, Registered manager" in letter.body
    assert digits(contract.intents.get()) not in letter.body  # the digits are put in at the moment of posting


def test_the_provider_and_the_broker_hear_of_it(contract):
    sign_for_provider(contract)

    assert Message.objects.get(template="agreement-you-signed").address == contract.mailbox
    assert Message.objects.get(template="agreement-provider-signed").address == contract.referral.broker.email
    contract.referral.work.refresh_from_db()
    assert contract.referral.work.next_step == "Sign the agreement for the council"


def test_saying_who_will_sign_signs_nothing(contract):
    ask(contract)

    assert status_of(contract) == ContractStatus.ISSUED
    assert not Signature.objects.exists()


def test_a_wrong_code_does_not_sign_and_stays_counted(contract):
    intent = ask(contract)

    assert enter(contract, intent, another(digits(intent))) == codes.WRONG

    assert status_of(contract) == ContractStatus.ISSUED
    assert OneTimeCode.objects.get().tries == 1


def test_five_wrong_tries_end_the_code(contract):
    intent = ask(contract)
    for _ in range(OneTimeCode.TRIES):
        enter(contract, intent, another(digits(intent)))

    assert enter(contract, intent) == codes.STALE
    assert status_of(contract) == ContractStatus.ISSUED


def test_a_code_that_ran_out_does_not_sign(contract):
    with time_machine.travel(NINE, tick=False):
        intent = ask(contract)
    with time_machine.travel(NINE + timedelta(minutes=15), tick=False):
        assert enter(contract, intent) == codes.STALE

    assert not Signature.objects.exists()


def test_a_code_for_one_agreement_does_not_sign_another(contract):
    other = ContractFactory()
    mine, theirs = ask(contract), ask(other)

    assert signing.enter_code(other, intent_id=theirs.pk, typed=digits(mine)) == codes.WRONG
    assert status_of(other) == ContractStatus.ISSUED


def test_the_code_sent_for_one_person_does_not_sign_for_the_next(contract):
    first = ask(contract, name="Grace Holloway")
    second = ask(contract, name="Somebody Else")

    assert "Somebody else has asked" in enter(contract, first)
    assert enter(contract, second, digits(first)) in {codes.WRONG, codes.STALE}
    assert enter(contract, second) is None
    assert contract.signature_of("provider").name == "Somebody Else"


def test_a_code_is_not_used_twice(contract):
    intent = ask(contract)
    enter(contract, intent)

    assert "already signed for the provider" in enter(contract, intent)
    assert Signature.objects.count() == 1


def test_what_was_on_the_page_must_be_what_is_signed(contract):
    with pytest.raises(Refused, match="not the one we hold"):
        ask(contract, agreement_hash="0" * 64)
    assert not OneTimeCode.objects.exists()
    assert not Message.objects.filter(template="agreement-code").exists()


@pytest.mark.parametrize("state", [{"provider_signed": True}, {"signed": True}])
def test_nobody_is_asked_to_sign_twice(state):
    with pytest.raises(Refused):
        ask(ContractFactory(**state))


# -- the provider declines


def test_the_provider_may_decline_and_say_why(contract, broker):
    signing.decline(contract, name="Grace Holloway", role="Registered manager", because="The address is wrong")

    contract = Contract.objects.get(pk=contract.pk)
    assert contract.status == ContractStatus.DECLINED
    assert contract.closed_because == "The address is wrong"
    assert Message.objects.get(template="agreement-declined").address == broker.email
    assert Message.objects.get(template="agreement-you-declined").address == contract.mailbox
    assert actions.issue(contract.placement, by=broker).status == ContractStatus.ISSUED


def test_a_signed_agreement_is_not_declined(contract):
    sign_for_provider(contract)

    with pytest.raises(Refused, match="already signed for the provider"):
        signing.decline(contract, name="G", role="M", because="Changed our mind")


# -- the council signs


def council_signs(contract, by, agreement_hash=None):
    return actions.sign(contract, agreement_hash=agreement_hash or contract.agreement.sha256, by=by)


def test_the_council_signs_after_the_provider(contract, broker):
    sign_for_provider(contract)

    council_signs(contract, broker)

    assert status_of(contract) == ContractStatus.SIGNED
    assert [signature.side for signature in contract.signatures.all()] == ["provider", "council"]
    assert contract.signature_of("council").user == broker
    assert Message.objects.get(template="agreement-signed").address == contract.mailbox
    assert Message.objects.get(template="agreement-complete").address == contract.referral.coordinator.email


def test_the_council_does_not_sign_first(contract, broker):
    with pytest.raises(Refused, match="The provider signs first"):
        council_signs(contract, broker)


def test_the_database_itself_refuses_the_council_first(contract, broker):
    with pytest.raises(IntegrityError, match="signs after the provider"), transaction.atomic():
        Signature.objects.create(**_council_signature(contract, broker))


def test_the_database_itself_refuses_a_signature_on_other_bytes(contract, broker):
    sign_for_provider(contract)

    with pytest.raises(IntegrityError, match="must be the agreement that was issued"), transaction.atomic():
        Signature.objects.create(**_council_signature(contract, broker) | {"agreement_hash": "0" * 64})


def test_the_database_itself_refuses_a_second_signature_for_a_side(contract, broker):
    sign_for_provider(contract)
    council_signs(contract, broker)

    with pytest.raises(IntegrityError, match="signature_one_a_side"), transaction.atomic():
        Signature.objects.create(**_council_signature(contract, broker))


def test_the_database_itself_refuses_a_provider_without_a_code(contract, broker):
    with pytest.raises(IntegrityError, match="provider_by_code"), transaction.atomic():
        Signature.objects.create(**_council_signature(contract, broker) | {"side": "provider"})


def test_a_signature_cannot_be_changed_or_removed(contract):
    sign_for_provider(contract)

    with pytest.raises(InternalError), transaction.atomic():
        Signature.objects.update(name="Somebody Else")
    with pytest.raises(InternalError), transaction.atomic():
        Signature.objects.all().delete()


def _council_signature(contract, broker):
    return {
        "contract": contract,
        "side": "council",
        "name": broker.full_name,
        "role": "Broker",
        "organisation": "Council",
        "mailbox": broker.email,
        "statement": "I sign",
        "agreement_hash": contract.agreement.sha256,
        "signed_at": NINE,
        "user": broker,
    }


def test_the_council_signs_what_was_on_its_page(contract, broker):
    sign_for_provider(contract)

    with pytest.raises(Refused, match="not the one we hold"):
        council_signs(contract, broker, agreement_hash="f" * 64)
    assert status_of(contract) == ContractStatus.PROVIDER_SIGNED


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.BROKER, Role.DUTY_BROKER, Role.TEAM_MANAGER}))
def test_only_a_broker_or_a_manager_signs_for_the_council(contract, role):
    sign_for_provider(contract)
    somebody = UserFactory(roles=[role], teams=[contract.referral.team])

    with pytest.raises(Refused, match="Only a broker or a team manager"):
        council_signs(contract, somebody)


@pytest.mark.parametrize("role", [Role.BROKER, Role.DUTY_BROKER, Role.TEAM_MANAGER])
def test_a_colleague_in_the_team_may_sign(contract, role):
    sign_for_provider(contract)

    council_signs(contract, UserFactory(roles=[role], teams=[contract.referral.team]))

    assert status_of(contract) == ContractStatus.SIGNED


def test_a_broker_of_another_team_does_not_sign(contract, stranger):
    sign_for_provider(contract)

    with pytest.raises(Refused, match="belongs to another team"):
        council_signs(contract, stranger)


@pytest.mark.parametrize("end", ["signed", "declined", "withdrawn"])
def test_an_agreement_that_is_over_is_not_signed(contract, broker, end):
    match end:
        case "signed":
            sign_for_provider(contract)
            council_signs(contract, broker)
        case "declined":
            signing.decline(contract, name="G", role="M", because="No")
        case "withdrawn":
            actions.withdraw(contract, because="Moved", by=broker)

    with pytest.raises(Refused):
        council_signs(Contract.objects.get(pk=contract.pk), broker)


def test_without_a_seal_nothing_is_signed(contract, broker, settings):
    sign_for_provider(contract)
    settings.SEAL_KEY = "/nowhere/key.pem"

    with pytest.raises(Refused, match="seal is not set up"):
        council_signs(contract, broker)
    assert status_of(contract) == ContractStatus.PROVIDER_SIGNED


def test_a_seal_that_cannot_be_made_undoes_the_signature(contract, broker, settings, tmp_path):
    sign_for_provider(contract)
    for name in ("SEAL_KEY", "SEAL_CERTIFICATE"):
        (tmp_path / name).write_text("not a key")
        setattr(settings, name, str(tmp_path / name))

    with pytest.raises(Exception, match=r".+"):
        council_signs(contract, broker)

    assert status_of(contract) == ContractStatus.PROVIDER_SIGNED
    assert contract.signature_of("council") is None
    assert not Message.objects.filter(template__in=["agreement-signed", "agreement-complete"]).exists()


# -- the one PDF that proves it


@pytest.fixture
def signed():
    return ContractFactory(signed=True)


def sealed(contract) -> bytes:
    return bytes(contract.signed_copy.pdf)


def test_the_sealed_pdf_is_whole_and_the_councils_own(signed):
    assert verify(sealed(signed)).good


def test_the_agreement_inside_is_the_very_one_that_was_signed(signed):
    [inside] = pypdf.PdfReader(io.BytesIO(sealed(signed))).attachments[f"agreement-{signed.enquiry_number}.pdf"]

    assert inside == bytes(signed.agreement.pdf)
    assert {signature.agreement_hash for signature in signed.signatures.all()} == {hashlib.sha256(inside).hexdigest()}


def test_the_first_page_says_who_signed_when_and_how_we_know(signed):
    page = pypdf.PdfReader(io.BytesIO(sealed(signed))).pages[0].extract_text()
    flat = " ".join(page.split())

    broker = signed.referral.broker
    for said in ("Grace Holloway", "Registered manager", signed.provider_name, signed.mailbox, broker.full_name):
        assert said in flat
    assert "one-time code was sent" in flat
    assert "I may sign it for" in flat
    assert signed.agreement.sha256 in flat.replace(" ", "")


def test_the_evidence_page_does_not_name_the_person(signed):
    pages = pypdf.PdfReader(io.BytesIO(sealed(signed))).pages

    assert len(pages) == 1
    assert "Okafor" not in pages[0].extract_text()


def test_times_are_local_and_say_so(contract):
    with time_machine.travel(datetime(2027, 7, 6, 15, 30, 20, tzinfo=UTC), tick=False):
        sign_for_provider(contract)
        contract = actions.sign(contract, agreement_hash=contract.agreement.sha256, by=contract.referral.broker)

    page = pypdf.PdfReader(io.BytesIO(sealed(contract))).pages[0].extract_text()
    assert "6 July 2027, 16:30:20 BST" in " ".join(page.split())


def test_a_flipped_byte_anywhere_shows(signed):  # T31
    pdf, chance = sealed(signed), random.Random(31)

    for place in chance.sample(range(len(pdf)), 100):
        changed = bytearray(pdf)
        changed[place] ^= 1 << chance.randrange(8)
        assert not signed.signed_copy.is_the_same_as(bytes(changed)), f"byte {place}"


def test_a_flipped_byte_in_what_the_seal_covers_breaks_the_seal(signed):  # T31
    pdf, chance = sealed(signed), random.Random(32)
    covered = pdf.index(b"/ByteRange")

    for place in chance.sample(range(covered), 100):
        changed = bytearray(pdf)
        changed[place] ^= 1 << chance.randrange(8)
        assert not verify(bytes(changed)).good, f"byte {place}"


def test_the_sealed_pdf_is_made_once(signed):
    with pytest.raises(IntegrityError), transaction.atomic():
        Original.objects.create(
            contract=signed,
            kind="signed",
            pdf=b"again",
            sha256=hashlib.sha256(b"again").hexdigest(),
            made_at=NINE,
        )
