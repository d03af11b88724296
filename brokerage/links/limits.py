"""Counts links that opened nothing, by where they came from. Never counts a link that worked.

A hundred scanners behind one address may open a hundred true links; somebody who tries out addresses is told to
stop. When the cache cannot be asked, nobody is slowed: the links themselves cannot be guessed.
"""

import ipaddress
import logging
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache

FAILURES = 20
WINDOW = 600  # seconds

logger = logging.getLogger(__name__)


def count_failure(request) -> bool:
    """Note one failure, and say whether this address has had too many."""
    key = f"links:failures:{household(request)}"
    try:
        cache.add(key, 0, WINDOW)
        return cache.incr(key) > FAILURES
    except Exception as trouble:  # a cache that is down must not close the door
        logger.warning("Failed links are not being counted: %s", type(trouble).__name__)
        return False


def client_address(request) -> str:
    """Who is calling, seen through our own proxies and nobody else's."""
    address = request.META.get("REMOTE_ADDR", "")
    passed = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    while passed and _is_ours(address):
        address = passed.pop()
    return address


def household(request) -> str:
    """Where it came from, as one household or office, in a form that names nobody."""
    return _bucket(client_address(request))


def _is_ours(address: str) -> bool:
    try:
        seen = ipaddress.ip_address(address)
        return any(seen in ipaddress.ip_network(ours, strict=False) for ours in settings.TRUSTED_PROXIES)
    except ValueError:
        return False


def _bucket(address: str) -> str:
    """One household or office: a whole /64 of the newer addresses. Hashed, so that the cache names nobody."""
    try:
        seen = ipaddress.ip_address(address)
        if seen.version == 6:
            address = str(ipaddress.ip_network((seen, 64), strict=False))
    except ValueError:
        pass
    return sha256(address.encode()).hexdigest()[:32]
