"""Reads the letters that arrived, newest first."""

import mailbox
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

SHOWN = 200


@dataclass(frozen=True)
class Letter:
    key: str
    subject: str
    sender: str
    to: str
    sent_at: datetime | None
    body: str
    attachments: list


@dataclass(frozen=True)
class Attachment:
    name: str
    media_type: str
    content: bytes


def newest(folder) -> list[Letter]:
    box = _open(folder)
    return [_read(box, key) for key in sorted(box.keys(), key=_when_it_came, reverse=True)[:SHOWN]]


def find(folder, key) -> Letter | None:
    box = _open(folder)
    return _read(box, key) if key in box else None


def _when_it_came(key):
    """A Maildir key begins with the second and the microsecond: 1700000000.M12345P1Q1."""
    second, _, rest = key.partition(".M")
    return int(second), int(rest.partition("P")[0] or 0), key


def _open(folder):
    return mailbox.Maildir(folder, create=True)


def _read(box, key):
    message = BytesParser(policy=policy.default).parsebytes(box.get_bytes(key))
    body = message.get_body(("plain", "html"))
    return Letter(
        key=key,
        subject=str(message["subject"] or "(no subject)"),
        sender=str(message["from"] or ""),
        to=str(message["to"] or message["x-rcptto"] or ""),
        sent_at=_date(message["date"]),
        body=body.get_content() if body else "",
        attachments=[_attachment(part) for part in message.iter_attachments()],
    )


def _attachment(part):
    return Attachment(part.get_filename() or "unnamed", part.get_content_type(), part.get_payload(decode=True) or b"")


def _date(text):
    try:
        return parsedate_to_datetime(str(text))
    except ValueError:
        return None
