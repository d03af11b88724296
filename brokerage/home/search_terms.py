"""What somebody on the phone can say, and what it may mean."""

import re
from dataclasses import dataclass

REFERENCE = re.compile(r"R\d{4,10}", re.IGNORECASE)
POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})\b", re.IGNORECASE)
OUTWARD = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?", re.IGNORECASE)
NOT_IN_A_NAME = re.compile(r"[%_\\*\"“”?!:=<>|&#+\[\]{}]")
LONGEST = 100


@dataclass(frozen=True)
class Terms:
    """`words` as typed; of these the reference, NHS number, record number and initials they may be; and words of a name."""

    words: str
    reference: str = ""
    nhs_number: str = ""
    record_id: str = ""
    initials: str = ""
    of_a_name: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()  # whole ones without the space
    areas: tuple[str, ...] = ()

    @property
    def are_too_few(self) -> bool:
        """One letter alone would be half the town."""
        return not any((self.reference, self.nhs_number, self.record_id, self.initials, self.can_be_a_name))

    @property
    def can_be_a_name(self) -> bool:
        return bool(self.postcodes or self.areas) or any(len(word) > 1 for word in self.of_a_name)


def read(typed: str) -> Terms:
    words = " ".join(typed.split())[:LONGEST]
    if REFERENCE.fullmatch(words):
        return Terms(words, reference=words.upper())
    digits = re.sub(r"[\s-]", "", words)
    if re.fullmatch(r"[0-9]{10}", digits):
        return Terms(words, nhs_number=digits, record_id=digits)
    rest = POSTCODE.sub(" ", words)
    parts = NOT_IN_A_NAME.sub(" ", rest).split()
    letters = re.sub(r"[\s.]", "", words)
    return Terms(
        words,
        record_id=words if re.search(r"\d", words) and len(words) > 2 else "",
        initials=letters.upper() if letters.isalpha() and len(letters) <= 4 and _are_initials(words) else "",
        of_a_name=tuple(part for part in parts if not OUTWARD.fullmatch(part) and re.search(r"\w", part))[:6],
        postcodes=tuple("".join(found) for found in POSTCODE.findall(words))[:2],
        areas=tuple(part for part in parts if OUTWARD.fullmatch(part))[:2],
    )


def _are_initials(words: str) -> bool:
    """WO, wo, W.O. or W O; not two words of a name."""
    return all(len(part) == 1 for part in re.split(r"[\s.]+", words.strip(" ."))) or " " not in words
