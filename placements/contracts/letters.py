"""Who is written to about an agreement. Providers read the enquiry's number and nothing else of the case."""

from brokerage.council import settings as council
from brokerage.design.wording import full
from brokerage.notify.telling import tell


def to_provider(contract, template, *, code=None, link=True, **words):
    return tell(
        contract.mailbox,
        template,
        case=contract.case_reference,
        about=contract,
        link=contract if link else None,
        code=code,
        audience="provider",
        number=contract.enquiry_number,
        service=contract.service_in_words,
        council=contract.words["council"],
        phone=council.current().phone,
        **words,
    )


def ask_to_sign(contract, *, until):
    return to_provider(contract, "agreement-to-sign", until=full(until))


def to_broker(contract, template, **words):
    _to_staff(contract.referral.broker_address, contract, template, **words)


def to_coordinator(contract, template, **words):
    _to_staff(contract.referral.coordinator_address, contract, template, **words)


def _to_staff(address, contract, template, **words):
    referral = contract.referral
    tell(
        address,
        template,
        case=referral.reference,
        about=contract,
        initials=referral.initials,
        reference=referral.reference,
        provider=contract.provider_name,
        page=contract.get_absolute_url(),
        **words,
    )
