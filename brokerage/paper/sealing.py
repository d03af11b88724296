"""The council's seal: a PAdES certifying signature that allows no change, so that any later change shows.

pyHanko brings a web client and much else along, half of all that a worker would load at its start. So it comes in when
something is sealed or looked at for the first time.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from asn1crypto.cms import ContentInfo
from django.conf import settings

FIELD = "CouncilSeal"


@dataclass(frozen=True)
class Verdict:
    """What a sealed PDF is worth."""

    intact: bool  # the sealed bytes are as they were sealed
    whole: bool  # and the seal covers the file to its end: nothing was added
    ours: bool  # the seal is the council's own certificate
    signer: str

    @property
    def good(self) -> bool:
        return self.intact and self.whole and self.ours


def seal(pdf: bytes, *, reason: str = "Sealed by the council") -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    signer = signers.SimpleSigner.load(settings.SEAL_KEY, settings.SEAL_CERTIFICATE)
    if signer is None:
        raise FileNotFoundError(
            f"There is no seal at {settings.SEAL_KEY} and {settings.SEAL_CERTIFICATE}. `manage.py make_seal` makes a pair."
        )
    how = signers.PdfSignatureMetadata(
        field_name=FIELD,
        reason=reason,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    return _apart(lambda: signers.PdfSigner(how, signer=signer).sign_pdf(writer, in_place=False).getvalue())


def verify(pdf: bytes) -> Verdict:
    """Look at the seal without asking anybody: the council's certificate is the one thing trusted."""
    from pyhanko.keys import load_cert_from_pemder
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    ours = load_cert_from_pemder(settings.SEAL_CERTIFICATE)
    try:
        [signature] = PdfFileReader(BytesIO(pdf)).embedded_signatures
        trust = ValidationContext(trust_roots=[ours], allow_fetching=False)
        found = _apart(lambda: validate_pdf_signature(signature, trust))
        tidy = _holds_nothing_else(pdf, signature)
    except Exception:  # a damaged file breaks its reader in more ways than can be listed; none of them is a seal
        return Verdict(intact=False, whole=False, ours=False, signer="")
    return Verdict(
        intact=found.intact and found.valid,
        whole=found.coverage == SignatureCoverageLevel.ENTIRE_FILE and found.bottom_line and tidy,
        ours=found.signing_cert.dump() == ours.dump(),
        signer=found.signing_cert.subject.native.get("common_name", ""),
    )


def _holds_nothing_else(pdf: bytes, signature) -> bool:
    """The signature cannot cover the place it is written in, so that place must hold the signature and noughts."""
    start, length, resume, _ = (int(number) for number in signature.byte_range)
    written = ContentInfo.load(signature.pkcs7_content).dump().hex().upper().encode()
    place = pdf[start + length : resume]
    return place == b"<" + written.ljust(len(place) - 2, b"0") + b">"


def _apart(work):
    """pyHanko starts an event loop of its own, which cannot be done in a thread that has one."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work).result()


def seal_exists() -> bool:
    return Path(settings.SEAL_KEY).is_file() and Path(settings.SEAL_CERTIFICATE).is_file()
