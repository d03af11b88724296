from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from brokerage.audit.tracking import tracked


@tracked
class Scheme(models.Model):
    """One year's summer play scheme: its dates as data, so that a school year that falls otherwise is a row and no code."""

    year = models.PositiveSmallIntegerField(unique=True, validators=[MinValueValidator(2020), MaxValueValidator(2100)])
    opens_on = models.DateField()  # before this, requests are kept on file
    closes_on = models.DateField()  # for cases already open
    last_call_on = models.DateField()  # for late and new ones, with panel's approval
    first_day = models.DateField()
    last_day = models.DateField()
    most_days = models.PositiveSmallIntegerField(default=5)

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                name="scheme_dates_follow_each_other",
                condition=Q(
                    opens_on__lt=F("closes_on"),
                    closes_on__lte=F("last_call_on"),
                    last_call_on__lte=F("first_day"),
                    first_day__lte=F("last_day"),
                ),
            ),
        ]

    def __str__(self):
        return f"Summer play scheme {self.year}"


@tracked
class PlayRequest(models.Model):
    """A place asked for at one year's scheme: an award is for that year only (LEI-06)."""

    referral = models.OneToOneField("referrals.Referral", on_delete=models.CASCADE, related_name="play_request")
    year = models.PositiveSmallIntegerField()
    case_is_open = models.BooleanField("the case was open to the worker before this need")
    in_care_plan = models.BooleanField()
    reviewed_on = models.DateField(null=True, blank=True)
    panel_approved_on = models.DateField(null=True, blank=True)
    days_wanted = models.PositiveSmallIntegerField()
    more_days_because = models.TextField("the identified need for more days", blank=True)
    preferred = ArrayField(models.DateField(), default=list, blank=True)
    not_required = ArrayField(models.DateField(), default=list, blank=True)  # days the child cannot come
    parents_told_on = models.DateField(null=True, blank=True)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="play_request_wants_a_day", condition=Q(days_wanted__gte=1)),
        ]

    def __str__(self):
        return f"Play scheme {self.year} for {self.referral_id}"
