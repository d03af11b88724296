import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from brokerage.accounts.models import Role
from brokerage.audit.tracking import tracked
from brokerage.moves import Moves
from referrals.agreements import sql

DECIDES = (Role.PANEL_CHAIR, Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE, Role.ASSISTANT_DIRECTOR)


class AgreementKind(models.TextChoices):
    SEARCH = "search", "Agreement to search"
    ABOVE_RATE = "above_rate", "Agreement to pay above the contracted rate"


class AgreementStatus(models.TextChoices):
    NEEDED = "needed", "Needed"
    GRANTED = "granted", "Agreed"
    DECLINED = "declined", "Declined"
    LAPSED = "lapsed", "Lapsed"


@tracked
class Agreement(Moves):
    """A yes the case needs before it can go on: worked out from the case (AMB-09), decided once, frozen with its cost."""

    MOVES = {
        AgreementStatus.NEEDED: {AgreementStatus.GRANTED, AgreementStatus.DECLINED, AgreementStatus.LAPSED},
        AgreementStatus.GRANTED: {AgreementStatus.LAPSED},
    }

    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="agreements")
    kind = models.CharField(max_length=20, choices=AgreementKind)
    status = models.CharField(max_length=20, choices=AgreementStatus, default=AgreementStatus.NEEDED)
    because = models.CharField("why it is needed", max_length=300)
    weekly_cost = models.DecimalField(
        max_digits=9, decimal_places=2, null=True, blank=True
    )  # pounds; the most that was agreed
    provider_name = models.CharField(max_length=200, blank=True)  # whose offer it was for, where it was for one
    reply_id_then = models.PositiveBigIntegerField(null=True, blank=True)  # the offer it was for
    conditions = models.TextField(blank=True)
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_because = models.TextField(blank=True)
    # copied when it is decided, so that the database itself can compare
    proposer_id_then = models.PositiveBigIntegerField(null=True, blank=True)
    broker_id_then = models.PositiveBigIntegerField(null=True, blank=True)
    referrer_id_then = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="agreement_needed_is_asked_once", fields=["referral", "kind"], condition=Q(status="needed")
            ),
            models.CheckConstraint(
                name="agreement_decision_names_who_and_when",
                condition=Q(status__in=["needed", "lapsed"]) | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="agreement_nobody_decides_their_own_case",
                condition=Q(decided_by=None)
                | (
                    ~Q(decided_by_id=F("proposer_id_then"))
                    & ~Q(decided_by_id=F("broker_id_then"))
                    & ~Q(decided_by_id=F("referrer_id_then"))
                ),
            ),
            models.CheckConstraint(  # an empty copy would compare as nobody
                name="agreement_decision_copies_who_had_a_part",
                condition=~Q(status__in=["granted", "declined"])
                | Q(proposer_id_then__isnull=False, broker_id_then__isnull=False, referrer_id_then__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(  # a yes is to this cost, this offer and nothing else; it may lapse
                name="agreement_stays_as_it_was_decided",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(sql.DECIDED_AND_CHANGED),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} for {self.referral.reference}"

    @property
    def case_reference(self) -> str:
        return self.referral.reference
