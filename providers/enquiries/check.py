"""Reads what is meant for providers and points at whatever may say who the person is.

Pure: a text and what is known go in, findings come out. Finding nothing does not make a text safe: providers read a
sheet made of allowed fields, and this looks over the few words in it that somebody wrote.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from brokerage.naming import likely, names, numbers, places
from brokerage.naming.findings import Finding, Known
from brokerage.naming.plain import Plain

__all__ = ["Finding", "Known", "check"]

Look = Callable[[Plain, Known], Iterable[tuple[int, int]]]

# kind, how it is looked for, what to do about it: in this order, so that the first to claim a place names it
BLOCKS: tuple[tuple[str, Look, str], ...] = (
    ("email", numbers.emails, "Take the e-mail address out."),
    ("web_address", numbers.web_addresses, "Take the web address out."),
    ("nhs_number", numbers.nhs_numbers, "Take the NHS number out."),
    ("ni_number", numbers.national_insurance, "Take the National Insurance number out."),
    ("phone", numbers.phones, "Take the phone number out."),
    ("date_of_birth", numbers.birth_dates, "Take the date of birth out: providers read an age band."),
    ("record_number", numbers.record_numbers, "Take the record number out."),
    ("spoken_number", numbers.spoken_numbers, "Take out the number written in words."),
    ("postcode", places.postcodes, "Take the postcode out: providers read its first half."),
    ("street", places.streets, "Take the address out: providers read the area only."),
    ("school", places.the_school, "Take the school’s name out: it is on the record."),
)
WARNS: tuple[tuple[str, Look, str], ...] = (
    ("initials", names.initials, "Are these the person’s initials?"),
    ("likely_street", places.likely_streets, "Is this a house or a street?"),
    ("likely_school", places.schools, "Is this a school’s name?"),
    ("surgery", places.surgeries, "Does this place lead to the person?"),
    ("town", places.towns, "Is this where the person lives?"),
    ("area", places.areas, "Is this the area of somebody’s postcode?"),
    ("file_name", numbers.file_names, "Is this the name of a file?"),
    ("old_date", numbers.old_dates, "Could somebody be found by this date?"),
    ("long_number", numbers.long_numbers, "What is this number?"),
    ("rare", likely.rarities, "Could this alone say who it is?"),
    ("likely_name", likely.names, "Is this somebody’s name?"),
)
OR_SAY_WHY = "Take it out, or say why it can stay."
OWN_NAME = "Take this out: it is the person’s name, or part of it. Write “she”, “he” or “the person”."
OTHERS_NAME = "Take this out: somebody on the record has this name. Write “her daughter”, “his neighbour”."
MAYBE_A_NAME = f"Somebody on the record has this name. Does this mean them? {OR_SAY_WHY}"


def check(text: str, known: Known) -> list[Finding]:
    """Everything in the text that blocks or warns, in the order in which it stands. No two findings overlap."""
    plain = Plain(text)
    if not plain.text.strip():
        return []
    found = [finding for look in (_blocking, _names, _warning) for finding in look(plain, known)]
    taken: list[Finding] = []
    for finding in _widest_first(found):
        if not any(finding.start < other.end and other.start < finding.end for other in taken):
            taken.append(finding)
    return _joined(sorted(taken, key=lambda finding: finding.start), text)


def _blocking(plain: Plain, known: Known) -> Iterable[Finding]:
    for kind, look, advice in BLOCKS:
        for start, end in look(plain, known):
            yield _finding(plain, kind, start, end, advice, blocks=True)


def _names(plain: Plain, known: Known) -> Iterable[Finding]:
    for start, end, whose, blocks in names.on_record(plain, known):
        advice = (OWN_NAME if whose == "own" else OTHERS_NAME) if blocks else MAYBE_A_NAME
        yield _finding(plain, "name" if blocks else "maybe_name", start, end, advice, blocks=blocks)


def _warning(plain: Plain, known: Known) -> Iterable[Finding]:
    for kind, look, question in WARNS:
        for start, end in look(plain, known):
            yield _finding(plain, kind, start, end, f"{question} {OR_SAY_WHY}", blocks=False)


def _finding(plain: Plain, kind: str, start: int, end: int, advice: str, *, blocks: bool) -> Finding:
    bare = plain.text[start:end]
    start, end = start + len(bare) - len(bare.lstrip()), end - (len(bare) - len(bare.rstrip()))
    start, end = plain.span(start, end)
    return Finding(kind, plain.typed[start:end], start, end, blocks, advice)


def _widest_first(found: list[Finding]) -> list[Finding]:
    """What blocks goes before what warns; of two that overlap, the one that covers more."""
    return sorted(found, key=lambda finding: (not finding.blocks, finding.start - finding.end, finding.start))


def _joined(found: list[Finding], text: str) -> list[Finding]:
    """ "Winifred" and "Okafor" side by side are one thing to take out."""
    joined: list[Finding] = []
    for finding in found:
        last = joined[-1] if joined else None
        if last and last.kind == finding.kind and not text[last.end : finding.start].strip(" ,-'’\u00a0"):
            joined[-1] = replace(last, found=text[last.start : finding.end], end=finding.end)
        else:
            joined.append(finding)
    return joined
