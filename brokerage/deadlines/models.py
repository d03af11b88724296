"""A clock, the stages at which it escalates, and the escalations there were."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from brokerage.audit.tracking import tracked
from brokerage.clocks import stages

from . import sql


class Kind(models.TextChoices):
    START = "start", "Start of work"
    RESPONSE = "response", "Response"
    OPTIONS = "options", "Options"
    REPLY = "reply", "Provider’s reply"
    PANEL = "panel", "Panel’s decision"
    SIGNATURE = "signature", "Signature"


class Priority(models.TextChoices):
    ROUTINE = "routine", "Routine"
    URGENT = "urgent", "Urgent"
    EMERGENCY = "emergency", "Emergency"


class ClockQuerySet(models.QuerySet):
    def of(self, subject):
        return self.filter(subject_label=subject._meta.label, subject_id=str(subject.pk))

    def running(self):
        return self.filter(stopped_at=None)

    def stopped(self):
        return self.exclude(stopped_at=None)

    def overdue_at(self, instant):
        return self.running().filter(due_at__lte=instant)

    def next_due_first(self):
        return self.order_by("due_at", "pk")


@tracked
class Clock(models.Model):
    """One deadline, frozen with its rule when it started. It runs until stopped, and knows its subject by label."""

    subject_label = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=64)
    kind = models.CharField(max_length=12, choices=Kind)
    case = models.CharField(max_length=40)
    initials = models.CharField(max_length=10, blank=True)
    priority = models.CharField(max_length=10, choices=Priority, default=Priority.ROUTINE)
    team = models.ForeignKey("accounts.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    started_at = models.DateTimeField()
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_at = models.DateTimeField()
    sentence = models.TextField()
    rule = models.CharField(max_length=80)
    calendar = models.TextField(blank=True)

    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    stop_reason = models.TextField(blank=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["case", "due_at"], name="clock_case"),
            models.Index(fields=["subject_label", "subject_id"], name="clock_subject"),
            models.Index(fields=["due_at", "id"], name="clock_running", condition=Q(stopped_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                name="clock_of_a_kind_runs_once",
                fields=["subject_label", "subject_id", "kind"],
                condition=Q(stopped_at=None),
            ),
            models.CheckConstraint(name="clock_is_due_after_it_starts", condition=Q(due_at__gt=F("started_at"))),
            models.CheckConstraint(name="clock_explains_itself", condition=~Q(sentence="") & ~Q(rule="")),
            models.CheckConstraint(
                name="clock_running_names_nobody_who_stopped_it",
                condition=Q(stopped_at=None, stopped_by=None, stop_reason="") | Q(stopped_at__isnull=False),
            ),
            models.CheckConstraint(name="clock_kind_is_one_we_know", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="clock_priority_is_one_we_know", condition=Q(priority__in=Priority.values)),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} for {self.case}"

    @property
    def case_reference(self):
        return self.case

    @property
    def is_running(self):
        return self.stopped_at is None

    def is_overdue_at(self, instant):
        return self.is_running and self.due_at <= instant


class StageName(models.TextChoices):
    DUE_SOON = stages.DUE_SOON, "Due soon"
    MISSED = stages.MISSED, "Missed"
    MISSED_FOR_LONG = stages.MISSED_FOR_LONG, "Missed for long"


class StageQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(settled_at=None)

    def claim(self, *, at, clocks, leaving=()):
        """Take what has come due, on so many clocks at most, into this transaction's hands."""
        return list(self.raw(sql.CLAIM_DUE_STAGES, {"at": at, "clocks": clocks, "leaving": list(leaving)}))


class Stage(models.Model):
    """When a clock will escalate, worked out when it started. Settled once it did, or once its clock stopped."""

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="stages")
    name = models.CharField(max_length=20, choices=StageName)
    due_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = StageQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["due_at", "id"], name="stage_waiting", condition=Q(settled_at=None))]
        constraints = [
            models.UniqueConstraint(name="stage_stands_once_on_its_clock", fields=["clock", "name"]),
            models.CheckConstraint(name="stage_name_is_one_we_know", condition=Q(name__in=StageName.values)),
        ]

    def __str__(self):
        return f"{self.get_name_display()}: {self.clock}"


class EscalationQuerySet(models.QuerySet):
    def of(self, subject):
        return self.filter(clock__subject_label=subject._meta.label, clock__subject_id=str(subject.pk))

    def of_case(self, case):
        return self.filter(clock__case=case)

    def running(self):
        """Those whose clock nobody has stopped yet: what the queue marks."""
        return self.filter(clock__stopped_at=None)

    def missed(self):
        return self.exclude(stage__name=StageName.DUE_SOON)


class Escalation(models.Model):
    """Somebody was told that a clock reached a stage: once for each."""

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="escalations")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="escalations")
    escalated_at = models.DateTimeField()
    told = models.TextField(blank=True)  # names, as the history says them; empty where there was nobody to tell

    objects = EscalationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="escalation_happens_once", fields=["clock", "stage"])]

    def __str__(self):
        return f"{self.stage} at {self.escalated_at:%d %B %Y %H:%M}"


class HeartbeatQuerySet(models.QuerySet):
    def beat(self, name, *, at):
        beat = Heartbeat(name=name, beaten_at=at)
        self.bulk_create([beat], update_conflicts=True, unique_fields=["name"], update_fields=["beaten_at"])


class Heartbeat(models.Model):
    """When something that must happen again and again last happened."""

    name = models.CharField(max_length=40, primary_key=True)
    beaten_at = models.DateTimeField()

    objects = HeartbeatQuerySet.as_manager()

    def __str__(self):
        return f"{self.name} at {self.beaten_at}"
