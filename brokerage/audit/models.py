"""What was done, in words people read (Event), and the seals that show whether anybody has rewritten it since."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from brokerage.council.models import ClosureDay, Council

from .tracking import ThisTransaction, tracked


class ActorKind(models.TextChoices):
    USER = "user", "Somebody who signed in"
    OUTSIDER = "outsider", "Somebody with no account"
    SYSTEM = "system", "The service itself"


class EventQuerySet(models.QuerySet):
    def of_case(self, case):
        return self.filter(case=case)

    def about(self, subject):
        return self.filter(subject_label=subject._meta.label, subject_id=str(subject.pk))

    def newest_first(self):
        return self.order_by("-pk")


class Event(models.Model):
    """One deed. It has no foreign keys, so nothing that happens to its subject can change it or take it away."""

    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)  # the database writes these two itself,
    tx = models.BigIntegerField(db_default=ThisTransaction(), editable=False)  # whatever it is given
    verb = models.CharField(max_length=80)
    actor_kind = models.CharField(max_length=10, choices=ActorKind)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    actor_role = models.CharField(max_length=200, blank=True)
    actor_organisation = models.CharField(max_length=200, blank=True)
    subject_label = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=64)
    case = models.CharField(max_length=40, blank=True)
    said = models.TextField()
    because = models.TextField(blank=True)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["case", "id"], name="event_case"),
            models.Index(fields=["subject_label", "subject_id", "id"], name="event_subject"),
            models.Index(fields=["tx"], name="event_tx"),
        ]
        constraints = [
            models.CheckConstraint(name="event_says_something", condition=~Q(said="")),
            models.CheckConstraint(name="event_names_its_actor", condition=~Q(actor_name="")),
            models.CheckConstraint(
                name="event_user_has_an_id",
                condition=Q(actor_kind="user", actor_id__isnull=False)
                | Q(actor_kind__in=["outsider", "system"], actor_id__isnull=True),
            ),
        ]

    def __str__(self):
        return self.said

    @property
    def who(self):
        """Who did it, as the history says it."""
        where = ", ".join(part for part in (self.actor_role, self.actor_organisation) if part)
        return f"{self.actor_name} ({where})" if where else self.actor_name


class Seal(models.Model):
    """A batch of audit rows of one table, sealed together. Each seal's hash covers the one before it."""

    made_at = models.DateTimeField(db_default=Now(), editable=False)
    table_name = models.CharField(max_length=63)
    columns = models.JSONField()  # those the digests cover: a column added later leaves old digests whole
    rows = models.PositiveIntegerField()
    last_row_id = models.BigIntegerField()
    rows_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["table_name", "made_at"], name="seal_table")]
        constraints = [
            models.UniqueConstraint(fields=["previous_hash"], name="seal_chain_never_forks"),
        ]

    def __str__(self):
        return f"Seal {self.pk} of {self.rows} rows of {self.table_name}"


class SealedRow(models.Model):
    """The digest of one audit row, as it was when it was sealed."""

    table_name = models.CharField(max_length=63)
    row_id = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    seal_id = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table_name", "row_id"], name="sealed_row_is_sealed_once"),
        ]

    def __str__(self):
        return f"{self.table_name} {self.row_id}"


# the council's settings stand below the audit, so it is the audit that follows them
for _settings in (Council, ClosureDay):
    tracked(_settings)
