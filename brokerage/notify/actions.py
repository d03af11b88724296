from django.db import transaction
from django.db.models.functions import Now

from brokerage.audit.recording import record
from brokerage.errors import Refused

from . import doorbell, rules
from .models import Message, State


@transaction.atomic
def send_again(message: Message, *, by) -> Message:
    """Put a letter that failed back among those that wait. It is the same letter, under the same name and date."""
    message = Message.objects.select_for_update().get(pk=message.pk)
    if reason := rules.reason_not_to_send_again(message, by):
        raise Refused(reason)
    why, message.last_error = message.last_error, ""
    message.state = State.QUEUED
    message.next_try_at = Now()
    message.save(update_fields=["state", "next_try_at", "last_error"])
    said = f"The letter “{message.subject}” to {message.addressee} is sent again"
    record("letter.sent_again", message, by=by, said=said, case=message.case, failed_because=why)
    doorbell.ring_after_commit()
    return message
