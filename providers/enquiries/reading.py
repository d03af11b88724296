"""The sheet as pages show it: to a broker beforehand just as a provider reads it afterwards."""

from dataclasses import dataclass

from providers.enquiries.anonymise import Text
from providers.enquiries.check import Finding
from providers.enquiries.sheet import Sheet


@dataclass(frozen=True)
class Preview:
    """What the provider's page is given, under the same names."""

    sheet: Sheet
    distance: str
    rows: list[dict]


@dataclass(frozen=True)
class Marked:
    """A stretch of a text, and what was found in it, if anything."""

    words: str
    finding: Finding | None = None


def preview_of(sheet: Sheet, to_ask) -> Preview:
    """As the nearest of those to be asked would read it: each reads its own distance."""
    return Preview(sheet, sheet.distance(to_ask[0].miles) if to_ask else "", sheet.rows)


def marked(text: Text, findings: list[Finding]) -> list[Marked]:
    """The whole text in order, cut where something blocks."""
    stretches, place = [], 0
    for finding in (finding for finding in findings if finding.blocks):
        stretches += [Marked(text.words[place : finding.start]), Marked(finding.found, finding)]
        place = finding.end
    return [stretch for stretch in (*stretches, Marked(text.words[place:])) if stretch.words]
