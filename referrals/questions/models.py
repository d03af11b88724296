from django.conf import settings
from django.db import models
from django.db.models import Q

from brokerage.audit.tracking import tracked


@tracked
class Answer(models.Model):
    """What was said to one declared question. It stays when the question is no longer asked, and is then not counted."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=60)
    is_none = models.BooleanField("“None” is the answer", default=False)  # said, and not left blank (LEI-13)
    value = models.JSONField(null=True, blank=True)  # its shape is the kind's: see `kinds`
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(name="answer_to_each_question_is_one", fields=["referral", "key"]),
            models.CheckConstraint(
                name="answer_is_none_or_has_a_value",
                condition=Q(is_none=True, value__isnull=True) | Q(is_none=False, value__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.key} of {self.referral_id}"


@tracked
class NotAName(models.Model):
    """A word that looked like somebody's name, and whoever wrote it says is none (LEI-05). Asked once a referral."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.CASCADE, related_name="not_names")
    word = models.CharField(max_length=120)  # in lower case
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["word"]
        constraints = [models.UniqueConstraint(name="not_a_name_is_said_once", fields=["referral", "word"])]

    def __str__(self):
        return self.word
