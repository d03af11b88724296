from datetime import time

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class OutOfHours(models.TextChoices):
    NEXT_OPENING = "next_opening", "Counts as received when we next open"
    AFTERNOON = "afternoon", "Counts as received in the afternoon"


def monday_to_friday() -> list[int]:
    return [0, 1, 2, 3, 4]


class Council(models.Model):
    """The council this installation serves: its name, its look, its hours. There is one row."""

    name = models.CharField(max_length=120, default="Council")
    service_name = models.CharField(max_length=120, default="Care brokerage")
    brand_colour = models.CharField(max_length=7, default="#00513b")
    link_colour = models.CharField(max_length=7, default="#00513b")
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)

    time_zone = models.CharField(max_length=60, default="Europe/London")
    working_days = ArrayField(models.PositiveSmallIntegerField(), default=monday_to_friday)
    opens_at = models.TimeField(default=time(9))
    closes_at = models.TimeField(default=time(17))
    morning_ends_at = models.TimeField(default=time(12))
    out_of_hours = models.CharField(max_length=20, choices=OutOfHours, default=OutOfHours.NEXT_OPENING)

    replies_need_code = models.BooleanField(default=False)
    adults_sheets_need_release = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.CharField(max_length=150, blank=True)  # a name: the council stands below accounts

    class Meta:
        verbose_name_plural = "councils"
        constraints = [
            models.CheckConstraint(name="council_is_one_row", condition=Q(pk=1)),
            models.CheckConstraint(
                name="council_opens_before_it_closes", condition=Q(opens_at__lt=models.F("closes_at"))
            ),
        ]

    def __str__(self):
        return self.name


class ClosureDay(models.Model):
    """A day the council is closed beside bank holidays, or a bank holiday proclaimed too late for the shipped calendar."""

    on = models.DateField(unique=True)
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["on"]

    def __str__(self):
        return f"{self.name} ({self.on:%d %B %Y})"
