from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from brokerage.audit.tracking import tracked
from brokerage.links.models import Linked
from brokerage.moves import Moves


class EnquiryStatus(models.TextChoices):
    DRAFT = "draft", "Being written"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class EnquiryQuerySet(models.QuerySet):
    def visible_to(self, user):
        from referrals.models import Referral

        return self.filter(referral__in=Referral.objects.visible_to(user))


@tracked
class Enquiry(Moves):
    """One question put to many providers: all read the same sheet, by the same deadline. What was sent stays."""

    MOVES = {
        EnquiryStatus.DRAFT: {EnquiryStatus.OPEN, EnquiryStatus.WITHDRAWN},
        EnquiryStatus.OPEN: {EnquiryStatus.CLOSED, EnquiryStatus.WITHDRAWN},
    }

    number = models.CharField(max_length=12, unique=True)  # E000012: all that a provider's letter carries
    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="enquiries")
    round = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=20, choices=EnquiryStatus, default=EnquiryStatus.DRAFT)

    need_in_brief = models.TextField(blank=True)  # the broker's words for providers; checked before they are sent
    wording = models.JSONField(default=dict, blank=True)  # words of the record as the broker put them for providers
    left_out = models.JSONField(default=list, blank=True)  # services struck off: [{"service": id, "because": "…"}]
    sheet = models.JSONField(null=True, blank=True)  # frozen when sent: `providers.enquiries.sheet.Sheet` as data
    sheet_hash = models.CharField(max_length=64, blank=True)
    considered = models.JSONField(null=True, blank=True)  # frozen when sent: everybody looked at, in or out, and why
    open_from_start = models.BooleanField("offers can be read as they come", default=False)
    by_phone = models.BooleanField("spoken, and nobody written to", default=False)

    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_by = models.ForeignKey(  # whoever last chose the words: they cannot release them
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    released_hash = models.CharField(max_length=64, blank=True)  # of the very sheet that was released
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closes_at = models.DateTimeField(null=True, blank=True)
    closes_sentence = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.CharField(max_length=300, blank=True)
    placed_at = models.DateTimeField(null=True, blank=True)  # a service was arranged from it: no more is asked
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "enquiries"
        constraints = [
            models.UniqueConstraint(
                name="enquiry_one_at_a_time", fields=["referral"], condition=Q(status__in=["draft", "open"])
            ),
            models.CheckConstraint(
                name="enquiry_sent_has_sheet_deadline_and_sender",
                condition=~Q(status__in=["open", "closed"])
                | Q(sheet__isnull=False, sent_at__isnull=False, sent_by__isnull=False, closes_at__isnull=False),
            ),
            models.CheckConstraint(
                name="enquiry_spoken_is_open_from_the_start",
                condition=Q(by_phone=False) | Q(open_from_start=True),
            ),
            models.CheckConstraint(
                name="enquiry_released_names_who_when_and_what",
                condition=Q(released_at=None, released_by=None, released_hash="")
                | (Q(released_at__isnull=False, released_by__isnull=False) & ~Q(released_hash="")),
            ),
            models.CheckConstraint(
                name="enquiry_nobody_releases_their_own_words",
                condition=Q(released_by=None)
                | (
                    ~Q(released_by_id=F("created_by_id")) & (Q(written_by=None) | ~Q(released_by_id=F("written_by_id")))
                ),
            ),
        ]
        indexes = [models.Index(name="enquiry_open_by_closing", fields=["closes_at"], condition=Q(status="open"))]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("enquiry_detail", args=[self.number])

    @property
    def case_reference(self) -> str:
        return self.referral.reference


@tracked
class Clearance(models.Model):
    """A warning about the sheet's words that somebody looked at and let stand, and why."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="clearances")
    found = models.CharField(max_length=200)  # the words that were warned about
    kind = models.CharField(max_length=30)
    because = models.CharField(max_length=300)
    cleared_at = models.DateTimeField()
    cleared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="clearance_once_a_warning", fields=["enquiry", "kind", "found"])]


class InvitationQuerySet(models.QuerySet):
    def unanswered(self):
        """Neither offered nor declined. What was said, the next stage knows; that something was, is asked here."""
        return self.exclude(replies__is_current=True)


@tracked(exclude=["draft"])
class Invitation(Linked):
    """One provider's service asked, once, with a link of its own."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="invitations")
    service = models.ForeignKey("providers.Service", on_delete=models.PROTECT, related_name="invitations")
    service_name = models.CharField(max_length=200)  # as it was then
    mailbox = models.EmailField()  # as it was then
    miles = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True)
    because = models.CharField("why it was asked", max_length=300)
    asked_at = models.DateTimeField()
    draft = models.JSONField(default=dict, blank=True)  # a reply begun and not yet sent

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="invitation_once_a_service", fields=["enquiry", "service"])]

    def __str__(self):
        return f"{self.enquiry.number} to {self.service_name}"

    def get_link_path(self, token: str) -> str:
        return reverse("reply_page", args=[token])

    @property
    def case_reference(self) -> str:
        return self.enquiry.referral.reference
