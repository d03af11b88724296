"""What became of the letters: those that failed first, since somebody is waiting for them."""

from django.conf import settings
from django.urls import reverse, reverse_lazy
from django.utils.module_loading import import_string

from brokerage.clocks import clock
from brokerage.design.lists import Column, ListPage
from brokerage.design.views import ButtonView

from . import actions
from .models import Message
from .rules import LOOKS_AFTER_LETTERS


def letters_for(user):
    """Those this person may see. Whose case a letter is about, a later part of the service knows: LETTERS_VISIBLE_TO."""
    return import_string(settings.LETTERS_VISIBLE_TO)(Message.objects.all(), user)


class Letters(ListPage, abstract=True):
    may = LOOKS_AFTER_LETTERS
    deed = "see what became of letters"
    template_name = "notify/letters.html"
    model = Message
    heading = "Letters"

    def get_context_data(self, **kwargs):
        letters = letters_for(self.request.user)
        oldest = letters.waiting().order_by("created_at").first()
        return super().get_context_data(**kwargs) | {
            "tabs": [
                {"label": "Failed", "href": reverse("letters"), "count": letters.failed().count()},
                {"label": "Waiting", "href": reverse("letters_waiting"), "count": letters.waiting().count()},
                {"label": "Sent", "href": reverse("letters_sent"), "count": letters.sent().count()},
                {"label": "Not sent", "href": reverse("letters_not_sent"), "count": letters.cancelled().count()},
            ],
            "oldest": oldest,
            "is_late": oldest is not None and (clock.now() - oldest.created_at).total_seconds() > 10 * 60,
            "is_paused": settings.SENDING_PAUSED,
        }


class FailedLetters(Letters):
    columns = (
        Column("written", "Written", sort="created_at"),
        Column("to", "To", sort="address"),
        Column("subject", "Subject", sort="subject"),
        Column("why", "Why it failed"),
        Column("again", "Send again"),
    )
    empty = "No letter has failed"

    def get_rows(self):
        return letters_for(self.request.user).failed().order_by("-pk")


class WaitingLetters(Letters):
    columns = (
        Column("written", "Written", sort="created_at"),
        Column("to", "To", sort="address"),
        Column("subject", "Subject", sort="subject"),
        Column("next", "Next try", sort="next_try_at"),
        Column("tries", "Tries", numeric=True),
        Column("why", "What the mail server said"),
    )
    empty = "No letter is waiting"

    def get_rows(self):
        return letters_for(self.request.user).waiting().most_urgent_first()


class SentLetters(Letters):
    columns = (
        Column("written", "Written", sort="created_at"),
        Column("to", "To", sort="address"),
        Column("subject", "Subject", sort="subject"),
        Column("sent", "Taken by their mail server", sort="sent_at"),
    )
    empty = "No letter has been sent"

    def get_rows(self):
        return letters_for(self.request.user).sent().order_by("-pk")


class LettersNotSent(Letters):
    columns = (
        Column("written", "Written", sort="created_at"),
        Column("to", "To", sort="address"),
        Column("subject", "Subject", sort="subject"),
        Column("why", "Why it was not sent"),
    )
    empty = "Every letter was sent, or will be"

    def get_rows(self):
        return letters_for(self.request.user).cancelled().order_by("-pk")


class SendAgain(ButtonView):
    may = LOOKS_AFTER_LETTERS
    deed = "send a letter again"
    done = "The letter is on its way again"
    goes_to = reverse_lazy("letters")

    def get_queryset(self):
        return letters_for(self.request.user)

    def act(self, answers):
        return actions.send_again(self.subject, by=self.request.user)
