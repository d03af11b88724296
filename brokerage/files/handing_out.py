"""How a file leaves: never as something a browser runs, and where there is a host for files, from there alone.

There it is fetched by an address that opens for a minute, made for one person. It is derived under LINK_KEY, as
providers' links are, and stands in no table and no log.
"""

import hmac
import re
from base64 import urlsafe_b64encode
from urllib.parse import urlparse

from django.conf import settings
from django.http import StreamingHttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from brokerage.clocks import clock
from brokerage.files.models import NAME_LENGTH, NAME_LETTERS
from brokerage.links import links

MINUTE = 60
TOKEN = re.compile(rf"([{NAME_LETTERS}]{{{NAME_LENGTH}}})([0-9a-f]{{9}})\.([1-9][0-9]{{0,8}})\.([A-Za-z0-9_-]{{43}})")


def files_host() -> str:
    return urlparse(settings.FILES_URL).netloc.lower()


def address_for(stored, user) -> str:
    """Where this person fetches it, for the next minute."""
    until = f"{int(clock.now().timestamp()) + MINUTE:09x}"
    token = f"{stored.name}{until}.{user.pk}.{_mac(stored.name, until, str(user.pk))}"
    return settings.FILES_URL + reverse("fetch_file", args=[token])


def read(token: str) -> tuple[str, int] | None:
    """(name, who asked) of an address we made that still opens."""
    match = TOKEN.fullmatch(token)
    if match is None:
        return None
    name, until, user, mac = match.groups()
    keys = [settings.LINK_KEY, *settings.LINK_KEY_FALLBACKS]
    if not any(hmac.compare_digest(mac, _mac(name, until, user, secret=key)) for key in keys):
        return None
    return None if int(until, 16) <= clock.now().timestamp() else (name, int(user))


def answer(stored) -> StreamingHttpResponse:
    response = StreamingHttpResponse(stored.chunks(), content_type=stored.media_type)
    response["Content-Length"] = str(stored.size)
    response["Content-Disposition"] = content_disposition_header(True, stored.shown_as)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-site" if settings.FILES_URL else "same-origin"
    response["X-Frame-Options"] = "DENY"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response


def _mac(*parts: str, secret: str | None = None) -> str:
    return urlsafe_b64encode(links.derive("file", *parts, secret=secret)).decode().rstrip("=")
