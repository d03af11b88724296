from django.conf import settings
from django.db import models
from django.db.models import Q

from brokerage.audit.tracking import tracked
from brokerage.moves import Moves


class NegotiationStatus(models.TextChoices):
    OPEN = "open", "Open"
    AGREED = "agreed", "Agreed"
    ENDED = "ended", "Ended without a change"


@tracked
class Negotiation(Moves):
    """Talk about the price of one offer: what each side proposed, and what came of it (PPF-16, MED-11)."""

    MOVES = {NegotiationStatus.OPEN: {NegotiationStatus.AGREED, NegotiationStatus.ENDED}}

    reply = models.OneToOneField("providers.Reply", on_delete=models.PROTECT, related_name="negotiation")
    status = models.CharField(max_length=10, choices=NegotiationStatus, default=NegotiationStatus.OPEN)
    opened_at = models.DateTimeField()
    agreed_rate = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="negotiation_agreed_has_a_rate", condition=~Q(status="agreed") | Q(agreed_rate__isnull=False)
            )
        ]

    @property
    def case_reference(self) -> str:
        return self.reply.case_reference


@tracked
class NegotiationStep(models.Model):
    """One proposal: whose, how much, in what words."""

    negotiation = models.ForeignKey(Negotiation, on_delete=models.PROTECT, related_name="steps")
    side = models.CharField(max_length=10, choices=[("council", "The council"), ("provider", "The provider")])
    rate = models.DecimalField(max_digits=9, decimal_places=2)
    words = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["made_at", "pk"]


@tracked
class Choice(models.Model):
    """What the person chose, who said so, and why the council goes along: recorded before anything is arranged."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="choices")
    reply = models.ForeignKey("providers.Reply", on_delete=models.PROTECT, related_name="choices")
    is_current = models.BooleanField(default=True)
    chosen_by = models.CharField("who chose", max_length=120)  # "the person", "her daughter, with her"
    because = models.TextField("why this one")
    made_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="choice_one_current_a_referral", fields=["referral"], condition=Q(is_current=True)
            ),
            models.CheckConstraint(name="choice_has_a_reason", condition=~Q(because="") & ~Q(chosen_by="")),
        ]

    @property
    def case_reference(self) -> str:
        return self.referral.reference
