from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from brokerage.audit.tracking import tracked
from providers.directory.models.services import Service


class StandingStatus(models.TextChoices):
    SUSPENDED = "suspended", "Suspended"
    EMBARGOED = "embargoed", "Embargoed"


class Days(Func):
    """From the first day up to, and not including, the second."""

    function = "daterange"
    output_field = DateRangeField()


class StandingQuerySet(models.QuerySet):
    def in_force(self, on):
        return self.filter(from_on__lte=on).filter(Q(until_on=None) | Q(until_on__gt=on))


@tracked
class Standing(models.Model):
    """Why a service may not be asked for the time being. `until_on` is the first day that it may be asked again."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="standings")
    status = models.CharField(max_length=10, choices=StandingStatus)
    because = models.TextField()
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="directory_standing_ends_after_it_begins",
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
            ),
            models.CheckConstraint(name="directory_standing_says_why", condition=~Q(because="")),
            ExclusionConstraint(
                name="directory_one_standing_at_a_time",
                expressions=[("service", RangeOperators.EQUAL), (Days("from_on", "until_on"), RangeOperators.OVERLAPS)],
            ),
        ]

    def is_in_force(self, on):
        return self.from_on <= on and (self.until_on is None or on < self.until_on)

    def __str__(self):
        return f"{self.get_status_display()}: {self.because}"
