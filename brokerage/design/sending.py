"""A form sent twice does its work once. A page's link token is never stored: `{token}` stands in its place."""

import hashlib
import uuid
from collections.abc import Callable

from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from brokerage.clocks import clock
from brokerage.design.models import SentForm
from brokerage.errors import Refused
from brokerage.links.logs import LIKE_A_TOKEN

LOCK_NOT_AVAILABLE = "55P03"
NOT_ANSWERS = {"csrfmiddlewaretoken", "form_key", "read_version"}


def new_key() -> str:
    return str(uuid.uuid4())


def earlier(request, *, token: str = "") -> str | None:
    """Where this very form led when it was sent before, or None; asked before anything is checked again."""
    sent = SentForm.objects.filter(key=_key_of(request)).first()
    if sent and sent.is_the_same_as(**_facts_of(request, token)):
        return sent.went_to.replace("{token}", token)
    return None


def once(request, deed: Callable[[], str], *, token: str = "") -> str:
    """Do the deed, whole or not at all, unless this very form was sent before.

    Args:
        deed: does the work and returns the address to go to next.
        token: what must not be stored of the addresses, when the page stands behind a link.

    Returns:
        the address to go to, which is the first one's when the form was sent before.

    Raises:
        Refused: the key was already sent with other answers, or the deed refused.
    """
    key = _key_of(request)
    with transaction.atomic():
        if key is None:
            return deed()
        facts = {
            "user_id": request.user.pk,
            "path": _hide(request.path, token),
            "body_hash": body_hash(request),
        }
        sent, is_first = _claim(key, facts)
        if not is_first:
            return _outcome_of(sent, facts, token)
        goes_to = deed()
        sent.went_to = _hide(goes_to, token)
        sent.save(update_fields=["went_to"])
        return goes_to


def _facts_of(request, token) -> dict:
    return {"user_id": request.user.pk, "path": _hide(request.path, token), "body_hash": body_hash(request)}


def _claim(key, facts) -> tuple[SentForm, bool]:
    """The row of this key. Where another request is writing it now, wait for that one to end."""
    if sent := SentForm.objects.filter(key=key).first():
        return sent, False
    try:
        with transaction.atomic():
            return SentForm.objects.create(key=key, sent_at=clock.now(), **facts), True
    except IntegrityError:
        return SentForm.objects.get(key=key), False
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", "") != LOCK_NOT_AVAILABLE:
            raise
        raise Refused("This form is being sent already. Wait a moment, then look whether it was recorded.") from error


def _outcome_of(sent: SentForm, facts, token) -> str:
    if sent.is_the_same_as(**facts):
        return sent.went_to.replace("{token}", token)
    at = timezone.localtime(sent.sent_at)
    raise Refused(
        f"This form was already sent at {at:%H:%M} on {at.day} {at:%B}, with other answers. "
        "Check what was recorded, then send these answers again if they should be added."
    )


def forget_before(instant) -> int:
    """Delete what was sent before `instant`; by then nobody sends the same page again."""
    return SentForm.objects.filter(sent_at__lt=instant).delete()[0]


def body_hash(request) -> str:
    """One number for all the answers, uploaded files included."""
    digest = hashlib.sha256()
    for name in sorted(request.POST):
        if name not in NOT_ANSWERS:
            digest.update(repr((name, request.POST.getlist(name))).encode())
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            digest.update(repr((name, file.name, file.size)).encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()


def _key_of(request) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("form_key", ""))
    except ValueError:
        return None


def _hide(address: str, token: str) -> str:
    """A link pasted with scraps behind it, or made under an older key, is not in the address as it was given."""
    return LIKE_A_TOKEN.sub("{token}", address.replace(token, "{token}")) if token else address
