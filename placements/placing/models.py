from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from brokerage.audit.tracking import tracked
from brokerage.moves import Moves


class PlacementStatus(models.TextChoices):
    ARRANGED = "arranged", "Arranged"
    STARTED = "started", "Started"
    ENDED = "ended", "Ended"
    CANCELLED = "cancelled", "Cancelled"


class PlacementQuerySet(models.QuerySet):
    def visible_to(self, user):
        from referrals.models import Referral

        return self.filter(referral__in=Referral.objects.visible_to(user))


@tracked
class Placement(Moves):
    """A service arranged with one provider: from when, how much of it, at what price. The prices and lines are copies."""

    MOVES = {
        PlacementStatus.ARRANGED: {PlacementStatus.STARTED, PlacementStatus.CANCELLED},
        PlacementStatus.STARTED: {PlacementStatus.ENDED},
    }

    number = models.CharField(max_length=12, unique=True)  # P000012
    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="placements")
    choice = models.OneToOneField("placements.Choice", on_delete=models.PROTECT, related_name="placement")
    reply = models.ForeignKey("providers.Reply", on_delete=models.PROTECT, related_name="placements")
    service = models.ForeignKey("providers.Service", on_delete=models.PROTECT, related_name="placements")
    agreement = models.ForeignKey(  # the agreement above the contracted rate that it rests on, where one was needed
        "referrals.Agreement", null=True, blank=True, on_delete=models.PROTECT, related_name="placements"
    )
    status = models.CharField(max_length=20, choices=PlacementStatus, default=PlacementStatus.ARRANGED)
    unit = models.CharField(max_length=10, choices=[("hour", "an hour"), ("week", "a week")])
    rate = models.DecimalField(max_digits=9, decimal_places=2)
    contracted_rate = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    units_a_week = models.DecimalField(max_digits=7, decimal_places=2)  # hours, or 1 for a bed
    weekly_cost = models.DecimalField(max_digits=9, decimal_places=2)
    timetable = models.JSONField(default=list)  # the visits arranged, as on the sheet
    start_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    arranged_at = models.DateTimeField()
    arranged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="placement_one_live_a_referral",
                fields=["referral"],
                condition=Q(status__in=["arranged", "started"]),
            ),
            models.CheckConstraint(name="placement_costs_something", condition=Q(rate__gt=0, units_a_week__gt=0)),
            models.CheckConstraint(
                name="placement_ends_after_it_starts", condition=Q(ends_on=None) | Q(ends_on__gte=models.F("start_on"))
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("placement_detail", args=[self.number])

    @property
    def case_reference(self) -> str:
        return self.referral.reference
