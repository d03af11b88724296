import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from brokerage.accounts.models import Role
from brokerage.audit.tracking import tracked
from brokerage.moves import Moves
from referrals.agreements.models import DECIDES

READS = (*DECIDES, Role.PANEL_MEMBER, Role.AUDITOR)


class SubmissionStatus(models.TextChoices):
    AT_PANEL = "at_panel", "At panel"
    APPROVED = "approved", "Approved"
    DEFERRED = "deferred", "Deferred"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


class SubmissionQuerySet(models.QuerySet):
    def visible_to(self, user):
        from referrals.models import Referral

        if user.has_role(*READS):
            seen = Referral.objects.filter(team__in=user.teams.all())
            return self.filter(referral__in=seen.open_to(user))
        return self.filter(referral__in=Referral.objects.visible_to(user))

    def waiting(self):
        return self.filter(status=SubmissionStatus.AT_PANEL)


@tracked
class Submission(Moves):
    """One question put to panel: may we search, may we pay this. Once decided it stays as it was: a new question is a new submission."""

    MOVES = {
        SubmissionStatus.AT_PANEL: {
            SubmissionStatus.APPROVED,
            SubmissionStatus.DEFERRED,
            SubmissionStatus.DECLINED,
            SubmissionStatus.WITHDRAWN,
        },
    }

    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="submissions")
    agreement = models.ForeignKey("referrals.Agreement", on_delete=models.PROTECT, related_name="submissions")
    reply = models.ForeignKey(
        "providers.Reply", null=True, blank=True, on_delete=models.PROTECT, related_name="submissions"
    )
    status = models.CharField(max_length=20, choices=SubmissionStatus, default=SubmissionStatus.AT_PANEL)
    recommendation = models.TextField()
    paper = models.JSONField()  # what panel read, frozen: need, options asked, offers, costs, negotiation
    weekly_cost = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    broker_id_then = models.PositiveBigIntegerField(null=True, blank=True)  # copied, so that the database can compare
    referrer_id_then = models.PositiveBigIntegerField(null=True, blank=True)
    coordinator_id_then = models.PositiveBigIntegerField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_because = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "submission"
        constraints = [
            models.UniqueConstraint(
                name="panel_is_asked_once_at_a_time", fields=["agreement"], condition=Q(status="at_panel")
            ),
            models.CheckConstraint(
                name="panel_decision_names_who_and_when",
                condition=Q(status__in=["at_panel", "withdrawn"], decided_at=None, decided_by=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="panel_nobody_decides_their_own_case",
                condition=Q(decided_by=None)
                | (
                    ~Q(decided_by_id=F("proposed_by_id"))
                    & ~Q(decided_by_id=F("broker_id_then"))
                    & ~Q(decided_by_id=F("referrer_id_then"))
                    & ~Q(decided_by_id=F("coordinator_id_then"))
                ),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="panel_question_stays_as_it_was_put",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "referral",
                    "agreement",
                    "reply",
                    "recommendation",
                    "paper",
                    "weekly_cost",
                    "proposed_at",
                    "proposed_by",
                    "broker_id_then",
                    "referrer_id_then",
                    "coordinator_id_then",
                ),
            ),
            pgtrigger.Protect(
                name="panel_decision_stays_as_it_was_made",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__decided_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.agreement.get_kind_display()}, {self.referral.reference}"

    def get_absolute_url(self):
        return reverse("panel_submission", args=[self.pk])

    @property
    def case_reference(self) -> str:
        return self.referral.reference
