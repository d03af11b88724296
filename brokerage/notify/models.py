"""The outbox: every letter the service owes, from the moment it is owed."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Audience(models.TextChoices):
    STAFF = "staff", "Council staff"
    PROVIDER = "provider", "Provider"


class Channel(models.TextChoices):
    EMAIL = "email", "E-mail"
    SMS = "sms", "Text message"


class State(models.TextChoices):
    QUEUED = "queued", "Waiting"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


WAITING = [State.QUEUED, State.SENDING]


class MessageQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state__in=WAITING)

    def sent(self):
        return self.filter(state=State.SENT)

    def failed(self):
        return self.filter(state=State.FAILED)

    def cancelled(self):
        return self.filter(state=State.CANCELLED)

    def deliverable(self):
        """What may be claimed now: due, and in nobody's hands or in hands whose lease has run out."""
        free = Q(state=State.QUEUED) | Q(state=State.SENDING, lease_until__lt=Now())
        return self.filter(free, next_try_at__lte=Now())

    def most_urgent_first(self):
        return self.order_by("-urgent", "pk")


class Message(models.Model):
    """One letter to one address. "Sent" means that the recipient's mail server took it, not that anybody read it."""

    channel = models.CharField(max_length=5, choices=Channel, default=Channel.EMAIL)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.STAFF)
    address = models.CharField(max_length=254)  # an e-mail address, or a number as +447700900123
    template = models.CharField(max_length=80)
    subject = models.CharField(max_length=300)
    body = models.TextField()  # `[[link]]` and `[[code]]` stand where those go: no secret is stored
    body_hash = models.CharField(max_length=64)
    urgent = models.BooleanField(default=False)
    case = models.CharField(max_length=40, blank=True)
    about_label = models.CharField(max_length=100, blank=True)
    about_id = models.CharField(max_length=64, blank=True)
    link_label = models.CharField(max_length=100, blank=True)
    link_id = models.CharField(max_length=64, blank=True)
    link_issue = models.PositiveIntegerField(null=True, blank=True)
    code_id = models.BigIntegerField(null=True, blank=True)
    once_key = models.CharField(max_length=200, null=True, blank=True, unique=True)
    message_id = models.CharField(max_length=200, unique=True)  # these two never change, however often it is tried,
    date = models.DateTimeField()  # so that a mailbox can tell a second copy from a second letter
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempt = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(db_default=Now())
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                models.F("urgent").desc(), "id", name="message_waiting", condition=Q(state__in=["queued", "sending"])
            ),
            models.Index(fields=["-id"], name="message_failed", condition=Q(state="failed")),
            models.Index(fields=["case"], name="message_case", condition=~Q(case="")),
            models.Index(fields=["about_label", "about_id"], name="message_about", condition=~Q(about_label="")),
        ]
        constraints = [
            models.CheckConstraint(name="message_has_one_address", condition=~Q(address__regex=r"[,;\s]")),
            models.CheckConstraint(
                name="message_goes_where_its_channel_leads",
                condition=Q(channel="email", address__contains="@")
                | Q(channel="sms", address__regex=r"^\+[0-9]{8,15}$"),
            ),
            models.CheckConstraint(name="message_subject_is_one_line", condition=~Q(subject__regex=r"[\r\n]")),
            models.CheckConstraint(
                name="message_sent_says_when",
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
            ),
            models.CheckConstraint(
                name="message_being_sent_has_a_lease", condition=~Q(state="sending") | Q(lease_until__isnull=False)
            ),
            models.CheckConstraint(
                name="message_link_names_its_issue", condition=Q(link_label="") | Q(link_issue__isnull=False)
            ),
            models.CheckConstraint(
                name="message_provider_letter_names_no_case",
                condition=~Q(audience="provider") | ~(Q(subject__regex=r"\yR\d{6,}\y") | Q(body__regex=r"\yR\d{6,}\y")),
            ),
        ]

    def __str__(self):
        return f"{self.subject} to {self.address}"

    @property
    def case_reference(self):
        return self.case

    @property
    def is_text(self) -> bool:
        return self.channel == Channel.SMS

    @property
    def addressee(self) -> str:
        """As the history says it: of somebody's own number only the end."""
        return f"the number ending {self.address[-3:]}" if self.is_text else self.address
