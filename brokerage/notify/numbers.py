"""A mobile number, however it was typed."""

import phonenumbers

HOME = "GB"
MOBILE_HERE = "+447"


def mobile(typed: str) -> str:
    """'+447700900123'; nothing where a text message could not reach it."""
    try:
        number = phonenumbers.parse(typed, HOME)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return "" if written.startswith("+44") and not written.startswith(MOBILE_HERE) else written


def readable(number: str) -> str:
    """'07700 900123', as people here read it."""
    try:
        parsed = phonenumbers.parse(number, HOME)
    except phonenumbers.NumberParseException:
        return number
    national = phonenumbers.region_code_for_number(parsed) in (HOME, None) and parsed.country_code == 44
    style = phonenumbers.PhoneNumberFormat.NATIONAL if national else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, style)
