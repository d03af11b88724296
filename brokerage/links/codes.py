"""One-time codes: six digits, fifteen minutes, five tries, for one purpose about one thing.

`send` makes one and leaves posting it to whoever called. `spend` is given what was typed; it answers with the reason
it is no use, or None. It does not raise, because the try it counts must stay counted: call it in the transaction
of the deed it permits, and refuse after that has been committed.
"""

import hmac
import secrets
from datetime import timedelta

from django.db import transaction

from brokerage.clocks import clock
from brokerage.errors import Refused

from . import links
from .models import OneTimeCode

AT_MOST = 5  # codes about one thing, for one purpose, in one HOUR
HOUR = timedelta(hours=1)

WRONG = "That is not the code we sent. Check the newest e-mail from us and enter its 6 digits."
STALE = "That code has run out. Ask for a new code."


@transaction.atomic
def send(thing, purpose: str, *, address: str) -> OneTimeCode:
    """A new code, which ends the one before it."""
    now = clock.now()
    type(thing)._default_manager.select_for_update().get(pk=thing.pk)  # one at a time
    about = _about(thing, purpose)
    if OneTimeCode.objects.filter(**about, sent_at__gt=now - HOUR).count() >= AT_MOST:
        raise Refused("We have sent 5 codes in the last hour. Wait an hour, then ask for another.")
    OneTimeCode.objects.filter(**about, used_at=None, cancelled_at=None).update(cancelled_at=now)
    return OneTimeCode.objects.create(
        **about, seed=secrets.token_urlsafe(16), address=address, sent_at=now, expires_at=now + OneTimeCode.LASTS
    )


@transaction.atomic
def spend(thing, purpose: str, typed: str) -> str | None:
    """Why what was typed will not do, or None: then the code is used up."""
    code = OneTimeCode.objects.select_for_update().filter(**_about(thing, purpose), used_at=None, cancelled_at=None)
    code = code.first()
    now = clock.now()
    if code is None or code.expires_at <= now or code.tries >= OneTimeCode.TRIES:
        return STALE
    code.tries += 1
    right = hmac.compare_digest(digits_of(code), "".join(typed.split()).encode("ascii", "replace").decode())
    if right:
        code.used_at = now
    code.save(update_fields=["tries", "used_at"])
    if right:
        return None
    return WRONG if code.tries < OneTimeCode.TRIES else STALE


def digits_of(code: OneTimeCode) -> str:
    """Derived, never stored. Known to whoever posts the letter, at the moment of posting."""
    made = links.derive("code", code.purpose, code.kind, code.key, code.seed)
    return f"{int.from_bytes(made, 'big') % 1_000_000:06d}"


def _about(thing, purpose):
    return {"purpose": purpose, "kind": links.kind_of(thing), "key": thing.link_key}
