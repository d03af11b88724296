from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.crypto import get_random_string

KEY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
KEY_LENGTH = 12


def new_key() -> str:
    return get_random_string(KEY_LENGTH, KEY_LETTERS)


class Linked(models.Model):
    """Something that a person with no account may open by a link.

    What stands here opens nothing: the token is derived from it with a key that the database never sees.
    The child says where its page is: `get_link_path(token)`.
    """

    link_key = models.CharField(max_length=KEY_LENGTH, unique=True, default=new_key, editable=False)
    link_issue = models.PositiveIntegerField(default=1, editable=False)
    link_expires_at = models.DateTimeField(null=True, blank=True)
    link_withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def get_link_path(self, token: str) -> str:
        raise NotImplementedError(f"{type(self).__name__} does not say where its page is")


class OneTimeCode(models.Model):
    """Six digits sent to a registered mailbox, to show that whoever holds the link reads that mailbox too.

    The digits are derived, as a link's token is, so neither this table nor a copy of it gives them away.
    """

    LASTS = timedelta(minutes=15)
    TRIES = 5

    purpose = models.CharField(max_length=40)
    kind = models.CharField(max_length=80)  # what it is about: model label and link key, as in a token
    key = models.CharField(max_length=KEY_LENGTH)
    seed = models.CharField(max_length=22, editable=False)
    address = models.EmailField()
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["purpose", "kind", "key", "sent_at"], name="code_by_what_it_is_about")]
        constraints = [
            models.UniqueConstraint(
                name="code_only_the_latest_counts",
                fields=["purpose", "kind", "key"],
                condition=Q(used_at=None, cancelled_at=None),
            ),
            models.CheckConstraint(name="code_is_tried_five_times_at_most", condition=Q(tries__lte=5)),
            models.CheckConstraint(name="code_expires_after_it_was_sent", condition=Q(expires_at__gt=F("sent_at"))),
        ]
