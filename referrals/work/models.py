from datetime import UTC, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from brokerage.audit.tracking import tracked
from brokerage.deadlines.models import StageName

NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # when a case is due on which no clock runs: after all the others
MISSED = (StageName.MISSED, StageName.MISSED_FOR_LONG)


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

    def unassigned(self):
        return self.filter(owner=None)

    def waiting_on_others(self):
        return self.exclude(waits_on=WaitsOn.BROKERAGE)

    def awaiting_signature(self):
        return self.filter(awaits_signature=True)

    def escalated(self):
        """Those whose clock was missed and still runs."""
        return self.filter(escalated_stage__in=MISSED)

    def by_what_is_due_next(self):
        """Those on which no clock runs come last."""
        return self.order_by("due_key", "id")


class WorkItem(models.Model):
    """The queue's own row for a case: every stage writes down to it, so the queue reads one table."""

    referral = models.OneToOneField("referrals.Referral", on_delete=models.CASCADE, related_name="work")
    reference = models.CharField(max_length=12)
    initials = models.CharField(max_length=10)
    record_id = models.CharField(max_length=30, blank=True)
    service = models.CharField(max_length=80)  # the pathway's name
    area = models.CharField(max_length=8, blank=True)  # outward postcode
    priority = models.CharField(max_length=10)
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="work", db_index=False)
    owner = (
        models.ForeignKey(  # neither has an index besides those below: a sweep writes a thousand of these rows at once
            settings.AUTH_USER_MODEL,
            null=True,
            blank=True,
            on_delete=models.PROTECT,
            related_name="work",
            db_index=False,
        )
    )
    is_open = models.BooleanField(default=True)
    is_restricted = models.BooleanField(default=False)  # only those named on the case see it
    waits_on = models.CharField(max_length=10, choices=WaitsOn, default=WaitsOn.BROKERAGE)
    waits_since = models.DateTimeField(null=True, blank=True)
    awaits_signature = models.BooleanField(default=False)
    next_step = models.CharField(max_length=120)  # one line, in the broker's words
    due_at = models.DateTimeField(null=True, blank=True)  # of the clock that runs out first
    due_kind = models.CharField(max_length=20, blank=True)
    due_sentence = models.TextField(blank=True)
    due_key = models.GeneratedField(
        expression=Coalesce("due_at", Value(NEVER)), output_field=models.DateTimeField(), db_persist=True
    )
    escalated_stage = models.CharField(max_length=20, choices=StageName, blank=True)  # the worst of its running clocks
    escalated_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = WorkItemQuerySet.as_manager()

    class Meta:
        # One for each order in which a tab or a filter reads, so that a page is read and never sorted. Those of the tabs
        # hold what tells whether somebody may see a case, so that counting reads nothing else.
        indexes = [
            models.Index(
                name="work_of_team",
                fields=["team", "due_key", "id"],
                include=["is_restricted", "referral"],
                condition=Q(is_open=True),
            ),
            models.Index(
                name="work_of_owner",
                fields=["owner", "due_key", "id"],
                include=["is_restricted", "referral", "team"],
                condition=Q(is_open=True),
            ),
            models.Index(
                name="work_unassigned",
                fields=["team", "due_key", "id"],
                include=["is_restricted", "referral"],
                condition=Q(is_open=True, owner=None),
            ),
            models.Index(
                name="work_waiting",
                fields=["team", "due_key", "id"],
                include=["is_restricted", "referral"],
                condition=Q(is_open=True) & ~Q(waits_on=WaitsOn.BROKERAGE),
            ),
            models.Index(
                name="work_to_sign",
                fields=["team", "due_key", "id"],
                include=["is_restricted", "referral"],
                condition=Q(is_open=True, awaits_signature=True),
            ),
            models.Index(
                name="work_escalated",
                fields=["team", "due_key", "id"],
                include=["is_restricted", "referral"],
                condition=Q(is_open=True, escalated_stage__in=MISSED),
            ),
            models.Index(
                name="work_of_priority", fields=["team", "priority", "due_key", "id"], condition=Q(is_open=True)
            ),
            models.Index(
                name="work_of_service", fields=["team", "service", "due_key", "id"], condition=Q(is_open=True)
            ),
            models.Index(name="work_of_area", fields=["team", "area", "due_key", "id"], condition=Q(is_open=True)),
            models.Index(name="work_received", fields=["team", "received_at", "id"], condition=Q(is_open=True)),
            models.Index(name="work_initials", fields=["initials", "due_key", "id"], condition=Q(is_open=True)),
        ]
        constraints = [models.UniqueConstraint(name="work_is_one_row_a_reference", fields=["reference"])]

    def __str__(self):
        return f"{self.reference} {self.initials}"


@tracked
class Note(models.Model):
    """What somebody on the case wants the next one to know: brokerage alone, or the referrer and brokerage."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.CASCADE, related_name="notes")
    words = models.TextField()
    for_referrer = models.BooleanField("the referrer reads it too", default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-made_at"]
