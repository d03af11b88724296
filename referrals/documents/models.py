"""The papers of a case: what is on record, what it was before, what was asked for, and what is still owed."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from brokerage.audit.tracking import tracked
from referrals.documents.kinds import MANY, label_of


class OnRecord(models.Model):
    """What is said of one paper: of what date, where it is, and the file itself where somebody handed it in."""

    kind = models.CharField(max_length=30)  # one of `kinds.LABELS`, or a pathway's own
    title = models.CharField("what it is", max_length=80, blank=True)  # of a photo or other paper
    dated_on = models.DateField()
    where = models.CharField("where it is", max_length=120, blank=True)  # its number or place in the case record system
    words = models.TextField(blank=True)  # the pen picture itself
    file = models.ForeignKey("files.Stored", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    SAID = ("title", "dated_on", "where", "words", "file_id")

    class Meta:
        abstract = True

    def __str__(self):
        return self.get_kind_display()

    def get_kind_display(self) -> str:
        return self.title or label_of(self.kind)

    def said(self) -> dict:
        return {name: getattr(self, name) for name in self.SAID}


@tracked
class Paper(OnRecord):
    """A document that is on the person's record. One of each kind to a referral; what it replaced is kept as `earlier`."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.CASCADE, related_name="papers")
    with_provider_on = models.DateField(null=True, blank=True)
    with_provider_to = models.CharField(max_length=150, blank=True)
    with_provider_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="paper_of_each_kind_is_one", fields=["referral", "kind"], condition=~Q(kind__in=MANY)
            ),
            models.CheckConstraint(
                name="paper_with_provider_says_when_by_whom_and_to_whom",
                condition=Q(with_provider_on=None, with_provider_by=None, with_provider_to="")
                | (Q(with_provider_on__isnull=False, with_provider_by__isnull=False) & ~Q(with_provider_to="")),
            ),
        ]

    @property
    def case_reference(self) -> str:
        return self.referral.reference


@tracked
class EarlierPaper(OnRecord):
    """What a paper was before it was replaced. Never changed."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="earlier")
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-replaced_at", "-pk"]


class RequestQuerySet(models.QuerySet):
    def open(self):
        return self.filter(answered_at=None)


@tracked
class PaperRequest(models.Model):
    """The one letter that asks the worker for what is missing. While it is open nobody asks again."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.CASCADE, related_name="paper_requests")
    kinds = ArrayField(models.CharField(max_length=30))
    words = models.TextField(blank=True)  # the broker's own
    next_step_before = models.CharField(max_length=120, blank=True)  # what the queue said, to be said again
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()  # when the worker was last written to
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_because = models.TextField(blank=True)  # why it ended before all had come

    objects = RequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="paper_request_is_open_once", fields=["referral"], condition=Q(answered_at=None)
            ),
            models.CheckConstraint(
                name="paper_request_ended_says_when",
                condition=Q(answered_at=None, answered_by=None, ended_because="") | Q(answered_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Papers asked for on {self.referral}"

    @property
    def case_reference(self) -> str:
        return self.referral.reference


@tracked
class PaperWaiver(models.Model):
    """A paper that this case may go on without, by somebody whom its pathway lets say so."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.CASCADE, related_name="paper_waivers")
    kind = models.CharField(max_length=30)
    because = models.TextField()
    waived_at = models.DateTimeField()
    waived_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="paper_is_waived_once", fields=["referral", "kind"]),
            models.CheckConstraint(name="paper_waiver_says_why", condition=~Q(because="")),
        ]

    def __str__(self):
        return f"{label_of(self.kind)} waived on {self.referral}"

    @property
    def case_reference(self) -> str:
        return self.referral.reference


class ChaseQuerySet(models.QuerySet):
    def open(self):
        return self.filter(ended_at=None)

    def due(self, at):
        """No lower bound: after hours of silence the same letters are owed, once each."""
        return self.open().filter(next_letter_at__lte=at)


class ChaseReason(models.TextChoices):
    PHONE_FIRST = "phone_first", "The referral came by phone"
    INTERIM = "interim", "The service was arranged before all its papers were on record"


@tracked
class Chase(models.Model):
    """Paperwork that is to follow: the worker is written to each working day until it has all come (DER-16, GRN-09)."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.CASCADE, related_name="chases")
    reason = models.CharField(max_length=12, choices=ChaseReason)
    began_at = models.DateTimeField()
    began_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    next_letter_at = models.DateTimeField()
    letters = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=120, blank=True)

    objects = ChaseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(name="chase_next_letter", fields=["next_letter_at"], condition=Q(ended_at=None))]
        constraints = [
            models.UniqueConstraint(name="chase_is_open_once", fields=["referral"], condition=Q(ended_at=None)),
            models.CheckConstraint(
                name="chase_ended_says_why", condition=Q(ended_at=None, ended_because="") | Q(ended_at__isnull=False)
            ),
        ]

    def __str__(self):
        return f"Paperwork owed on {self.referral}"

    @property
    def case_reference(self) -> str:
        return self.referral.reference

    @property
    def initials(self) -> str:
        return self.referral.initials
