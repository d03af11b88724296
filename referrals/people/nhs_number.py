"""The NHS number's check digit: ten digits, the last worked out from the nine before it."""

import re


def tidy(text: str) -> str:
    """The ten digits of an NHS number however it was spaced.

    Raises:
        ValueError: it is not one.
    """
    digits = re.sub(r"[\s-]", "", text)
    if not re.fullmatch(r"\d{10}", digits) or not _checks(digits):
        raise ValueError(text)
    return digits


def _checks(digits: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    check = (11 - total % 11) % 11
    return check != 10 and check == int(digits[9])
