"""Writes to somebody: the letter is kept now, with whatever it is about, and posted after the commit."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlparse

from django.conf import settings
from django.db.models import Model

from brokerage.clocks import clock
from brokerage.links.models import Linked, OneTimeCode

from . import doorbell, writing
from .models import Audience, Channel, Message


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What `tell_many` writes, one for each address."""

    address: str  # a number, where it goes by text message
    template: str
    channel: str = Channel.EMAIL
    case: str = ""
    about: Model | None = None
    link: Linked | None = None
    code: OneTimeCode | None = None
    urgent: bool = False
    audience: str = Audience.STAFF
    once_key: str | None = None
    context: dict[str, Any] = field(default_factory=dict)


def tell(
    address: str,
    template: str,
    *,
    case: str = "",
    about: Model | None = None,
    link: Linked | None = None,
    code: OneTimeCode | None = None,
    urgent: bool = False,
    audience: str = Audience.STAFF,
    once_key: str | None = None,
    **context,
) -> Message:
    """Write one letter to one address. With `once_key`, the same letter is never written twice.

    What opens something is not written down: `[[link]]` in the body becomes the address of `link`, and `[[code]]` the
    digits of `code`, at the moment of posting.
    """
    letter = Letter(
        address=address,
        template=template,
        case=case,
        about=about,
        link=link,
        code=code,
        urgent=urgent,
        audience=audience,
        once_key=once_key,
        context=context,
    )
    return tell_many([letter])[0]


def tell_many(letters: Iterable[Letter]) -> list[Message]:
    """Write many letters at once. One that was already written under its `once_key` is not written again."""
    messages = [_message(letter) for letter in letters]
    keyed = [message for message in messages if message.once_key]
    Message.objects.bulk_create([message for message in messages if not message.once_key], batch_size=500)
    if keyed:
        Message.objects.bulk_create(keyed, batch_size=500, ignore_conflicts=True)
        written = {
            message.once_key: message for message in Message.objects.filter(once_key__in=[m.once_key for m in keyed])
        }
        messages = [written.get(message.once_key, message) for message in messages]
    doorbell.ring_after_commit()
    return messages


def _message(letter: Letter) -> Message:
    subject, body = writing.write(letter.template, letter.context)
    writing.check_place(letter.template, body, writing.LINK, letter.link)
    writing.check_place(letter.template, body, writing.CODE, letter.code)
    writing.check_audience(letter.audience, subject, body, letter.case)
    return Message(
        channel=letter.channel,
        audience=letter.audience,
        address=writing.one_place(letter.channel, letter.address),
        template=letter.template,
        subject=subject,
        body=body,
        body_hash=writing.hash_of(subject, body),
        urgent=letter.urgent,
        case=letter.case,
        code_id=letter.code.pk if letter.code else None,
        once_key=letter.once_key,
        message_id=f"<{uuid.uuid4()}@{urlparse(settings.SITE_URL).hostname}>",
        date=clock.now(),
        **_label("about", letter.about),
        **_link(letter.link),
    )


def _label(name: str, subject: Model | None) -> dict[str, str]:
    return {f"{name}_label": subject._meta.label, f"{name}_id": str(subject.pk)} if subject else {}


def _link(link: Linked | None) -> dict[str, Any]:
    return {**_label("link", link), "link_issue": link.link_issue} if link else {}
