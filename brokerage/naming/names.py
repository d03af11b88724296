"""Names that are on the record, however they are written."""

import re
from collections.abc import Iterator
from functools import cache

from brokerage.naming import ordinary
from brokerage.naming.findings import Known
from brokerage.naming.nicknames import also_called
from brokerage.naming.plain import Plain, Word, squashed

TITLES = frozenset(
    "mr mrs miss ms mx dr sir dame lady lord rev reverend professor prof canon sister nurse cllr councillor".split()
)
PARTICLES = frozenset(
    "de da di du la le van von der den del el al bin ibn bint ap ab ben mac mc st saint san o d of the and".split()
)
SMALL_WORDS = frozenset(
    """a am an and are as at be been being but by can did do does for from get go had has have he her here him his
    how i if
    in into is it its let like made may me more must my near new no not now of off old on one or our out own per
    said see she so some such than that the
    their them then there they this to too two up us was we were what when where who will with you your all any day
    few ate man men
    ten son sit set ran run use used way well went yet""".split()
)
NAMED_BY_WHAT_FOLLOWS = re.compile(
    r"'s\b|s'|,?\s+(?:is|was|has|had|and|who|also|\w{3,}(?<!s)s)\b", re.IGNORECASE
)  # "Will needs", not "Will need"
FUZZY_FROM = 5
LONGEST_GAP = 3  # characters between two pieces of one name: "Oka- for"


class Names:
    """Everything the people on a record may be called, ready to be looked for."""

    def __init__(self, known: Known):
        self.own, self.others, self.written = set(), set(), set()
        self.own_initials = {i for name in known.own if len(i := _initials(name)) > 1}
        for name in known.own:
            self._add(name, self.own)
        for name in known.others:
            self._add(name, self.others)
        self.others -= self.own
        self.all = self.own | self.others
        self.fuzzy = {name for name in self.written if len(name) >= FUZZY_FROM}
        self.longest = max(map(len, self.all), default=0)

    def _add(self, full: str, names: set[str]) -> None:
        parts = _parts(full)
        given, last = (parts[:-1] or parts), parts[-1:]
        for part in parts:
            if len(part) > 1 and (part not in PARTICLES or part == parts[0]):
                names.add(part)
                self.written.add(part)
        for part in given:
            names |= also_called(part)
        for hyphened in re.findall(r"[a-z]+(?:['-][a-z]+)+", Plain(full).text.lower()):
            names.add(squashed(hyphened))
        if len(parts) > 1:
            whole, first, family = "".join(parts), parts[0], "".join(last)
            names |= {whole, first + family, family + first}
            if len(family) > 2:
                names |= {first[0] + family, family + first[0]}


def on_record(plain: Plain, known: Known) -> Iterator[tuple[int, int, str, bool]]:
    """(start, end, whose, blocks) in the plain text; whose is "own" or "others"."""
    names = _names(known)
    if not names.all:
        return
    words = plain.words
    for i, word in enumerate(words):
        yield from _one_word(plain, word, names)
        yield from _in_pieces(plain, words, i, names)
        yield from _run_together(plain, word, names)


@cache
def _names(known: Known) -> Names:
    return Names(known)


def _one_word(plain: Plain, word: Word, names: Names):
    name = _called(word.low, names)
    if name is None:
        if (
            word.is_capitalised
            and word.low.endswith("s")
            and word.low[:-1] in names.all
            and not plain.begins_a_sentence(word)
        ):
            yield word.start, word.end, "own" if word.low[:-1] in names.own else "others", True  # "the Smalls"
        return
    whose = "own" if name in names.own else "others"
    if name not in ordinary.ALSO_WORDS and name not in SMALL_WORDS:
        yield word.start, word.end, whose, True
    elif not word.is_capitalised or (word.is_shouted and not plain.is_shouted and len(word.low) < 3):
        return
    elif _is_month(plain, word):
        return
    elif plain.begins_a_sentence(word):
        if word.low not in SMALL_WORDS or NAMED_BY_WHAT_FOLLOWS.match(plain.text, word.end):
            yield word.start, word.end, whose, whose == "own"
    else:
        yield word.start, word.end, whose, True


def _called(low: str, names: Names) -> str | None:
    """The name this word is, with or without a plural or a letter out of place; None when it is none."""
    if low in names.all:
        return low
    if low.endswith("s") and low[:-1] in names.all and len(low) > 4 and not ordinary.is_ordinary(low):
        return low[:-1]
    if len(low) < FUZZY_FROM - 1 or ordinary.is_ordinary(low):
        return None
    return next((name for name in names.fuzzy if _one_letter_off(low, name)), None)


def _in_pieces(plain: Plain, words: list[Word], i: int, names: Names):
    """A name broken by a hyphen, a space or the end of a line, or spelled out: "Wini-fred", "W i n n i e"."""
    joined = words[i].low
    pieces = [joined]
    for j in range(i + 1, len(words)):
        gap = plain.text[words[j - 1].end : words[j].start]
        joined += words[j].low
        pieces.append(words[j].low)
        if (
            len(gap) > LONGEST_GAP
            or len(joined) > names.longest
            or re.search(r"[.!?;:,]\s", gap)
            or re.search(r"\d", gap)
        ):
            return
        is_torn = gap == "-" or all(len(piece) == 1 for piece in pieces)
        if joined in names.all and len(joined) > (2 if is_torn else 3) and not _happens_to_spell(pieces, gap):
            yield words[i].start, words[j].end, "own" if joined in names.own else "others", True


def _happens_to_spell(pieces: list[str], gap: str) -> bool:
    """ "Am in a chair" does not speak of Amina."""
    if all(len(piece) == 1 for piece in pieces):
        return False
    return gap.strip() == "" and all(piece in SMALL_WORDS or ordinary.is_ordinary(piece) for piece in pieces)


def _run_together(plain: Plain, word: Word, names: Names):
    """ "WinifredOkafor.docx": each hump may be a name."""
    for hump in re.finditer(r"[A-Z]?[a-z]+", word.text):
        if (
            hump.group() != word.text
            and len(hump.group()) > 2
            and hump.group()[0].isupper()
            and hump.group().lower() in names.all
        ):
            name = hump.group().lower()
            yield word.start + hump.start(), word.start + hump.end(), "own" if name in names.own else "others", True


def initials(plain: Plain, known: Known) -> Iterator[tuple[int, int]]:
    """The person's initials by themselves: "W.O.", "WO"."""
    for letters in _names(known).own_initials:
        spelled = r"[.\s]{0,2}".join(letters)
        for match in re.finditer(rf"(?<![A-Za-z]){spelled}\b\.?(?![A-Za-z])", plain.text):
            if "." in match.group() or letters.lower() not in ordinary.ALWAYS_CAPITAL and not plain.is_shouted:
                yield match.start(), match.end()


def _is_month(plain: Plain, word: Word) -> bool:
    if word.low not in ("may", "april", "june", "august", "march"):
        return False
    before, after = plain.text[: word.start].rstrip().lower(), plain.text[word.end :].lstrip()
    return bool(
        re.search(r"(?:\d|\d(?:st|nd|rd|th)|\b(?:in|until|till|since|early|late|mid|during|next|last|this))$", before)
        or re.match(r"\d", after)
    )  # fmt: skip


def _parts(full: str) -> list[str]:
    words = [word.low for word in Plain(full).words]
    return words[1:] if len(words) > 1 and words[0] in TITLES else words


def _initials(full: str) -> str:
    return "".join(part[0] for part in _parts(full)).upper()


def _one_letter_off(word: str, name: str) -> bool:
    """One letter added, lost or changed, or two neighbours swapped."""
    if abs(len(word) - len(name)) > 1 or word == name:
        return False
    start = 0
    shortest = min(len(word), len(name))
    while start < shortest and word[start] == name[start]:
        start += 1
    a, b = word[start:], name[start:]
    if len(word) == len(name):
        return a[1:] == b[1:] or (len(a) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:])
    return a[1:] == b if len(word) > len(name) else a == b[1:]
