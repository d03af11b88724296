"""What happened at the signing, for somebody who was not there."""

from django.utils import timezone

from placements.contracts.models import Side


def evidence_of(contract, *, signed_at) -> dict:
    words, agreement = contract.words, contract.agreement
    return {
        "title": f"Signed agreement for enquiry {contract.enquiry_number}",
        "council": words["council"],
        "number": contract.number,
        "enquiry": contract.enquiry_number,
        "provider": contract.provider_name,
        "agreement": f"{words['title'].lower()} {contract.number}, dated {words['dated']}",
        "hash": in_groups(agreement.sha256),
        "file": agreement.file_name,
        "size": f"{len(agreement.pdf):,} bytes",
        "dated_on": timezone.localtime(signed_at).date().isoformat(),
        "issued": f"{to_the_second(contract.issued_at)}, by {contract.issued_by.full_name}, to {contract.mailbox}",
        "signatures": [
            _signature(signature) for signature in contract.signatures.select_related("intent__code", "user")
        ],
    }


def _signature(signature) -> dict:
    return {
        "side": signature.get_side_display().lower(),
        "facts": [
            ["Signed by", signature.name],
            ["Role", signature.role],
            ["For", signature.organisation],
            ["Mailbox", signature.mailbox],
            ["Signed at", to_the_second(signature.signed_at)],
            ["How we know", _how_we_know(signature)],
            ["They said", signature.statement],
            ["What they signed", f"SHA-256 {in_groups(signature.agreement_hash)}"],
        ],
    }


def _how_we_know(signature) -> str:
    if signature.side == Side.COUNCIL:
        return f"Signed in to the council’s service with the account of {signature.user.email}."
    code = signature.intent.code
    return (
        f"A one-time code was sent to {code.address} at {to_the_second(code.sent_at)} "
        f"and entered at {to_the_second(code.used_at)}."
    )


def to_the_second(instant) -> str:
    """3 November 2026, 14:05:09 GMT"""
    at = timezone.localtime(instant)
    return f"{at.day} {at:%B %Y, %H:%M:%S %Z}"


def in_groups(sha256: str) -> str:
    """In eights, so that two people can compare it over the phone."""
    return " ".join(sha256[place : place + 8] for place in range(0, len(sha256), 8))
