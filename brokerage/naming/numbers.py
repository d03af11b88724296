"""Numbers and addresses that lead to one person: NHS and record numbers, phones, e-mails, dates of birth."""

import re
from collections.abc import Iterator
from datetime import date

from brokerage.naming.findings import Known
from brokerage.naming.plain import Plain, squashed

Span = tuple[int, int]

GAP = r"[\s.\-/_()·•,]{0,3}"
DIGITS = re.compile(rf"(?<![\d£]){GAP[:-5]}{{0,1}}\d(?:{GAP}\d){{5,}}(?!\d)")
DIGIT_WORDS = "zero|oh|nought|one|two|three|four|five|six|seven|eight|nine"
SPOKEN = re.compile(rf"\b(?:(?:double|triple|{DIGIT_WORDS})[\s,.-]+){{5,}}(?:{DIGIT_WORDS})\b", re.IGNORECASE)
NATIONAL_INSURANCE = re.compile(
    rf"(?<![A-Za-z0-9])[A-CEGHJ-PR-TW-Z]\s?[A-CEGHJ-NPR-TW-Z]{GAP}(?:\d{GAP}){{6}}[A-D](?![A-Za-z0-9])",
    re.IGNORECASE,
)
LABELLED = re.compile(
    r"\b(?:mosaic|liquid\s?logic|care\s?first|swift|system\s?one|rio|framework\s?i|case|record|client"
    r"|person|patient|hospital"
    r"|account|reference|ref|customer|service user|lcs|las|upn|urn|ssid|uprn|id|no|number)\b"
    r"(?:\s*(?:id|no|num|number|ref|reference|record))?[\s.:#-]*(?=[A-Za-z/-]{0,4}\d)"
    r"[A-Za-z]{0,4}[-/]?\d[\d\s/-]{2,}\d",
    re.IGNORECASE,
)
OUR_REFERENCE = re.compile(r"(?<![A-Za-z0-9])[RPC]\s?0\d{5}(?!\d)", re.IGNORECASE)
PHONE = re.compile(
    rf"(?<![\d£])(?:(?:\+|00)\s?44{GAP}(?:\(0\){GAP})?[1-9]|\(?0[1-9])(?:[\s.\-/()]{{0,3}}\d){{8,9}}(?!\d)"
)
LOCAL_PHONE = re.compile(
    r"\b(?:tel|telephone|phone|ring|call|mob|mobile|ext|extension|text)\b\.?:?"
    r"\s*(?:on|at|is|number|no)?\s*\d(?:[\s-]?\d){4,}",
    re.IGNORECASE,
)
AT, DOT = r"(?:@|\s*[\[({]\s*at\s*[\])}]\s*|\s+at\s+)", r"(?:\.|\s*[\[({]\s*dot\s*[\])}]\s*|\s+dot\s+)"
EMAIL = re.compile(
    rf"[A-Za-z0-9_+-]+(?:{DOT}[A-Za-z0-9_+-]+)*{AT}[A-Za-z0-9-]+(?:{DOT}[A-Za-z0-9-]+)*{DOT}"
    r"(?:info|example|test|invalid|[a-z]{2,3})\b",
    re.IGNORECASE,
)
PLAIN_EMAIL = re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\s?\.[\w-]+)+")
WEB = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]+\.(?:co\.uk|org\.uk|gov\.uk|nhs\.uk|ac\.uk|com|org|net)\b\S*", re.IGNORECASE
)
FILE = re.compile(
    r"[\w()-]+(?:[ _][\w()-]+){0,6}\.(?:docx?|pdf|xlsx?|jpe?g|png|msg|eml|odt|rtf|zip|txt|csv)\b", re.IGNORECASE
)
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
MONTH = "|".join(f"{m}|{m[:3]}|{m[:4]}" for m in MONTHS)
DATES = (
    re.compile(r"(?<!\d)(?P<d>\d{1,2})(?:\s?[/.\-]\s?|\s)(?P<m>\d{1,2})(?:\s?[/.\-]\s?|\s)(?P<y>\d{4}|\d{2})(?![\d])"),
    re.compile(r"(?<!\d)(?P<y>\d{4})\s?[/.\-]\s?(?P<m>\d{1,2})\s?[/.\-]\s?(?P<d>\d{1,2})(?!\d)"),
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s,.\-/]*(?P<m>{MONTH})\b[\s,.\-/]*"
        r"'?(?P<y>\d{4}|\d{2}(?!\s?[:.]\d))?(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<m>{MONTH})\b[\s,.\-/]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:[\s,.\-/]+'?(?P<y>\d{{4}}))?(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(r"(?<!\d)(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{4})(?!\d)"),
)  # fmt: skip
LONG = re.compile(r"(?<![\d£.,])\d(?:[ -]?\d){5,}(?![\d.,]\d)")
TIMES = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d(?:[ -]+(?:[01]\d|2[0-3])[0-5]\d)*")  # 0800-0930
BORN = re.compile(
    r"\b(?:born|birth\s?day|birth\s?date|date of birth|d\.?\s?o\.?\s?b\.?|turns?|turned)\b[^.\n]{0,25}$", re.IGNORECASE
)
BORN_IN = re.compile(r"\b(?:born|d\.?o\.?b\.?)\b[^.\n]{0,20}?\b(?:19|20)\d\d\b", re.IGNORECASE)


def nhs_numbers(plain: Plain, known: Known) -> Iterator[Span]:
    for match in DIGITS.finditer(plain.text):
        digits = re.sub(r"\D", "", match.group())
        if len(digits) == 10 and (is_nhs_number(digits) or digits == known.nhs_number):
            yield match.span()
        elif known.nhs_number and known.nhs_number in digits:
            yield match.span()


def spoken_numbers(plain: Plain, known: Known) -> Iterator[Span]:
    """Nine four three, four seven …"""
    yield from (match.span() for match in SPOKEN.finditer(plain.text))


def national_insurance(plain: Plain, known: Known) -> Iterator[Span]:
    yield from (match.span() for match in NATIONAL_INSURANCE.finditer(plain.text))


def record_numbers(plain: Plain, known: Known) -> Iterator[Span]:
    for number in filter(None, (known.record_id, known.reference, *known.other_record_ids)):
        yield from exactly(plain.text, number)
    for pattern in (OUR_REFERENCE, LABELLED):
        yield from (match.span() for match in pattern.finditer(plain.text))


def phones(plain: Plain, known: Known) -> Iterator[Span]:
    for pattern in (PHONE, LOCAL_PHONE):
        yield from (match.span() for match in pattern.finditer(plain.text))
    for phone in known.phones:
        local = re.sub(r"^(?:44|0)", "", re.sub(r"\D", "", phone))
        yield from _digits(plain.text, local)
        yield from _digits(plain.text, local[-6:])


def emails(plain: Plain, known: Known) -> Iterator[Span]:
    for pattern in (EMAIL, PLAIN_EMAIL):
        yield from (match.span() for match in pattern.finditer(plain.text))
    for address in known.emails:
        yield from exactly(plain.text, address.partition("@")[0])


def web_addresses(plain: Plain, known: Known) -> Iterator[Span]:
    yield from (match.span() for match in WEB.finditer(plain.text))


def file_names(plain: Plain, known: Known) -> Iterator[Span]:
    yield from (match.span() for match in FILE.finditer(plain.text))


def birth_dates(plain: Plain, known: Known) -> Iterator[Span]:
    """The person's own date of birth in any form, and any date that is said to be one."""
    births = [day for day in (known.born_on, *known.others_born_on) if day]
    for span, day, month, year in _dates(plain.text):
        said_to_be = BORN.search(plain.text[max(0, span[0] - 45) : span[0]])
        if said_to_be or any(_same(birth, day, month, year) for birth in births):
            yield span
    for birth in births:
        for digits in (f"{birth:%d%m%y}", f"{birth:%d%m%Y}", f"{birth:%Y%m%d}"):
            yield from _digits(plain.text, digits)
    yield from (match.span() for match in BORN_IN.finditer(plain.text))


def old_dates(plain: Plain, known: Known) -> Iterator[Span]:
    """Dates of more than a year ago: not birth dates we know, but dates by which somebody could be found."""
    for span, _, _, year in _dates(plain.text):
        if year and known.today and year < known.today.year - 1:
            yield span


def long_numbers(plain: Plain, known: Known) -> Iterator[Span]:
    for match in LONG.finditer(plain.text):
        if not TIMES.fullmatch(match.group()):
            yield match.span()


def is_nhs_number(digits: str) -> bool:
    """Ten digits whose last agrees with the first nine (modulus 11)."""
    if len(digits) != 10 or not digits.isdigit() or len(set(digits)) == 1:
        return False
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check != 10 and check % 11 == int(digits[9])


def exactly(text: str, words: str, shortest: int = 4) -> Iterator[Span]:
    """These letters and digits in this order, whatever stands between them."""
    letters = squashed(words)
    if len(letters) < shortest:
        return
    between = r"[^A-Za-z0-9]{0,3}"
    pattern = rf"(?<![A-Za-z0-9]){between.join(map(re.escape, letters))}(?![A-Za-z0-9])"
    yield from (match.span() for match in re.finditer(pattern, text, re.IGNORECASE))


def _digits(text: str, digits: str) -> Iterator[Span]:
    if len(digits) >= 6:
        pattern = r"[^A-Za-z0-9]{0,3}".join(digits)
        yield from (match.span() for match in re.finditer(rf"{pattern}(?!\d)", text))


def _dates(text: str) -> Iterator[tuple[Span, int, int, int | None]]:
    for pattern in DATES:
        for match in _overlapping(pattern, text):
            month = match["m"]
            month = (
                int(month)
                if month.isdigit()
                else MONTHS.index(next(m for m in MONTHS if m.startswith(month.lower()[:3]))) + 1
            )
            year = int(match["y"]) if match["y"] else None
            if year is not None and year < 100:
                year += 2000 if year < 30 else 1900
            if 1 <= month <= 12 and 1 <= int(match["d"]) <= 31 and (year is None or 1900 <= year <= 2100):
                yield match.span(), int(match["d"]), month, year


def _overlapping(pattern: re.Pattern, text: str) -> Iterator[re.Match]:
    place = 0
    while match := pattern.search(text, place):
        yield match
        place = match.start() + 1


def _same(born: date, day: int, month: int, year: int | None) -> bool:
    if year is None:
        return False
    return (born.day, born.month, born.year % 100) in ((day, month, year % 100), (month, day, year % 100))
