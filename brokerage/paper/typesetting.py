"""Makes a PDF from a template and what it should say. The same words on the same date are the same bytes.

Every PDF is tagged for screen readers (PDF/UA-1) and keeps for decades (PDF/A-3b): typst refuses to make one that is
not. Nothing is read but the template and our typefaces; what it should say arrives as text and is never run.
"""

import json
import re
import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory

import typst
from django.conf import settings

HERE = Path(__file__).parent
STANDARDS = ["ua-1", "a-3b"]
MISSING = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
NOT_LETTERS = {"Cc", "Cn", "Co", "Cs"}  # control, unassigned, private, half a character
JOINERS = "\u200d\ufe0e\ufe0f"  # what makes several small pictures one
GAP = "□"
GAPS = 100


def typeset(template: str, says: dict, *, enclosing: dict[str, bytes] | None = None) -> bytes:
    """A PDF of `templates/<template>`. A file in `enclosing` that the template attaches is carried inside, unchanged."""
    files = {
        "main.typ": (settings.BASE_DIR / "templates" / template).read_bytes(),
        "layout.typ": (HERE / "layout.typ").read_bytes(),
        **(enclosing or {}),
    }
    with TemporaryDirectory() as desk:
        for name, content in files.items():
            (Path(desk) / name).write_bytes(content)
        return _set(desk, json.dumps(_legible(says), ensure_ascii=False))


def _set(desk: str, written: str) -> bytes:
    for _ in range(GAPS):
        try:
            return typst.compile(
                f"{desk}/main.typ",
                root=desk,
                sys_inputs={"says": written},
                font_paths=[str(HERE / "fonts")],
                ignore_system_fonts=True,
                format="pdf",
                pdf_standards=STANDARDS,
            )
        except typst.TypstError as trouble:
            shown = _without_missing_letters(str(trouble), written)
            if shown == written:
                raise
            written = shown
    raise ValueError(f"More than {GAPS} letters that our typefaces do not have.")


def _legible(said):
    """The same, less characters that stand for nothing on paper."""
    match said:
        case str():
            return "".join(
                letter for letter in said if letter in "\n\t" or unicodedata.category(letter) not in NOT_LETTERS
            )
        case dict():
            return {name: _legible(value) for name, value in said.items()}
        case list() | tuple():
            return [_legible(value) for value in said]
    return said


def _without_missing_letters(trouble: str, written: str) -> str:
    """A letter that none of our typefaces has leaves a box where it stood, and does not stop an agreement."""
    missing = MISSING.search(trouble)
    if missing is None:
        return written
    letters = ESCAPED.sub(lambda code: chr(int(code.group(1), 16)), missing.group(1))
    for joiner in JOINERS:
        written = written.replace(joiner, "")
    for letter in {letter for letter in letters if ord(letter) > 0x7E and letter not in {GAP, *JOINERS}}:
        written = written.replace(letter, GAP)
    return written
