"""Where the council sets it, a reply counts once a code from the registered mailbox has been entered."""

from django.db import transaction

from brokerage.audit.recording import Outsider, record
from brokerage.links import codes
from providers.replies import actions, letters, rules
from providers.replies.answer import Answer
from providers.replies.models import ReplyIntent

REPLY = "reply"  # what the code is for


@transaction.atomic
def ask_for_code(invitation, *, kind, by_name, by_role, **answers) -> ReplyIntent:
    """Keep the reply as it was sent, and send a code to the registered mailbox, naming who sent it."""
    invitation = actions.take(invitation)
    answer = actions.sound(invitation, Answer(kind=kind, by_name=by_name, by_role=by_role, **answers))
    return _send_code(invitation, answer)


@transaction.atomic
def ask_again(invitation) -> ReplyIntent | None:
    """A new code for the same words, which are then sent anew; nothing where none wait."""
    invitation = actions.take(invitation)
    waiting = intent_of(invitation)
    return waiting and _send_code(invitation, actions.sound(invitation, Answer.from_data(waiting.answer)))


def intent_of(invitation) -> ReplyIntent | None:
    """What the newest code is for, while it has not been used."""
    latest = invitation.intents.select_related("code").first()
    return latest if latest and latest.code.used_at is None else None


def enter_code(invitation, *, intent_id, typed) -> str | None:
    """Make the reply with the code. Answers why not, or None: a wrong try must stay counted, so nothing is raised.

    It was made when its words were sent, which nobody can change since: a code that came late makes no reply late.
    """
    with transaction.atomic():
        invitation = actions.take(invitation)
        if reason := rules.reason_not_to_reply(invitation):
            return reason
        intent = intent_of(invitation)
        if intent is None or intent.pk != intent_id:
            return "Another reply was sent since. Start again, so that the right one counts."
        if reason := codes.spend(invitation, REPLY, typed):
            return reason
        actions.keep(invitation, Answer.from_data(intent.answer), made_at=intent.said_at)
    return None


def _send_code(invitation, answer) -> ReplyIntent:
    code = codes.send(invitation, REPLY, address=invitation.mailbox)
    intent = ReplyIntent.objects.create(invitation=invitation, code=code, answer=answer.to_data(), said_at=code.sent_at)
    by = Outsider(answer.by_name, role=answer.by_role, organisation=invitation.service_name)
    told = f"A code to reply sent to the registered mailbox of {invitation.service_name}"
    record("reply.code_sent", invitation, by=by, case=invitation.case_reference, said=told)
    letters.code(invitation, answer, code)
    return intent
