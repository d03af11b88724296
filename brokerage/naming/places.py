"""Where the person lives, goes to school or sees a doctor."""

import re
from collections.abc import Iterator

from brokerage.naming import ordinary
from brokerage.naming.findings import Known
from brokerage.naming.numbers import Span, exactly
from brokerage.naming.plain import Plain

POSTCODE = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{1,2}\s?\d[A-Z\d]?[\s.\-_]{0,3}\d\s?[ABD-HJLNP-UW-Z]{2}(?![A-Za-z0-9])", re.IGNORECASE
)
AREAS = (
    "AB AL BA BB BD BH BL BN BR BS CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY EC EH EN EX"
    " FK FY GL GU HA HD HG HP HR HS HU HX "
    "IG IP IV KA KT KW KY LA LD LE LL LN LS LU ME MK ML NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH"
    " RM SA SE SG SK SL SM SN SO SP SR SS "
    "ST SW SY TA TD TF TN TQ TR TS TW UB WA WC WD WF WN WR WS WV YO ZE"
).split()
OUTWARD = re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(AREAS)})\d[A-Z\d]?(?![A-Za-z0-9])")
PLAIN_STREETS = (
    "Road|Rd|Street|Avenue|Ave|Lane|Crescent|Cres|Terrace|Gardens|Gdns|Grove|Mews|Villas|Cottages?"
    "|Crofts?|Boulevard|Wharf"
)
OTHER_STREETS = (
    "St|Ln|Close|Cl|Drive|Dr|Way|Court|Ct|Place|Pl|Hill|Park|Square|Sq|Row|Walk|Rise|View|Green|Parade"
    "|Broadway|Quay|Estate|Meadows?|Fields?|"
    "Mount|Heights|Bank|End|Vale|Circus|Passage|Yard|House|Lodge|Tower|Towers|Mansions|Flats|Vicarage"
    "|Rectory|Manor|Farm|Barn|Hall|Mill|Grange"
)
NUMBERED = re.compile(
    r"(?<![\d/:.])(?:(?:flat|apartment|apt|unit|room|no\.?|number)\s?\d{1,4}[A-Za-z]?[\s,]+)?"
    r"\d{1,4}\s?[A-Da-d]?[\s,]+(?P<name>(?:[A-Za-z][A-Za-z']+[\s,-]+){1,3})"
    rf"(?P<type>{PLAIN_STREETS}|{OTHER_STREETS})\b\.?",
    re.IGNORECASE,
)
NAMED = re.compile(rf"\b(?P<name>(?:[A-Z][a-z']+[\s-]+){{1,3}})(?P<type>{PLAIN_STREETS}|{OTHER_STREETS})\b")
SCHOOLS = (
    "Primary|Secondary|Junior|Infants?|High|Grammar|Special|Prep|Preparatory|Academy|School|College"
    "|Nursery|Sixth Form|Pre-?school"
    "|University"
)
SURGERIES = (
    "Surgery|Medical Cent(?:re|er)|Medical Practice|Health Cent(?:re|er)|Practice|Clinic|Hospital|Hospice|Infirmary"
    "|Day Cent(?:re|er)|Pharmacy|Church|Mosque|Gurdwara|Temple|Synagogue"
)
CAPITALS = r"(?:(?:St\.?|The|Our|Lady|of|and|for|[A-Z][A-Za-z']+)[\s-]+){0,4}[A-Z][A-Za-z']+[\s-]+"
SCHOOL = re.compile(rf"\b{CAPITALS}(?:{SCHOOLS})\b(?:\s+(?:{SCHOOLS}))*")
SURGERY = re.compile(rf"\b{CAPITALS}(?:{SURGERIES})\b")
NOT_A_PLACE = frozenset("our st lady local day this that my his her care".split())
SHORT = {
    "road": "rd", "street": "st", "avenue": "ave", "lane": "ln", "crescent": "cres", "gardens": "gdns",
    "close": "cl", "drive": "dr",     "court": "ct", "place": "pl", "square": "sq",
}  # fmt: skip
NOT_A_STREET = frozenset(
    """
    the a an and or of to in on at for with from down up along off by her his their she he they needs need is
    are was be carers carer care worker workers minutes minute mins hours hour times time days day weeks week
    months years year miles mile metres yards steps doors people person women men calls call visits visit per
    each every main busy quiet next nearby wide narrow residential sheltered own mg ml tablets tablet
    """.split()
)


def postcodes(plain: Plain, known: Known) -> Iterator[Span]:
    yield from (match.span() for match in POSTCODE.finditer(plain.text))
    yield from exactly(plain.text, known.postcode)


def areas(plain: Plain, known: Known) -> Iterator[Span]:
    """The first half of some other postcode: the person's own is shown anyway."""
    yield from (match.span() for match in OUTWARD.finditer(plain.text) if match.group() != known.area.upper())


def streets(plain: Plain, known: Known) -> Iterator[Span]:
    """The address on the record, and anything that reads like a house in a street."""
    text = plain.text
    lines = [line.strip() for line in re.split(r"[,\n]", known.address) if line.strip()]
    for i, line in enumerate(lines):
        if i == 0 or re.search(rf"\d|\b(?:{PLAIN_STREETS}|{OTHER_STREETS})\b", line, re.IGNORECASE):
            yield from exactly(text, line, shortest=5)
            yield from _street_of(text, line)
    for match in NUMBERED.finditer(text):
        middle = re.findall(r"[a-z']+", match["name"].lower())
        is_plain = re.fullmatch(PLAIN_STREETS, match["type"], re.IGNORECASE)
        has_capitals = match["name"][0].isupper() and match["type"][0].isupper()
        if not NOT_A_STREET.intersection(middle) and (is_plain or has_capitals):
            yield match.span()
    for match in NAMED.finditer(text):
        if re.fullmatch(PLAIN_STREETS, match["type"]) and _is_a_name(match["name"]):
            yield match.span()


def likely_streets(plain: Plain, known: Known) -> Iterator[Span]:
    """Words that may be a house or a street: "Hoe View", "Armada Way"."""
    for match in NAMED.finditer(plain.text):
        if re.fullmatch(OTHER_STREETS, match["type"]) and _is_a_name(match["name"]):
            yield match.span()


def towns(plain: Plain, known: Known) -> Iterator[Span]:
    lines = [line.strip() for line in re.split(r"[,\n]", known.address) if line.strip()]
    for line in lines[1:]:
        if not re.search(r"\d", line):
            yield from exactly(plain.text, line)


def the_school(plain: Plain, known: Known) -> Iterator[Span]:
    yield from exactly(plain.text, known.school)
    first = re.split(rf"\s+(?:{SCHOOLS}|Church|C of E|CofE|Catholic|Community)", known.school)[0]
    if len(first) > 4 and not ordinary.is_ordinary(first.lower()):
        yield from exactly(plain.text, first)


def schools(plain: Plain, known: Known) -> Iterator[Span]:
    yield from (match.span() for match in SCHOOL.finditer(plain.text) if _is_a_name(match.group().rpartition(" ")[0]))


def surgeries(plain: Plain, known: Known) -> Iterator[Span]:
    yield from (match.span() for match in SURGERY.finditer(plain.text) if _is_a_name(match.group().rpartition(" ")[0]))


def _street_of(text: str, line: str) -> Iterator[Span]:
    """'Hoe Road' of '14 Hoe Road', and 'Hoe Rd', with or without a number."""
    street = re.sub(r"^\W*(?:flat|apartment|apt|unit|room)?\s*\d+\s?[A-Za-z]?\b[\s,]*", "", line, flags=re.I).strip()
    if street and street != line and len(street) > 5:
        yield from exactly(text, street)
    name, _, kind = street.rpartition(" ")
    if name and kind.lower() in SHORT:
        yield from exactly(text, f"{name} {SHORT[kind.lower()]}")


def _is_a_name(words: str) -> bool:
    """Not the capitals that begin a sentence or belong to any place of the kind: "The Road", "My Local Surgery"."""
    return any(
        word not in NOT_A_STREET and word not in NOT_A_PLACE and word not in ordinary.ALWAYS_CAPITAL
        for word in re.findall(r"[a-z']+", words.lower())
    )
