"""What is handed in is looked at before it is kept: its size, then its content, then by the scanner where there is one."""

import hashlib
import json
import logging
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from brokerage.clocks import clock
from brokerage.errors import Refused
from brokerage.files import looking, names, scanner
from brokerage.files.models import Piece, Verdict
from brokerage.files.uploading import TooLarge

logger = logging.getLogger(__name__)

WAIT = 15  # seconds, by the clock on the wall, for the program that looks
UNREADABLE = "This file could not be checked. Print it to a PDF and upload that"
SCANNER_AWAY = (
    "The virus scanner does not answer, so the file was not kept. "
    "Try again in a few minutes, or record the paper without its file"
)


@dataclass(frozen=True)
class Checked:
    """A file that may be kept, as it lies in the upload's own temporary place."""

    upload: UploadedFile
    kind: str
    shown_as: str
    size: int
    sha256: str
    verdict: str
    scanned_by: str = ""
    scanned_at: datetime | None = None

    def chunks(self):
        return _chunks(self.upload, self.size)


def check(upload: UploadedFile) -> Checked:
    """
    Raises:
        Refused: it is not taken; the sentence says what to do instead.
    """
    most = settings.LARGEST_FILE
    if isinstance(upload, TooLarge) or upload.size > most:
        raise Refused(f"Upload a file smaller than {most // 1024 // 1024} MB.")
    if not upload.size:
        raise Refused("This file is empty. Choose it again.")
    kind, size = _look(upload)
    digest = hashlib.sha256()
    for chunk in _chunks(upload, size):
        digest.update(chunk)
    return Checked(
        upload=upload,
        kind=kind,
        shown_as=names.clean(upload.name or "", ending=kind),
        size=size,
        sha256=digest.hexdigest(),
        **_scan(upload, size),
    )


def _look(upload) -> tuple[str, int]:
    with tempfile.NamedTemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as copy:
        for chunk in _chunks(upload, upload.size):
            copy.write(chunk)
        copy.flush()
        try:
            done = subprocess.run(
                [sys.executable, "-IB", looking.__file__, copy.name],
                env={},
                capture_output=True,
                timeout=WAIT,
                check=True,
            )
            said = json.loads(done.stdout)
        except (subprocess.SubprocessError, ValueError) as error:
            logger.warning("A file could not be looked into: %s.", type(error).__name__)
            raise Refused(f"{UNREADABLE}.") from None
    if refused := said.get("refused"):
        raise Refused(f"{refused}.")
    return said["kind"], said["keep"]


def _scan(upload, size) -> dict:
    if not scanner.is_configured():
        return {"verdict": Verdict.NOT_SCANNED}
    try:
        found = scanner.scan(_chunks(upload, size))
    except scanner.Unreachable as error:
        logger.error("The virus scanner gave no verdict: %s.", error)
        raise Refused(f"{SCANNER_AWAY}.") from None
    if found.virus:
        logger.warning("The virus scanner turned a file away.")
        raise Refused("The virus scanner found a virus in this file. It was not kept. Tell your IT team.")
    return {"verdict": Verdict.CLEAN, "scanned_by": found.scanner, "scanned_at": clock.now()}


def _chunks(upload, size):
    """The first `size` bytes, a piece at a time."""
    upload.seek(0)
    while size > 0 and (chunk := upload.read(min(size, Piece.SIZE))):
        size -= len(chunk)
        yield chunk
