import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from brokerage.audit.tracking import tracked


class ReplyKind(models.TextChoices):
    WHOLE = "whole", "Yes, all of it"
    PART = "part", "Yes, part of it"
    DIFFERENT = "different", "Yes, but different"
    INTERESTED = "interested", "Interested, please call us"
    NO = "no", "No"


OFFERS = (ReplyKind.WHOLE, ReplyKind.PART, ReplyKind.DIFFERENT)


class WhyNot(models.TextChoices):
    """What stood in the way of a yes (AMB-05)."""

    NO_STAFF = "no_staff", "No staff at these times"
    TOO_FAR = "too_far", "Too far, or too much travel"
    TWO_CARERS = "two_carers", "Two carers are needed"
    TIMES = "times", "The times do not fit"
    TOO_SHORT = "too_short", "The visits are too short"
    PRICE = "price", "The rate does not cover it"
    NEEDS = "needs", "We cannot meet these needs"
    NO_BED = "no_bed", "No suitable room"
    START = "start", "We cannot start by then"
    OTHER = "other", "Something else"


class ReplyQuerySet(models.QuerySet):
    def current(self):
        return self.filter(is_current=True)

    def offers(self):
        """Those with a price that can be compared and chosen."""
        return self.filter(kind__in=OFFERS)

    def stands(self):
        """Whatever the registered mailbox has not said was not theirs."""
        return self.filter(disowned_at=None)

    def readable_at(self, instant):
        """Sealed until the deadline: only what may be read now, whoever asks (AMB-07)."""
        return self.filter(
            Q(invitation__enquiry__open_from_start=True)
            | Q(invitation__enquiry__status="closed")
            | Q(invitation__enquiry__closes_at__lte=instant)
        )


@tracked
class Reply(models.Model):
    """What a provider said. A change of mind is a new version; every version is kept."""

    invitation = models.ForeignKey("providers.Invitation", on_delete=models.PROTECT, related_name="replies")
    version = models.PositiveSmallIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    kind = models.CharField(max_length=10, choices=ReplyKind)
    made_at = models.DateTimeField()
    by_name = models.CharField("name", max_length=120)
    by_role = models.CharField("role", max_length=120)
    entered_by = models.ForeignKey(  # a broker who took it down over the phone; nobody when the provider wrote it
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_late = models.BooleanField(default=False)
    receipt = models.CharField(max_length=14, blank=True)  # `receipts.number_of` what it says, as the provider has it
    disowned_at = models.DateTimeField(null=True, blank=True)  # the registered mailbox said: this was not us

    rate = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)  # pounds per `unit`
    unit = models.CharField(max_length=10, choices=[("hour", "an hour"), ("week", "a week")], blank=True)
    start_on = models.DateField(null=True, blank=True)
    visits = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True
    )  # positions in the sheet's timetable
    changes = models.TextField("what would be different", blank=True)
    who_will_come = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    why_not = models.CharField(max_length=20, choices=WhyNot, blank=True)
    would_say_yes_if = models.TextField(blank=True)
    phone = models.CharField("number to call", max_length=30, blank=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "replies"
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(
                name="reply_one_current_an_invitation", fields=["invitation"], condition=Q(is_current=True)
            ),
            models.UniqueConstraint(name="reply_version_is_unique", fields=["invitation", "version"]),
            models.CheckConstraint(
                name="reply_that_offers_has_a_price_and_a_no_has_a_reason",
                condition=Q(kind="interested")
                | (Q(kind="no") & ~Q(why_not=""))
                | Q(kind__in=["whole", "part", "different"], rate__isnull=False, start_on__isnull=False),
            ),
            models.CheckConstraint(
                name="reply_disowned_counts_no_longer", condition=Q(disowned_at=None) | Q(is_current=False)
            ),
            models.CheckConstraint(name="reply_names_who_replied", condition=~Q(by_name="") & ~Q(by_role="")),
            models.CheckConstraint(name="reply_rate_is_positive", condition=Q(rate=None) | Q(rate__gt=0)),
        ]
        triggers = [
            pgtrigger.Protect(
                name="reply_says_what_it_said",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["is_current", "disowned_at"]),
            ),
        ]

    def __str__(self):
        return f"{self.invitation.service_name}: {self.get_kind_display()}"

    @property
    def case_reference(self) -> str:
        return self.invitation.enquiry.case_reference


class ReplyIntent(models.Model):
    """A reply as it was sent, waiting for the code that went to the registered mailbox. Nobody but its sender reads it."""

    invitation = models.ForeignKey("providers.Invitation", on_delete=models.PROTECT, related_name="intents")
    code = models.OneToOneField("links.OneTimeCode", on_delete=models.PROTECT, related_name="+")
    answer = models.JSONField()  # `providers.replies.answer.Answer` as data
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["-said_at", "-pk"]
        triggers = [
            pgtrigger.Protect(name="reply_intent_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"A reply to {self.invitation}, waiting for its code"
