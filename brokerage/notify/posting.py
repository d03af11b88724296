"""Which way a letter goes: by SMTP or by GOV.UK Notify, and a text message by whatever the council has for it."""

from . import composing, govuk_notify, sms, smtp
from .models import Message


def post(message: Message) -> None:
    """Return once somebody took it. Raises what `smtp` names: NotNow, Refused, or ServerAway where nothing goes at all."""
    if message.is_text:
        sms.post(message)
    elif govuk_notify.takes_letters():
        govuk_notify.post_letter(message)
    else:
        smtp.here().post(message.address, composing.compose(message))
