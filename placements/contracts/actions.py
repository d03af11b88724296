"""Issuing the agreement, and what the council does about it afterwards. What the provider does is in `signing`."""

from django.db import transaction
from django.utils import timezone

from brokerage.audit.recording import record
from brokerage.clocks import calendars, clock, working_time
from brokerage.council import settings as council
from brokerage.deadlines import actions as deadlines
from brokerage.errors import Refused
from brokerage.links import links
from brokerage.numbers import next_number
from placements.contracts import document, letters, papers, rules
from placements.contracts.models import Contract, ContractStatus, Original, Side, Signature
from placements.placing.models import Placement
from referrals.work import actions as work
from referrals.work.models import WaitsOn

SIGNATURE_DAYS = 2  # working days for both sides to sign
STATEMENT = "I have checked this agreement against what was arranged, and I sign it for {council}."


@transaction.atomic
def issue(placement, *, by):
    """Write the agreement, once, and send the provider a link to read and sign it."""
    placement = Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)
    if reason := rules.reason_not_to_issue(placement, by):
        raise Refused(reason)

    now, number = clock.now(), next_number("C")
    words = preview(placement, number=number, at=now)
    enquiry = placement.reply.invitation.enquiry
    contract = Contract.objects.create(
        number=number,
        placement=placement,
        enquiry_number=enquiry.number,
        service_in_words=placement.referral.pathway.terms.service_in_words,
        provider_name=placement.service.name,
        mailbox=rules.mailbox_for_signing(placement.service),
        words=words,
        issued_at=now,
        issued_by=by,
    )
    original = _keep(contract, Original.Kind.AGREEMENT, papers.typeset_agreement(words), at=now)
    _start_clock(contract, by=by)
    work.move_on(
        placement.referral, next_step="Provider to sign the agreement", waits_on=WaitsOn.PROVIDER, awaits_signature=True
    )
    said = f"Agreement {contract} sent to {contract.provider_name} to sign"
    record("contract.issued", contract, by=by, said=said, sha256=original.sha256, mailbox=contract.mailbox)
    letters.ask_to_sign(contract, until=signature_due(contract).due_at)
    letters.to_coordinator(contract, "agreement-issued")
    return contract


def signature_due(contract):
    """The clock that runs until both have signed, or None."""
    return deadlines.running(contract, "signature")


def preview(placement, *, number="", at) -> dict:
    """What the agreement would say if it were issued now."""
    return document.words_of(
        placement, number=number, dated_on=timezone.localtime(at).date(), council=council.current()
    )


@transaction.atomic
def sign(contract, *, agreement_hash, by):
    """Sign for the council, after the provider; then seal the one PDF that both sides keep."""
    contract = take(contract)
    if reason := rules.reason_not_to_sign(contract, by):
        raise Refused(reason)
    refuse_another_paper(contract, agreement_hash)

    now = clock.now()
    contract.move_to(ContractStatus.SIGNED)
    _save(contract)
    Signature.objects.create(
        contract=contract,
        side=Side.COUNCIL,
        name=by.full_name,
        role=by.job_title or ", ".join(map(str, by.role_names)),
        organisation=contract.words["council"],
        mailbox=by.email,
        statement=STATEMENT.format(council=contract.words["council"]),
        agreement_hash=agreement_hash,
        signed_at=now,
        user=by,
    )
    signed = _keep(contract, Original.Kind.SIGNED, papers.seal_signed(contract, signed_at=now), at=now)
    deadlines.stop(contract, "signature", by=by)
    start = document.day_in_words(contract.placement.start_on)
    work.move_on(contract.referral, next_step=f"Check that it starts on {start}")
    said = f"Agreement {contract} signed for the council, and sealed"
    record("contract.signed", contract, by=by, said=said, sha256=signed.sha256, agreement_sha256=agreement_hash)
    letters.to_provider(contract, "agreement-signed")
    letters.to_coordinator(contract, "agreement-complete")
    return contract


@transaction.atomic
def withdraw(contract, *, because, by):
    """Take the agreement back before both have signed. Its link opens nothing from now on."""
    contract = take(contract)
    if reason := rules.reason_not_to_withdraw(contract, by):
        raise Refused(reason)
    if not because.strip():
        raise Refused("Enter why the agreement is withdrawn.")

    close(contract, ContractStatus.WITHDRAWN, name=by.full_name, role="", because=because, by=by)
    links.withdraw(contract)
    work.move_on(contract.referral, next_step="Issue the agreement")
    record("contract.withdrawn", contract, by=by, because=because, said=f"Agreement {contract} withdrawn")
    letters.to_provider(contract, "agreement-withdrawn", link=False)
    return contract


@transaction.atomic
def send_again(contract, *, by):
    """A fresh link to the registered mailbox. The link sent before opens nothing from now on."""
    contract = take(contract)
    if reason := rules.reason_not_to_send_again(contract, by):
        raise Refused(reason)

    links.replace(contract)
    said = f"A fresh link to agreement {contract} sent to {contract.provider_name}"
    record("contract.link_sent_again", contract, by=by, said=said, mailbox=contract.mailbox)
    match contract.status:
        case ContractStatus.ISSUED:
            letters.ask_to_sign(contract, until=signature_due(contract).due_at)
        case ContractStatus.PROVIDER_SIGNED:
            letters.to_provider(contract, "agreement-to-read")
        case ContractStatus.SIGNED:
            letters.to_provider(contract, "agreement-signed")
    return contract


def close(contract, status, *, name, role, because, by=None):
    """Declined or withdrawn: nobody signs this any more."""
    contract.move_to(status)
    contract.closed_at = clock.now()
    contract.closed_by_name, contract.closed_by_role, contract.closed_because = name, role, because.strip()
    _save(contract)
    deadlines.stop(contract, "signature", by=by, because=because.strip())


def refuse_another_paper(contract, agreement_hash):
    """What was on the page must be what is signed."""
    if agreement_hash != contract.agreement.sha256:
        raise Refused("The agreement you read is not the one we hold. Open the page again and read it before you sign.")


def take(contract):
    return Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)


def _save(contract):
    contract.version += 1
    contract.save()


def _start_clock(contract, *, by):
    referral = contract.referral
    deadlines.start(
        contract,
        "signature",
        deadline=working_time.within_days(SIGNATURE_DAYS, clock.now(), calendars.policy(), rule="signature"),
        case=referral.reference,
        team_id=referral.team_id,
        owner_id=referral.broker_id,
        initials=referral.initials,
        by=by,
    )


def _keep(contract, kind, pdf, *, at):
    return Original.objects.create(contract=contract, kind=kind, pdf=pdf, sha256=papers.hash_of(pdf), made_at=at)
