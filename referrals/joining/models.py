from django.conf import settings
from django.db import models
from django.db.models import F, Q

from brokerage.audit.tracking import tracked


class Answer(models.TextChoices):
    """What somebody said of two referrals that look like one person's."""

    SAME_PERSON = "same_person", "The same person, another need"
    SAME_REQUEST = "same_request", "The same request"
    DIFFERENT = "different", "A different person"


@tracked
class Verdict(models.Model):
    """Somebody looked at two referrals that were alike and said what they are to each other. Asked once for each pair."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.CASCADE, related_name="verdicts")
    other = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="verdicts_of_later")
    answer = models.CharField(max_length=12, choices=Answer)
    because = models.CharField(max_length=300, blank=True)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="verdict_on_two_referrals_is_one", fields=["referral", "other"]),
            models.CheckConstraint(name="verdict_is_on_two_referrals", condition=~Q(referral=F("other"))),
            models.CheckConstraint(name="verdict_is_one_we_know", condition=Q(answer__in=Answer.values)),
            models.CheckConstraint(
                name="verdict_of_different_people_says_why", condition=~Q(answer=Answer.DIFFERENT) | ~Q(because="")
            ),
        ]

    def __str__(self):
        return f"{self.referral} and {self.other}: {self.get_answer_display().lower()}"

    @property
    def case_reference(self) -> str:
        return self.referral.reference
