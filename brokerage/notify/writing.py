"""Turns a template and what it was given into a letter, and refuses one that is not fit to send."""

import functools
import hashlib
import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.template.backends.django import DjangoTemplates
from django.utils.encoding import punycode

from brokerage.errors import Refused

from . import numbers
from .models import Audience, Channel

LINK, CODE = "[[link]]", "[[code]]"
END_OF_SUBJECT = "\x1e"
NOT_GIVEN = "⟦not given: %s⟧"
CASE_REFERENCE = re.compile(r"\bR\d{6,}\b")


class Unfit(Refused):
    """The letter cannot go out as it stands."""


def write(template: str, context: dict) -> tuple[str, str]:
    """The subject and body of templates/notify/<template>.txt: its first line, and what follows the blank line."""
    subject, _, body = _template(template).render({"site": settings.SITE_URL} | context).partition(END_OF_SUBJECT)
    missing = re.findall(r"⟦not given: (.*?)⟧", subject + body)
    if missing:
        raise Unfit(f"The letter “{template}” was not given {', '.join(sorted(set(missing)))}.")
    subject = subject.strip(" ")
    if not subject or "\n" in subject or "\r" in subject:
        raise Unfit(f"The letter “{template}” must have a subject of one line.")
    return subject, body.strip("\r\n") + "\n"


def one_place(channel: str, address: str) -> str:
    """Where a letter goes by its channel: exactly one address, or exactly one mobile number."""
    if channel == Channel.EMAIL:
        return one_address(address)
    if number := numbers.mobile(address):
        return number
    raise Unfit(f"“{address}” is not a mobile number.")


def one_address(address: str) -> str:
    """The address, tidied; anything that is not exactly one address is refused."""
    address = address.strip()
    try:
        validate_email(address)
    except ValidationError:
        raise Unfit(f"“{address}” is not one e-mail address.") from None
    name, _, domain = address.rpartition("@")
    return f"{name}@{punycode(domain)}"


def check_place(template: str, body: str, place: str, filler) -> None:
    """A place without what fills it, or the other way round, is a letter somebody got wrong."""
    if place in body and filler is None:
        raise Unfit(f"The letter “{template}” was not given what stands in place of {place}.")
    if filler is not None and place not in body:
        raise Unfit(f"The letter “{template}” has no {place} to put it in.")


def check_audience(audience: str, subject: str, body: str, case: str) -> None:
    """What a provider reads names no case: the enquiry has a number of its own."""
    if audience != Audience.PROVIDER:
        return
    text = f"{subject}\n{body}"
    found = CASE_REFERENCE.search(text)
    if found or (case and case in text):
        raise Unfit(f"A letter to a provider must not name the case {found.group() if found else case}.")


def hash_of(subject: str, body: str) -> str:
    return hashlib.sha256(f"{subject}\n\n{body}".encode()).hexdigest()


@functools.cache
def _engine() -> DjangoTemplates:
    """The service's templates as plain text: nothing escaped, and nothing missing without a word."""
    options = {"autoescape": False, "string_if_invalid": NOT_GIVEN}
    return DjangoTemplates(
        {"NAME": "letters", "DIRS": settings.TEMPLATES[0]["DIRS"], "APP_DIRS": True, "OPTIONS": options}
    )


@functools.cache
def _template(name: str):
    source = _engine().get_template(f"notify/{name}.txt").template.source
    subject, _, body = source.partition("\n")
    if body.partition("\n")[0].strip():
        raise Unfit(f"The letter “{name}” must have a blank line after its subject.")
    return _engine().from_string(f"{subject.strip()}{END_OF_SUBJECT}{body}")
