from datetime import datetime

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse

from brokerage.audit.tracking import tracked
from brokerage.clocks import calendars


class AbsenceQuerySet(models.QuerySet):
    def at(self, instant: datetime):
        """Those away on the day that it is then, where the council is, and not back early."""
        day = calendars.policy().local(instant).date()
        return self.filter(Q(ended_at=None) | Q(ended_at__gt=instant), from_on__lte=day, until_on__gte=day)

    def standing(self):
        return self.filter(ended_at=None)

    def between(self, from_on, until_on):
        return self.standing().filter(from_on__lte=until_on, until_on__gte=from_on)

    def to_come(self, day):
        """Today's and those ahead."""
        return self.standing().filter(until_on__gte=day)

    def visible_to(self, user):
        """Their own and where they stand in; a manager's team; for an administrator everybody's."""
        from brokerage.accounts.models import Membership, Role

        if user.has_role(Role.ADMINISTRATOR):
            return self
        own = Q(who=user) | Q(deputy=user)
        if user.has_role(Role.TEAM_MANAGER):
            team = Membership.objects.filter(team__in=user.teams.all()).values("user_id")
            return self.filter(own | Q(who__in=team))
        return self.filter(own)


class _Days(Func):
    function = "DATERANGE"


class _Person(Func):
    """One person as a range, which needs no extension to be compared in the same index as the days."""

    function = "INT8RANGE"


@tracked
class Absence(models.Model):
    """Somebody is away for some days, and somebody else stands in: they get the letters, and the clocks keep running."""

    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences")
    from_on = models.DateField()
    until_on = models.DateField()  # that day too
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="stands_in"
    )
    because = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)  # back early, or never went
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "pk"]
        indexes = [models.Index(fields=["until_on"], name="absence_by_end", condition=Q(ended_at=None))]
        constraints = [
            models.CheckConstraint(name="absence_ends_after_it_begins", condition=Q(until_on__gte=F("from_on"))),
            models.CheckConstraint(
                name="absence_nobody_stands_in_for_themselves", condition=Q(deputy=None) | ~Q(deputy=F("who"))
            ),
            models.CheckConstraint(
                name="absence_ended_names_who",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            ExclusionConstraint(
                name="absence_is_one_at_a_time",
                expressions=[
                    (_Person("who_id", "who_id", Value("[]")), RangeOperators.OVERLAPS),
                    (_Days("from_on", "until_on", Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=Q(ended_at=None),
            ),
        ]

    def __str__(self):
        return f"{self.who} away"

    def get_absolute_url(self):
        return reverse("absences")
