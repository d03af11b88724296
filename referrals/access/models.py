import pgtrigger
from django.conf import settings
from django.db import models

from brokerage.audit.tracking import tracked


class NamedReaderQuerySet(models.QuerySet):
    def naming(self, user):
        """Of the case in an outer query, those that name this person."""
        return self.filter(referral=models.OuterRef("pk"), user=user)


@tracked
class NamedReader(models.Model):
    """Somebody named on a restricted case. Nobody else opens it, whatever their role."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.CASCADE, related_name="named_readers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=300)

    objects = NamedReaderQuerySet.as_manager()

    class Meta:
        ordering = ["user__full_name"]
        constraints = [models.UniqueConstraint(name="reader_is_named_once", fields=["referral", "user"])]

    def __str__(self):
        return f"{self.user} on {self.referral}"


class Page(models.TextChoices):
    """What somebody opened of a case."""

    CASE = "case", "Case file"
    NEEDS = "needs", "Needs"
    HISTORY = "history", "History"
    PAPERS = "papers", "Papers"
    REFERRAL = "referral", "Referral"
    ENQUIRY = "enquiry", "Enquiry"
    OFFERS = "offers", "Offers"
    PANEL = "panel", "Panel paper"
    PLACEMENT = "placement", "Placement"
    AGREEMENT = "agreement", "Agreement"
    OPENINGS = "openings", "Who has opened it"


class OpeningQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-opened_at", "-pk")


class Opening(models.Model):
    """Somebody opened a page of a case. These rows only grow."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="openings")
    case = models.CharField(max_length=12)  # kept in words: the list is read without the case
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    page = models.CharField(max_length=12, choices=Page)
    opened_at = models.DateTimeField()

    objects = OpeningQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="opening_of_case", fields=["referral", "-opened_at"]),
            models.Index(name="opening_by_user", fields=["user", "-opened_at"]),
            models.Index(name="opening_latest", fields=["-opened_at", "-id"]),
        ]
        triggers = [pgtrigger.Protect(name="opening_stays_as_it_was", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.user} opened {self.case}"


class PresenceQuerySet(models.QuerySet):
    def since(self, instant):
        return self.filter(seen_at__gte=instant)


class Presence(models.Model):
    """Who has a case on their screen. It is for colleagues to see, and proves nothing."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.CASCADE, related_name="present")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "presences"
        constraints = [models.UniqueConstraint(name="presence_is_one_row", fields=["referral", "user"])]

    def __str__(self):
        return f"{self.user} is at {self.referral}"
