"""A file's own name, made harmless: what is shown, and what it is called when somebody takes it home."""

import re
import unicodedata

LONGEST = 100
NOT_IN_A_NAME = re.compile(r'[<>:"|?*\x7f]')
TAKEN_BY_WINDOWS = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def clean(name: str, *, ending: str) -> str:
    """The last part of it, one line, nothing unseen or turned round, not too long, with the ending its content has."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/")).rpartition("/")[2]
    name = "".join(" " if char in "\t\r\n" else char for char in name)
    name = "".join(char for char in name if unicodedata.category(char) not in UNSEEN)
    name = " ".join(NOT_IN_A_NAME.sub("-", name).split())
    stem = _without_ending(name).strip(" .") or "file"
    if TAKEN_BY_WINDOWS.match(stem):
        stem = f"file {stem}"
    return f"{stem[: LONGEST - len(ending) - 1].rstrip(' .')}.{ending}"


def _without_ending(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return stem if dot and re.fullmatch(r"[A-Za-z0-9]{1,5}", ending) else name
