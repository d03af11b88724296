"""A clock, its pauses, the stages at which it escalates, and the escalations there were."""

from datetime import timedelta

from django.conf import settings
from django.db import connections, models
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
    HAND_OVER = "hand_over", "Hand-over"  # from a short-term service to a long-term one
    WAIT = "wait", "Wait"  # for somebody, while another clock is paused
    PAPERS = "papers", "Paperwork"  # that is to follow a referral by phone, or an interim service


PAUSABLE = (Kind.RESPONSE, Kind.OPTIONS, Kind.PANEL, Kind.SIGNATURE)


class WaitsFor(models.TextChoices):
    """Whose time it is while a clock is paused (AMB-01)."""

    BROKERAGE = "brokerage", "Brokerage"
    REFERRER = "referrer", "Referrer"
    PROVIDER = "provider", "Providers"
    PERSON = "person", "The person"
    PANEL = "panel", "Panel"


class Priority(models.TextChoices):
    ROUTINE = "routine", "Routine"
    URGENT = "urgent", "Urgent"
    EMERGENCY = "emergency", "Emergency"


class ClockQuerySet(models.QuerySet):
    def of(self, subject):
        return self.filter(subject_label=subject._meta.label, subject_id=str(subject.pk))

    def running(self):
        return self.filter(stopped_at=None)

    def ticking(self):
        """Running and not paused: what somebody owes now."""
        return self.running().filter(paused_at=None)

    def paused(self):
        return self.running().exclude(paused_at=None)

    def stopped(self):
        return self.exclude(stopped_at=None)

    def overdue_at(self, instant):
        return self.ticking().filter(due_at__lte=instant)

    def next_due_first(self):
        return self.order_by("due_at", "pk")


@tracked
class Clock(models.Model):
    """One deadline, frozen with its rule when it started. It runs until stopped, and knows its subject by label.

    While it is paused it is nobody's: `due_at` is what it was, until going on gives the unspent time back.
    """

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
    paused_at = models.DateTimeField(null=True, blank=True)

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
            models.Index(
                fields=["paused_at", "id"], name="clock_paused", condition=Q(stopped_at=None, paused_at__isnull=False)
            ),
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
            models.CheckConstraint(
                name="clock_is_paused_only_while_it_runs", condition=Q(paused_at=None) | Q(stopped_at=None)
            ),
            models.CheckConstraint(
                name="clock_of_this_kind_is_never_paused",
                condition=Q(paused_at=None)
                | (Q(kind__in=[kind.value for kind in PAUSABLE]) & ~Q(priority=Priority.EMERGENCY.value)),
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

    @property
    def is_paused(self):
        return self.paused_at is not None

    @property
    def is_ticking(self):
        return self.is_running and not self.is_paused

    @property
    def counts_elapsed(self):
        """Whether its rule counts by the clock on the wall, and not in working time."""
        return ":elapsed_hours:" in self.rule

    def is_overdue_at(self, instant):
        return self.is_ticking and self.due_at <= instant


class PauseQuerySet(models.QuerySet):
    def open(self):
        return self.filter(ended_at=None)

    def of_case(self, case):
        return self.filter(clock__case=case)


@tracked
class Pause(models.Model):
    """A line of the ledger: who paused a clock, why, whom we wait for, and what became of its deadline.

    What was left is measured when it is paused, by the calendar of that day, and kept. It is given back by the calendar
    of the day on which the clock goes on: a deadline made then falls in hours that somebody works then.
    """

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="pauses")
    waits_on = models.CharField(max_length=10, choices=WaitsFor)
    whom = models.CharField(max_length=150, blank=True)
    because = models.TextField()
    paused_at = models.DateTimeField()
    paused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_before = models.DateTimeField()
    left = models.DurationField()  # unspent; none where it was due already

    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_because = models.TextField(blank=True)
    due_after = models.DateTimeField(null=True, blank=True)  # none where the clock was stopped while it was paused

    objects = PauseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="pause_is_open_once_on_a_clock", fields=["clock"], condition=Q(ended_at=None)),
            models.CheckConstraint(
                name="pause_ends_after_it_starts", condition=Q(ended_at=None) | Q(ended_at__gte=F("paused_at"))
            ),
            models.CheckConstraint(
                name="pause_still_open_names_nobody_who_ended_it",
                condition=Q(ended_at=None, ended_by=None, ended_because="", due_after=None) | Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="pause_never_brings_a_deadline_forward",
                condition=Q(due_after=None) | Q(due_after__gte=F("due_before")),
            ),
            models.CheckConstraint(name="pause_says_why", condition=~Q(because="")),
            models.CheckConstraint(name="pause_leaves_no_less_than_nothing", condition=Q(left__gte=timedelta())),
            models.CheckConstraint(name="pause_waits_on_one_we_know", condition=Q(waits_on__in=WaitsFor.values)),
        ]

    def __str__(self):
        return f"Pause of {self.clock}"

    @property
    def case_reference(self):
        return self.clock.case

    @property
    def is_open(self):
        return self.ended_at is None

    @property
    def waits_for(self):
        """Whom, as it is said in a sentence."""
        return self.whom or self.get_waits_on_display().lower()


class StageName(models.TextChoices):
    DUE_SOON = stages.DUE_SOON, "Due soon"
    MISSED = stages.MISSED, "Missed"
    MISSED_FOR_LONG = stages.MISSED_FOR_LONG, "Missed for long"


# what a sweep needs of the rows it claims: as `sql.CLAIM_DUE_STAGES` returns them, and in the order of the fields
CLAIMED_OF_STAGE = ("id", "clock_id", "name", "due_at", "settled_at")
CLAIMED_OF_CLOCK = (
    "id",
    "kind",
    "case",
    "initials",
    "priority",
    "team_id",
    "owner_id",
    "due_at",
    "sentence",
)


class StageQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(settled_at=None)

    def claim(self, *, at, clocks, leaving=()):
        """Take what has come due, on so many clocks at most, into this transaction's hands; each with its clock."""
        with connections[self.db].cursor() as cursor:
            cursor.execute(sql.CLAIM_DUE_STAGES, {"at": at, "clocks": clocks, "leaving": list(leaving)})
            rows = cursor.fetchall()
        first = len(CLAIMED_OF_STAGE)
        found = {row[first]: row[first:] for row in rows}
        found = {pk: Clock.from_db(self.db, CLAIMED_OF_CLOCK, values) for pk, values in found.items()}
        stages = []
        for row in rows:
            stage = Stage.from_db(self.db, CLAIMED_OF_STAGE, row[:first])
            stage.clock = found[stage.clock_id]
            stages.append(stage)
        return stages


class Stage(models.Model):
    """When a clock will escalate, worked out when it started. Settled once it did, or once its clock stopped."""

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="stages")
    name = models.CharField(max_length=20, choices=StageName)
    due_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    is_held = models.BooleanField(default=False)  # its clock is paused: the sweep's index does not have it

    objects = StageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], name="stage_waiting", condition=Q(settled_at=None, is_held=False))
        ]
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


from .closed_days.models import Moved  # noqa: E402 (it points at the clocks above)
