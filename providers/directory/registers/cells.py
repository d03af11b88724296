"""What one cell of a published file says, whatever the year it was published in."""

import re
from datetime import date, datetime

from providers.directory.places import postcode

_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d-%b-%y")
_MONTH_FIRST = re.compile(r"\d{1,2}:\d{2}:\d{2} [AP]M$")
_WRITTEN = re.compile(
    r"\b(\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4})\b"
)


def a_date(text: str) -> date | None:
    """'2025-01-31', '31/01/2025', '31/01/2025 - 00:00' and the export's own '1/31/2025 12:00:00 AM'."""
    text = (text or "").strip()
    if _MONTH_FIRST.search(text):
        return _as(text.split()[0], "%m/%d/%Y")
    first = re.split(r"[T\s]", text)[0]
    return next(filter(None, (_as(part, form) for part in (text, first) for form in _FORMATS)), None)


def a_date_written(text: str) -> date | None:
    """The date in a line such as 'Published 3 November 2025'."""
    found = _WRITTEN.search(text)
    return _as(found[1], "%d %B %Y") if found else None


def a_phone(text: str) -> str:
    """Digits only, with the leading nought that spreadsheets drop put back. What cannot be mended stays as found."""
    digits = re.sub(r"[^\d+]", "", text or "")
    digits = re.sub(r"^(\+44|0044)0?", "0", digits)
    if digits and digits[0] not in "0+" and len(digits) in (9, 10):
        return f"0{digits}"
    return digits


def a_website(text: str) -> str:
    text = (text or "").strip()
    if not text or " " in text or "." not in text:
        return ""
    return text if re.match(r"https?://", text, re.IGNORECASE) else f"https://{text}"


def a_postcode(text: str) -> str:
    return postcode(text) or ""


def a_number(text) -> int | None:
    try:
        number = int(float(str(text).strip()))
    except ValueError:
        return None
    return number if 0 < number < 10_000 else None


def a_yes(text: str) -> bool:
    return (text or "").strip().lower() in {"y", "yes", "true"}


def _as(text, form):
    try:
        return datetime.strptime(text.strip(), form).date()
    except ValueError:
        return None
