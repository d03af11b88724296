"""The two PDFs: the agreement that is signed, and the sealed one that proves it was."""

import hashlib

from brokerage.paper.sealing import seal
from brokerage.paper.typesetting import typeset
from placements.contracts.evidence import evidence_of


def typeset_agreement(words: dict) -> bytes:
    return typeset("placements/contracts/agreement.typ", words)


def seal_signed(contract, *, signed_at) -> bytes:
    """Evidence first, the agreement inside exactly as it was signed, the council's seal over all of it."""
    agreement = bytes(contract.agreement.pdf)
    says = evidence_of(contract, signed_at=signed_at)
    pdf = typeset("placements/contracts/evidence.typ", says, enclosing={"agreement.pdf": agreement})
    return seal(pdf, reason="Signed by both sides")


def hash_of(pdf: bytes) -> str:
    return hashlib.sha256(pdf).hexdigest()
