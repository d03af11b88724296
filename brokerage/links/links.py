"""A link that opens one thing, for whoever holds it.

A token reads `key.issue.mac`. The mac is HMAC-SHA-256 under LINK_KEY over what kind of thing it opens, which one,
and which issue of its link. So no secret rests in the database; raising the issue cancels every earlier link; and a
guess is turned away before the database is asked anything.
"""

import hmac
import re
from base64 import urlsafe_b64encode
from hashlib import sha256
from urllib.parse import unquote

from django.conf import settings
from django.db.models import F

from brokerage.clocks import clock

from .models import KEY_LENGTH, KEY_LETTERS

TOKEN = re.compile(rf"([{KEY_LETTERS}]{{{KEY_LENGTH}}})\.([1-9][0-9]{{0,8}})\.([A-Za-z0-9_-]{{43}})")
SCRAPS = re.compile(r"(?:=3[Dd]|[^A-Za-z0-9_-])+$")  # what mail programs and sentences leave at the end of an address


class Dead(LookupError):
    """This link opens nothing, or nothing any more."""

    status_code = 404


class Unknown(Dead):
    """We never made this link."""


class Expired(Dead):
    """We made it, and its time has passed."""


class Replaced(Dead):
    """We made it, and then took it back or sent a newer one."""

    status_code = 410


def token_for(thing) -> str:
    return f"{thing.link_key}.{thing.link_issue}.{_mac(kind_of(thing), thing.link_key, thing.link_issue)}"


def path_of(thing) -> str:
    return thing.get_link_path(token_for(thing))


def find(model, token: str):
    """The thing this token opens. Says Unknown, Expired or Replaced when it opens nothing."""
    key, issue = _read(kind_of(model), token)
    thing = model._default_manager.filter(link_key=key).first()
    if thing is None or issue > thing.link_issue:
        raise Unknown
    if issue < thing.link_issue or thing.link_withdrawn_at:
        raise Replaced
    if thing.link_expires_at and thing.link_expires_at <= clock.now():
        raise Expired
    return thing


def replace(thing):
    """Cancel every link made so far, and allow a new one."""
    type(thing)._default_manager.filter(pk=thing.pk).update(link_issue=F("link_issue") + 1, link_withdrawn_at=None)
    thing.refresh_from_db(fields=["link_issue", "link_withdrawn_at"])


def withdraw(thing):
    """Nobody opens this any more, by whatever link."""
    thing.link_withdrawn_at = clock.now()
    thing.save(update_fields=["link_withdrawn_at"])


def kind_of(thing) -> str:
    return thing._meta.label_lower


def _read(kind: str, token: str) -> tuple[str, int]:
    match = TOKEN.fullmatch(SCRAPS.sub("", unquote(token)))
    if match is None:
        raise Unknown
    key, issue, mac = match.group(1), int(match.group(2)), match.group(3)
    if not any(hmac.compare_digest(mac, _mac(kind, key, issue, secret)) for secret in _secrets()):
        raise Unknown
    return key, issue


def _mac(kind: str, key: str, issue: int, secret: str | None = None) -> str:
    made = derive(kind, key, str(issue), secret=secret)
    return urlsafe_b64encode(made).decode().rstrip("=")


def derive(*parts: str, secret: str | None = None) -> bytes:
    """32 bytes that only the holder of LINK_KEY can make from these parts."""
    key = secret or settings.LINK_KEY
    return hmac.new(key.encode(), "\n".join(parts).encode(), sha256).digest()


def _secrets() -> list[str]:
    """The key in use, then keys that were in use until lately, so that changing it cuts nobody off."""
    return [settings.LINK_KEY, *getattr(settings, "LINK_KEY_FALLBACKS", [])]
