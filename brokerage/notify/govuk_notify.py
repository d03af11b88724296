"""GOV.UK Notify: letters and text messages by its API, each under our own reference, the outbox's id.

A template there has two places, `((subject))` and `((body))`; for text messages `((body))` alone. What Notify will never
take is refused for good; a key it does not know, too many at once and its own troubles are tried again.
"""

import json
import time
import urllib.error
import urllib.request
from base64 import urlsafe_b64encode
from hashlib import sha256
from hmac import new as hmac

from django.conf import settings

from . import composing, smtp
from .models import Message

NEVER = {400, 413, 422}  # it is about this letter; anything else is about us, or about them
UUID = 36  # characters


def takes_letters() -> bool:
    return bool(settings.NOTIFY_API_KEY and settings.NOTIFY_EMAIL_TEMPLATE)


def takes_texts() -> bool:
    return bool(settings.NOTIFY_API_KEY and settings.NOTIFY_SMS_TEMPLATE)


def post_letter(message: Message) -> None:
    says = {"subject": message.subject, "body": composing.words_of(message)}
    to = {"email_address": message.address, "template_id": settings.NOTIFY_EMAIL_TEMPLATE}
    _post("email", message, to | {"personalisation": says}, away=smtp.ServerAway)


def post_text(message: Message) -> None:
    to = {"phone_number": message.address, "template_id": settings.NOTIFY_SMS_TEMPLATE}
    says = {"body": composing.words_of(message).strip()}
    _post("sms", message, to | {"personalisation": says}, away=smtp.NotNow)


def _post(kind: str, message: Message, what: dict, *, away: type[smtp.NotSent]) -> None:
    request = urllib.request.Request(
        f"{settings.NOTIFY_URL}/v2/notifications/{kind}",
        data=json.dumps(what | {"reference": str(message.pk)}).encode(),
        headers={"Authorization": f"Bearer {token(at=int(time.time()))}", "Content-Type": "application/json"},
        method="POST",
    )
    try:
        with urllib.request.urlopen(request, timeout=settings.EMAIL_TIMEOUT) as answer:
            answer.read()
    except urllib.error.HTTPError as error:
        raise (smtp.Refused if error.code in NEVER else away)(_in_words(error)) from error
    except OSError as error:
        raise away(f"GOV.UK Notify could not be reached ({type(error).__name__}).") from error


def token(*, at: int) -> str:
    """A JSON web token as Notify wants it: whose, and when. The key ends with the service's id and the secret."""
    key = settings.NOTIFY_API_KEY
    secret, service = key[-UUID:], key[-2 * UUID - 1 : -UUID - 1]
    said = ".".join(
        _base64(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "HS256"}, _claim(service, at))
    )
    return f"{said}.{_base64(hmac(secret.encode(), said.encode(), sha256).digest())}"


def _claim(service: str, at: int) -> dict:
    return {"iss": service, "iat": at}


def _base64(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def _in_words(error: urllib.error.HTTPError) -> str:
    """Notify's own words, where it said any."""
    try:
        said = "; ".join(str(each["message"]) for each in json.loads(error.read())["errors"])
    except (ValueError, KeyError, TypeError, OSError):
        said = str(error.reason)
    return f"GOV.UK Notify: {error.code} {said}"[:500]
