"""Text as a reader hears it: no accents, no invisible characters, one kind of apostrophe, dash and space.

Every letter remembers where it stood, so that what is found can be shown in the text as it was typed.
"""

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[a-zA-Z]{2,10});")
WORD = re.compile(r"[A-Za-z]+")
SENTENCE_ENDS = re.compile(r"[.!?:;•*\n\"“(]\s*(?:[-–—]\s*)?$|^\s*$|\n\s*(?:[-–•*]|\d{1,2}[.)])\s*$")
SAME_AS = str.maketrans(
    {
        **dict.fromkeys("’‘‛ʼ´`ʹ′＇", "'"),
        **dict.fromkeys("‐‑‒–—―−⁃﹣－", "-"),
        "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "s", "æ": "a", "Æ": "A", "œ": "o",
        # letters of other alphabets that look like ours
        **dict(zip("аеорсухіјѕԁһӏ", "aeopcyxijsdhl", strict=True)),
        **dict(zip("АВЕКМНОРСТУХІЈЅ", "ABEKMHOPCTYXIJS", strict=True)),
        **dict(zip("αορνικ", "aopvik", strict=True)),
        **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
    }
)  # fmt: skip


@dataclass(frozen=True)
class Word:
    """A run of letters, as plain text has it, with where it stands there."""

    text: str
    start: int
    end: int

    @cached_property
    def low(self) -> str:
        return self.text.lower()

    @property
    def is_capitalised(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_shouted(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()


class Plain:
    """`text` is the plain form; `span` leads from a place in it back to the words as typed."""

    def __init__(self, typed: str):
        self.typed = typed
        letters: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end, raw in _pieces(typed):
            for letter in _plain(raw):
                letters.append(letter)
                self._starts.append(start)
                self._ends.append(end)
        self.text = "".join(letters)

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self._starts[start], self._ends[end - 1]

    @cached_property
    def words(self) -> list[Word]:
        return [Word(match.group(), match.start(), match.end()) for match in WORD.finditer(self.text)]

    @cached_property
    def is_shouted(self) -> bool:
        """All in capitals: they tell nothing about names."""
        letters = [letter for letter in self.text if letter.isalpha()]
        return len(letters) > 3 and sum(letter.isupper() for letter in letters) > 0.8 * len(letters)

    def begins_a_sentence(self, word: Word) -> bool:
        return bool(SENTENCE_ENDS.search(self.text[max(0, word.start - 12) : word.start]))


def squashed(text: str) -> str:
    """Letters and digits only, in lower case: what is left when somebody tries to hide it."""
    return re.sub(r"[^a-z0-9]", "", Plain(text).text.lower())


def _pieces(typed: str):
    place = 0
    for match in ENTITY.finditer(typed):
        yield from ((i, i + 1, typed[i]) for i in range(place, match.start()))
        yield match.start(), match.end(), html.unescape(match.group())
        place = match.end()
    yield from ((i, i + 1, typed[i]) for i in range(place, len(typed)))


def _plain(raw: str) -> str:
    if raw.isascii():
        return " " if raw in "\t\r\f\v" else raw
    plain = []
    for letter in unicodedata.normalize("NFKD", raw.translate(SAME_AS)).translate(SAME_AS):
        kind = unicodedata.category(letter)
        if kind in ("Mn", "Me", "Cf", "Cc") and letter != "\n":
            continue
        plain.append(" " if kind.startswith("Z") else letter)
    return "".join(plain)
