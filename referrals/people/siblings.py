from django.db import models
from django.db.models import Q

from brokerage.audit.tracking import tracked


@tracked
class AlsoFor(models.Model):
    """A further child on the same referral, who receives the same support as the one it is about (LEI-13).

    Somebody who needs support of their own has a referral of their own; so this is no `Person`, and goes with its referral.
    """

    referral = models.ForeignKey("referrals.Referral", on_delete=models.CASCADE, related_name="also_for")
    position = models.PositiveSmallIntegerField()
    first_names = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    born_on = models.DateField()
    record_id = models.CharField("case record number", max_length=30, blank=True)
    differs = models.TextField("what is different for this child", blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="also_for_position_is_unique", fields=["referral", "position"]),
            models.CheckConstraint(name="also_for_five_at_most", condition=Q(position__gte=1, position__lte=5)),
        ]

    def __str__(self):
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.first_names} {self.last_name}".strip()

    def age_on(self, day) -> int:
        return day.year - self.born_on.year - ((day.month, day.day) < (self.born_on.month, self.born_on.day))
