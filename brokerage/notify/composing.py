"""The letter as the mail server gets it. Secrets are put in here, at the last moment, and never kept."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from django.apps import apps
from django.conf import settings

from brokerage.clocks import clock
from brokerage.links import codes, links
from brokerage.links.models import OneTimeCode

from .models import Message
from .writing import CODE, LINK, hash_of


class Pointless(Exception):
    """What the letter would open is not open any more, so it is not sent."""


class Altered(Exception):
    """The text is not the text that was written."""


def words_of(message: Message) -> str:
    """The text as its reader gets it, links and codes and all: to be handed over now, and kept nowhere."""
    if hash_of(message.subject, message.body) != message.body_hash:
        raise Altered("Its text is not the text that was written.")
    return _filled_in(message)


def compose(message: Message) -> bytes:
    body = words_of(message)
    letter = EmailMessage(policy=SMTP)
    letter["From"] = settings.DEFAULT_FROM_EMAIL
    letter["To"] = message.address
    letter["Subject"] = message.subject
    letter["Date"] = format_datetime(message.date)
    letter["Message-ID"] = message.message_id
    letter["X-Dispatch-Id"] = str(message.pk)
    letter["Auto-Submitted"] = "auto-generated"
    letter["X-Auto-Response-Suppress"] = "All"
    letter.set_content(body, cte="7bit" if _is_plain(body) else "quoted-printable")
    return bytes(letter)


def _filled_in(message: Message) -> str:
    body = message.body
    if message.link_label:
        body = body.replace(LINK, settings.SITE_URL + links.path_of(_open_link(message)))
    if message.code_id:
        body = body.replace(CODE, codes.digits_of(_open_code(message)))
    return body


def _open_link(message: Message):
    thing = apps.get_model(message.link_label)._default_manager.filter(pk=message.link_id).first()
    if thing is None or thing.link_withdrawn_at or thing.link_issue != message.link_issue:
        raise Pointless("The link in it was withdrawn or replaced before it could be sent.")
    if thing.link_expires_at and thing.link_expires_at <= clock.now():
        raise Pointless("The link in it ran out before it could be sent.")
    return thing


def _open_code(message: Message) -> OneTimeCode:
    code = OneTimeCode.objects.filter(pk=message.code_id, used_at=None, cancelled_at=None).first()
    if code is None or code.expires_at <= clock.now():
        raise Pointless("The code in it ran out or was replaced before it could be sent.")
    return code


def _is_plain(body: str) -> bool:
    return body.isascii() and all(len(line) < 900 for line in body.splitlines())
