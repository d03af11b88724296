"""Text messages: by GOV.UK Notify, by a command of the council's own, or, in a demonstration, into its mailbox.

The command is called without a shell and reads two things from standard input: the number on the first line, the words
after it. It ends with 0 when it took the message, 65 or 67 when it never will, and anything else when it may be tried
again.
"""

import os
import shlex
import subprocess
from email.message import EmailMessage
from email.policy import SMTP

from django.conf import settings

from . import composing, govuk_notify, smtp
from .models import Message

NEVER = {65, 67}  # os.EX_DATAERR, os.EX_NOUSER
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TZ")  # of our environment, for the council's command: no key of ours
NO_WAY = "There is no way to send text messages: set NOTIFY_API_KEY and NOTIFY_SMS_TEMPLATE, or SMS_COMMAND."


def way() -> str:
    """ "notify", "command", "mailbox" or nothing."""
    if govuk_notify.takes_texts():
        return "notify"
    if settings.SMS_COMMAND:
        return "command"
    return "mailbox" if settings.DEV_MAILBOX else ""


def post(message: Message) -> None:
    """Return once it was taken. Raises smtp.NotNow or smtp.Refused: a dead gateway holds up no letter."""
    match way():
        case "notify":
            govuk_notify.post_text(message)
        case "command":
            _run(message.address, composing.words_of(message).strip())
        case "mailbox":
            _show(message)
        case _:
            raise smtp.NotNow(NO_WAY)


def _run(number: str, words: str) -> None:
    command = shlex.split(settings.SMS_COMMAND)
    try:
        ended = subprocess.run(
            command,
            input=f"{number}\n{words}\n".encode(),
            capture_output=True,
            timeout=settings.EMAIL_TIMEOUT,
            check=False,
            env={name: os.environ[name] for name in KEPT if name in os.environ},
        )
    except subprocess.TimeoutExpired:
        raise smtp.NotNow("The command that sends text messages did not end in time.") from None
    except OSError as error:
        raise smtp.NotNow(f"The command that sends text messages could not be run ({error.strerror}).") from error
    if ended.returncode:
        said = ended.stderr.decode(errors="replace").strip().splitlines()
        why = f"The command that sends text messages ended with {ended.returncode}{': ' + said[-1][:300] if said else ''}."
        raise (smtp.Refused if ended.returncode in NEVER else smtp.NotNow)(why)


def _show(message: Message) -> None:
    """In the development mailbox, to be read beside the letters."""
    shown = EmailMessage(policy=SMTP)
    shown["From"] = settings.DEFAULT_FROM_EMAIL
    shown["To"] = address = f"{message.address.lstrip('+')}@sms.invalid"
    shown["Subject"] = f"Text message to {message.address}"
    shown["Message-ID"] = message.message_id
    shown.set_content(composing.words_of(message))
    try:
        smtp.here().post(address, bytes(shown))
    except smtp.ServerAway as error:
        raise smtp.NotNow(str(error)) from error
