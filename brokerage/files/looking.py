"""Looks into a file that a stranger may have made, and says what it is: run as a program of its own, with little memory and time.

    python -I looking.py <path>  ->  {"kind": "pdf", "keep": 1234} or {"refused": "…"} on standard output

So a file made to hang or to fill the memory of whoever opens it ends this program and nothing else.
"""

import json
import re
import resource
import sys
import zipfile
from pathlib import Path

MEMORY = 400 * 1024 * 1024  # bytes of address space
SECONDS = 10  # of processor time
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

MOST_PAGES = 2_000
MOST_OBJECTS = 100_000
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 20_000
MOST_ENTRIES = 5_000
MOST_UNPACKED = 150 * 1024 * 1024

NOT_TAKEN = "Upload a PDF, a Word document (.docx), an OpenDocument text (.odt), or a photo (JPEG or PNG)"
DAMAGED = "This file is damaged. Open it, save it again as a PDF and upload that"
ACTIVE = "This {what} has a program inside. Print it to a PDF and upload that"
LOCKED = "This {what} has a password. Save it without one and upload that"
TOO_MUCH = "This {what} unpacks to far more than it seems. Print it to a PDF and upload that"


class No(Exception):
    """Why the file is not taken, in words for whoever uploads it."""


def look(content: bytes) -> tuple[str, int]:
    """(kind, how many of its bytes are to be kept).

    Raises:
        No: it is not taken.
    """
    if EICAR in content:
        raise No("This file has a virus in it. It was not kept")
    for begins, of_kind in (
        (b"%PDF-", _pdf),
        (b"\x89PNG\r\n\x1a\n", _png),
        (b"\xff\xd8\xff", _jpeg),
        (b"PK\x03\x04", _zip),
    ):
        if content.startswith(begins):
            return of_kind(content)
    raise No(NOT_TAKEN)


# -- PDF

ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToE",
    "/Rendition",
    "/Movie",
    "/RichMediaExecute",
}
PROGRAMS = {"/JS", "/JavaScript", "/XFA", "/RichMediaContent"}
HOLDS_FILES = {"/EmbeddedFile", "/EmbeddedFiles", "/EF"}
SAFE_TO_OPEN_AT = {"/GoTo", "/Named"}
SAID_OUTRIGHT = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFile|XFA)\b")


def _pdf(content: bytes) -> tuple[str, int]:
    import io

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError
    from pypdf.generic import IndirectObject

    if re.search(rb"<(?:!doctype|html|script|svg)", content[:2048], re.IGNORECASE) or _zip_at_the_end(content):
        raise No(NOT_TAKEN)
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise No(LOCKED.format(what="PDF"))
        ids = {(number, generation) for generation, numbers in reader.xref.items() for number in numbers}
        ids |= {(number, 0) for number in reader.xref_objStm}
        if len(ids) > MOST_OBJECTS:
            raise No(f"This PDF is too long. Upload one of {MOST_PAGES:,} pages or fewer")
        root = reader.trailer["/Root"].get_object()
        pages = root["/Pages"].get_object()
        if int(pages.get("/Count", 0)) > MOST_PAGES:
            raise No(f"This PDF is too long. Upload one of {MOST_PAGES:,} pages or fewer")
        for number, generation in ids:
            if number:
                _pdf_object(reader.get_object(IndirectObject(number, generation, reader)))
        _pdf_object(root)
        _pdf_object(reader.trailer)
        if not len(reader.pages):
            raise No(DAMAGED)
    except No:
        raise
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        AssertionError,
        RecursionError,
    ) as error:
        raise No(DAMAGED) from error
    if SAID_OUTRIGHT.search(content):  # in an object that no index names, and a reader that mends files might find
        raise No(ACTIVE.format(what="PDF"))
    return "pdf", len(content)


def _pdf_object(found) -> None:
    """One object, and what is written inside it; what it points at is looked at in its own turn."""
    todo = [found]
    while todo:
        each = todo.pop()
        if isinstance(each, dict):
            _pdf_dictionary(each)
            todo += [value for value in map(each.raw_get, each) if isinstance(value, dict | list)]
        elif isinstance(each, list):
            todo += [value for value in each if isinstance(value, dict | list)]


def _pdf_dictionary(found) -> None:
    names = {str(name) for name in found}
    if names & HOLDS_FILES or str(_value(found, "/Type")) in HOLDS_FILES or "/Collection" in names:
        raise No("This PDF has other files inside. Print it to a PDF and upload that")
    if names & PROGRAMS or str(_value(found, "/S")) in ACTIONS:
        raise No(ACTIVE.format(what="PDF"))
    opening = _value(found, "/OpenAction")
    if isinstance(opening, dict) and str(_value(opening, "/S")) not in SAFE_TO_OPEN_AT:
        raise No(ACTIVE.format(what="PDF"))


def _value(found, name):
    """What stands there, followed to where it is written."""
    return found[name] if name in found else ""


def _zip_at_the_end(content: bytes) -> bool:
    return b"PK\x05\x06" in content[-65_557:]


# -- pictures


def _png(content: bytes) -> tuple[str, int]:
    import zlib

    at, first = 8, True
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        name, end = content[at + 4 : at + 8], at + 12 + length
        if end > len(content) or zlib.crc32(content[at + 4 : end - 4]) != int.from_bytes(content[end - 4 : end], "big"):
            break
        if first:
            if name != b"IHDR" or length != 13:
                break
            _picture(
                int.from_bytes(content[at + 8 : at + 12], "big"), int.from_bytes(content[at + 12 : at + 16], "big")
            )
        if name == b"IEND":
            return "png", end  # what stands behind the end is not part of the picture
        at, first = end, False
    raise No(DAMAGED)


FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
A_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


def _jpeg(content: bytes) -> tuple[str, int]:
    at, has_frame = 2, False
    while found := A_MARKER.search(content, at):
        marker, at = content[found.start() + 1], found.end()
        if marker == 0xD9:
            if has_frame:
                return "jpg", at
            break
        if marker in (0x01, 0xD8):
            continue
        length = int.from_bytes(content[at : at + 2], "big")
        if length < 2 or at + length > len(content):
            break
        if marker in FRAMES:
            has_frame = True
            _picture(int.from_bytes(content[at + 5 : at + 7], "big"), int.from_bytes(content[at + 3 : at + 5], "big"))
        at += length
    raise No(DAMAGED)


def _picture(width: int, height: int) -> None:
    if not width or not height:
        raise No(DAMAGED)
    if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise No("This picture is too large. Save it smaller than 50 million pixels and upload that")


# -- what is a ZIP inside

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.text"
ACTIVE_PARTS = re.compile(
    r"vbaproject|vbadata|activex|/embeddings/.*\.(?:bin|ole|...m)$|^basic/|^scripts/|\.(?:exe|js|vbs|bat|cmd|dll|jar|hta)$",
    re.I,
)
FROM_ELSEWHERE = re.compile(
    rb"<Relationship\b(?=[^>]*TargetMode\s*=\s*[\"']External)(?=[^>]*Type\s*=\s*[\"'][^\"']*/(?:attachedTemplate|oleObject|frame|subDocument)[\"'])"
    rb"(?=[^>]*Target\s*=\s*[\"']\s*(?:https?|ftp|mhtml|ms-))",
    re.IGNORECASE,
)
FIELDS_THAT_RUN = re.compile(rb"instrText[^>]*>[\s\"]*DDE(?:AUTO)?\b|w:instr\s*=\s*[\"']\s*DDE(?:AUTO)?\b")


def _zip(content: bytes) -> tuple[str, int]:
    import io

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _entries(packed, len(content), what="document")
            kind = _office_kind(packed)
            _parts(packed)
    except No:
        raise
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError, KeyError) as error:
        raise No(DAMAGED) from error
    except Exception as error:  # zlib.error has no better parent
        if type(error).__module__ == "zlib":
            raise No(DAMAGED) from error
        raise
    return kind, len(content)


def _office_kind(packed) -> str:
    names = set(packed.namelist())
    if "[Content_Types].xml" in names:
        types = _read(packed, "[Content_Types].xml")
        if b"macroEnabled" in types:
            raise No(ACTIVE.format(what="document"))
        if WORD.encode() in types:
            return "docx"
    if "mimetype" in names and "content.xml" in names and _read(packed, "mimetype").strip() == OPEN_DOCUMENT:
        return "odt"
    raise No(NOT_TAKEN)


def _entries(packed, size: int, *, what: str) -> None:
    """What the table of contents says, before anything is unpacked."""
    entries = packed.infolist()
    if len(entries) > MOST_ENTRIES:
        raise No(TOO_MUCH.format(what=what))
    if (
        sum(entry.file_size for entry in entries) > MOST_UNPACKED
        or sum(entry.compress_size for entry in entries) > size
    ):
        raise No(TOO_MUCH.format(what=what))
    if len({entry.filename for entry in entries}) != len(entries):
        raise No(DAMAGED)
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise No(LOCKED.format(what=what))
        parts = entry.filename.replace("\\", "/").split("/")
        is_link = (entry.external_attr >> 16) & 0o170000 == 0o120000
        if ".." in parts or not parts[0] or ":" in parts[0] or is_link or "\0" in entry.orig_filename:
            raise No(DAMAGED)
        if ACTIVE_PARTS.search(entry.filename):
            raise No(ACTIVE.format(what=what))


def _parts(packed) -> None:
    """Each part unpacked, a little at a time, and thrown away: it is as large as it says, and holds no virus for tests."""
    left = MOST_UNPACKED
    for entry in packed.infolist():
        is_text = bool(re.fullmatch(r"word/[a-z]+\d*\.xml", entry.filename))
        wanted = is_text or entry.filename.endswith((".rels", "manifest.xml"))
        kept, tail = b"", b""
        with packed.open(entry) as part:
            while chunk := part.read(65_536):
                left -= len(chunk)
                if left < 0:
                    raise No(TOO_MUCH.format(what="document"))
                if EICAR in tail + chunk:
                    raise No("This file has a virus in it. It was not kept")
                tail = chunk[-len(EICAR) :]
                if wanted and len(kept) < 8_000_000:
                    kept += chunk
        if entry.filename.endswith(".rels") and FROM_ELSEWHERE.search(kept):
            raise No("This document fetches part of itself from the internet. Print it to a PDF and upload that")
        if is_text and FIELDS_THAT_RUN.search(kept):
            raise No(ACTIVE.format(what="document"))
        if entry.filename.endswith("manifest.xml") and b"encryption-data" in kept:
            raise No(LOCKED.format(what="document"))


def _read(packed, name: str) -> bytes:
    with packed.open(name) as part:
        return part.read(1_000_000)


def main(path: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.setrecursionlimit(2_000)
    try:
        kind, keep = look(Path(path).read_bytes())
        said = {"kind": kind, "keep": keep}
    except No as why:
        said = {"refused": str(why)}
    print(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1])
