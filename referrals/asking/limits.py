"""Holds off whoever sends requests by the hundred. A person who is held off by mistake is told the phone number, every time.

Counts are of what was kept, by the address it came from and by its words; neither is readable in the cache. When the
cache cannot be asked, nobody is held off.
"""

import logging
import re
from hashlib import sha256

from django.core import signing
from django.core.cache import cache

from brokerage.links.limits import household

FROM_ONE_PLACE = 15  # a hospital or a library stands behind one address too
OF_THE_SAME_WORDS = 3
LONG_ENOUGH = 40  # letters: many people write "help at home" in their own right
WINDOW = 60 * 60  # seconds
QUICKEST = 3  # seconds: nobody reads and answers four questions faster
SALT = "referrals.asking"

logger = logging.getLogger(__name__)


def too_many(request, words: str) -> bool:
    """Whether as much as one may send has already been kept, from here or in these words."""
    try:
        limits = _limits(request, words)
        kept = cache.get_many(list(limits))
        return any(kept.get(key, 0) >= most for key, most in limits.items())
    except Exception as trouble:  # a cache that is down must not close the door
        logger.warning("Requests to be rung are not being counted: %s", type(trouble).__name__)
        return False


def count(request, words: str) -> None:
    """Note one that was kept."""
    for key in _limits(request, words):
        try:
            cache.add(key, 0, WINDOW)
            cache.incr(key)
        except Exception as trouble:
            logger.warning("Requests to be rung are not being counted: %s", type(trouble).__name__)


def stamp() -> str:
    """When the page was opened, signed."""
    return signing.TimestampSigner(salt=SALT).sign("opened")


def came_too_fast(stamped: str) -> bool:
    """Sent within seconds of opening the page, or without having opened it."""
    signer = signing.TimestampSigner(salt=SALT)
    try:
        signer.unsign(stamped)
    except signing.BadSignature:
        return True
    try:
        signer.unsign(stamped, max_age=QUICKEST)
    except signing.SignatureExpired:
        return False
    return True


def _limits(request, words: str) -> dict[str, int]:
    limits = {f"asking:place:{household(request)}": FROM_ONE_PLACE}
    plain = re.sub(r"[^a-z]", "", words.lower())
    if len(plain) >= LONG_ENOUGH:
        limits[f"asking:words:{sha256(plain.encode()).hexdigest()[:32]}"] = OF_THE_SAME_WORDS
    return limits
