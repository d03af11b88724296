"""The rota, an alarm, and each page that was sent for it."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from brokerage.accounts.models import Role
from brokerage.audit.tracking import tracked
from brokerage.links.models import Linked
from brokerage.notify.models import Channel


class Line(models.IntegerChoices):
    FIRST = 1, "First line"
    SECOND = 2, "Second line"


class Span(Func):
    """From the first instant up to, and not including, the second."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


class ShiftQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.has_role(Role.ADMINISTRATOR):
            return self
        return self.filter(Q(team=None) | Q(team__in=user.teams.all()))

    def for_team(self, team_id):
        """Those who answer for it: its own, and those who answer for all."""
        return self.filter(Q(team=None) | Q(team=team_id))

    def between(self, begin, end):
        return self.filter(from_at__lt=end, until_at__gt=begin)

    def at(self, instant: datetime):
        """Those whose turn it is. Somebody who has left is nobody."""
        return self.filter(from_at__lte=instant, until_at__gt=instant).exclude(person__is_active=False)


@tracked
class Shift(models.Model):
    """Somebody's turn to be called when the service is closed."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="shifts"
    )
    name = models.CharField(max_length=120)
    mobile = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    team = models.ForeignKey("accounts.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="shifts")
    line = models.PositiveSmallIntegerField(choices=Line, default=Line.FIRST)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = ShiftQuerySet.as_manager()

    class Meta:
        ordering = ["from_at", "line", "pk"]
        indexes = [models.Index(name="oncall_shift_by_end", fields=["until_at"])]
        constraints = [
            models.CheckConstraint(name="oncall_shift_ends_after_it_begins", condition=Q(until_at__gt=F("from_at"))),
            models.CheckConstraint(
                name="oncall_shift_can_be_reached", condition=~Q(name="") & (~Q(mobile="") | ~Q(email=""))
            ),
            ExclusionConstraint(
                name="oncall_one_on_a_line_at_a_time",
                expressions=[
                    (Coalesce("team", Value(0)), RangeOperators.EQUAL),
                    ("line", RangeOperators.EQUAL),
                    (Span("from_at", "until_at"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.get_line_display().lower()}"

    @property
    def answers_for(self) -> str:
        return self.team.name if self.team else "All teams"


class AlarmQuerySet(models.QuerySet):
    def going(self):
        return self.filter(acknowledged_at=None)

    def visible_to(self, user):
        """Their teams', and whatever they were themselves paged for."""
        paged = Page.objects.filter(user=user).values("alarm")
        return self.filter(Q(team__in=user.teams.all()) | Q(pk__in=paged))


class How(models.TextChoices):
    SIGNED_IN = "signed_in", "Signed in"
    LINK = "link", "By the link in a page"
    WORK = "work", "By starting work"
    OVER = "over", "The case was withdrawn"


class Alarm(models.Model):
    """Something that cannot wait came in while the service was closed. It pages until somebody says that they have it."""

    case = models.CharField(max_length=40)
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="alarms")
    words = models.CharField(max_length=200)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    rounds = models.PositiveIntegerField(default=0)
    next_page_at = models.DateTimeField()
    nobody_on_rota = models.BooleanField(default=False)  # when it was last asked
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    acknowledged_name = models.CharField(max_length=120, blank=True)
    acknowledged_how = models.CharField(max_length=10, choices=How, blank=True)

    objects = AlarmQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_at", "-pk"]
        indexes = [
            models.Index(name="oncall_alarm_going", fields=["next_page_at"], condition=Q(acknowledged_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(name="oncall_one_alarm_a_case", fields=["case"], condition=Q(acknowledged_at=None)),
            models.CheckConstraint(
                name="oncall_acknowledged_says_who_and_how",
                condition=Q(acknowledged_at=None, acknowledged_by=None, acknowledged_name="", acknowledged_how="")
                | (Q(acknowledged_at__isnull=False) & ~Q(acknowledged_name="") & ~Q(acknowledged_how="")),
            ),
        ]

    def __str__(self):
        return f"{self.words} {self.case}"

    def get_absolute_url(self):
        return reverse("alarm", args=[self.pk])

    @property
    def case_reference(self) -> str:
        return self.case


class Tier(models.TextChoices):
    FIRST = "first", "First line"
    SECOND = "second", "Second line"
    MANAGER = "manager", "Team manager"
    HEAD = "head", "Head of service"
    MAILBOX = "mailbox", "The team’s mailbox"


class Page(Linked):
    """One message to one person, in one round. Its link lets whoever holds it say that they have the case."""

    alarm = models.ForeignKey(Alarm, on_delete=models.PROTECT, related_name="pages")
    round = models.PositiveIntegerField()
    tier = models.CharField(max_length=10, choices=Tier)
    name = models.CharField(max_length=150)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    channel = models.CharField(max_length=5, choices=Channel)
    address = models.CharField(max_length=254)
    paged_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="oncall_paged_once_a_round", fields=["alarm", "round", "channel", "address"])
        ]

    def __str__(self):
        return f"{self.name}, {self.get_channel_display().lower()}, round {self.round}"

    def get_link_path(self, token: str) -> str:
        return reverse("oncall_page", args=[token])

    @property
    def case_reference(self) -> str:
        return self.alarm.case
