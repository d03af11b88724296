from django.conf import settings
from django.db import models
from django.db.models import Q

from brokerage.audit.tracking import tracked


class WaitsOn(models.TextChoices):
    """Whose time it is (AMB-01, decisions on waits)."""

    BROKERAGE = "brokerage", "Brokerage"
    REFERRER = "referrer", "Referrer"
    PROVIDER = "provider", "Providers"
    PERSON = "person", "The person"
    PANEL = "panel", "Panel"


class WorkItemQuerySet(models.QuerySet):
    def open(self):
        return self.filter(is_open=True)

    def visible_to(self, user):
        referrals = self.model._meta.get_field("referral").related_model.objects  # intake is later than this
        return self.filter(referral__in=referrals.visible_to(user))

    def by_what_is_due_next(self):
        return self.order_by("due_at", "id")


class WorkItem(models.Model):
    """The queue's own row for a case: every stage writes down to it, so the queue reads one table."""

    referral = models.OneToOneField("referrals.Referral", on_delete=models.CASCADE, related_name="work")
    reference = models.CharField(max_length=12)
    initials = models.CharField(max_length=10)
    record_id = models.CharField(max_length=30, blank=True)
    service = models.CharField(max_length=80)  # the pathway's name
    area = models.CharField(max_length=8, blank=True)  # outward postcode
    priority = models.CharField(max_length=10)
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="work")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="work"
    )
    is_open = models.BooleanField(default=True)
    waits_on = models.CharField(max_length=10, choices=WaitsOn, default=WaitsOn.BROKERAGE)
    next_step = models.CharField(max_length=120)  # one line, in the broker's words
    due_at = models.DateTimeField(null=True, blank=True)  # of the clock that runs out first
    due_kind = models.CharField(max_length=20, blank=True)
    due_sentence = models.TextField(blank=True)
    received_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = WorkItemQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="work_due_next", fields=["due_at", "id"], condition=Q(is_open=True)),
            models.Index(name="work_by_team_due_next", fields=["team", "due_at", "id"], condition=Q(is_open=True)),
            models.Index(name="work_by_owner_due_next", fields=["owner", "due_at", "id"], condition=Q(is_open=True)),
        ]

    def __str__(self):
        return f"{self.reference} {self.initials}"


@tracked
class Note(models.Model):
    """What somebody on the case wants the next one to know."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.CASCADE, related_name="notes")
    words = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-made_at"]
