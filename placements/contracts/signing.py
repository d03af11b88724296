"""What the provider does behind its link: says who will sign, enters the code, or declines."""

from django.db import transaction

from brokerage.audit.recording import Outsider, record
from brokerage.clocks import clock
from brokerage.errors import Refused
from brokerage.links import codes
from placements.contracts import actions, letters, rules
from placements.contracts.models import ContractStatus, Intent, Side, Signature
from referrals.work import actions as work
from referrals.work.models import WaitsOn

SIGN = "sign"  # what the code is for
STATEMENT = (
    "I have read this agreement. I may sign it for {provider}, and entering the code sent to our registered mailbox "
    "is my signature."
)


def statement_of(contract) -> str:
    return STATEMENT.format(provider=contract.provider_name)


@transaction.atomic
def ask_for_code(contract, *, name, role, agreement_hash) -> Intent:
    """Somebody says they will sign: send a code to the registered mailbox, naming them."""
    contract = actions.take(contract)
    if reason := rules.reason_provider_cannot_sign(contract):
        raise Refused(reason)
    actions.refuse_another_paper(contract, agreement_hash)

    code = codes.send(contract, SIGN, address=contract.mailbox)
    intent = Intent.objects.create(
        contract=contract,
        code=code,
        name=name,
        role=role,
        statement=statement_of(contract),
        agreement_hash=agreement_hash,
        said_at=code.sent_at,
    )
    said = f"A code to sign agreement {contract} sent to its registered mailbox, for {intent}"
    record("contract.code_sent", contract, by=_outsider(contract, name, role), said=said, mailbox=contract.mailbox)
    letters.to_provider(contract, "agreement-code", link=False, code=code, name=name, role=role)
    return intent


def intent_of(contract) -> Intent | None:
    """Who is about to sign: whoever the newest code was sent for."""
    return contract.intents.first()


def enter_code(contract, *, intent_id, typed) -> str | None:
    """Sign for the provider with the code. Answers why not, or None: a wrong try must stay counted, so nothing is raised."""
    with transaction.atomic():
        contract = actions.take(contract)
        if reason := rules.reason_provider_cannot_sign(contract):
            return reason
        intent = intent_of(contract)
        if intent is None or intent.pk != intent_id:
            return "Somebody else has asked for a code since. Start again, so that the right person signs."
        if reason := codes.spend(contract, SIGN, typed):
            return reason
        _sign(contract, intent)
    return None


def _sign(contract, intent):
    contract.move_to(ContractStatus.PROVIDER_SIGNED)
    contract.version += 1
    contract.save()
    Signature.objects.create(
        contract=contract,
        side=Side.PROVIDER,
        name=intent.name,
        role=intent.role,
        organisation=contract.provider_name,
        mailbox=intent.code.address,
        statement=intent.statement,
        agreement_hash=intent.agreement_hash,
        signed_at=clock.now(),
        intent=intent,
    )
    work.move_on(contract.referral, next_step="Sign the agreement for the council", awaits_signature=True)
    by = _outsider(contract, intent.name, intent.role)
    said = f"Agreement {contract} signed for {contract.provider_name}"
    record("contract.provider_signed", contract, by=by, said=said, sha256=intent.agreement_hash)
    letters.to_provider(contract, "agreement-you-signed", name=intent.name, role=intent.role)
    letters.to_broker(contract, "agreement-provider-signed", name=intent.name)


@transaction.atomic
def decline(contract, *, name, role, because):
    """The provider will not sign this, and says why."""
    contract = actions.take(contract)
    if reason := rules.reason_provider_cannot_sign(contract):
        raise Refused(reason)

    actions.close(contract, ContractStatus.DECLINED, name=name, role=role, because=because)
    work.move_on(
        contract.referral, next_step="Provider declined the agreement: talk to them", waits_on=WaitsOn.BROKERAGE
    )
    by = _outsider(contract, name, role)
    said = f"Agreement {contract} declined by {contract.provider_name}"
    record("contract.declined", contract, by=by, because=because, said=said)
    letters.to_provider(contract, "agreement-you-declined", link=False, name=name, role=role)
    letters.to_broker(contract, "agreement-declined")
    return contract


def _outsider(contract, name, role):
    return Outsider(name=name, role=role, organisation=contract.provider_name)
