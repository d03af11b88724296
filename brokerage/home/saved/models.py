from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse

from brokerage.accounts.models import Membership


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Their own, and those shared with their teams."""
        teams = Membership.objects.filter(user=user).values("team_id")
        return self.filter(Q(owner=user, team=None) | Q(team__in=teams))

    def private(self):
        return self.filter(team=None)


class SavedView(models.Model):
    """A tab with its filters and order, under a name: one's own, or a team's."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    team = models.ForeignKey(
        "accounts.Team", null=True, blank=True, on_delete=models.CASCADE, related_name="saved_views"
    )  # with which it is shared
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=600)  # of the address, as `Selection.address` writes it
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = [Lower("name"), "pk"]
        constraints = [
            models.CheckConstraint(name="saved_view_has_a_name", condition=~Q(name="")),
            models.UniqueConstraint(
                "owner", Lower("name"), name="saved_view_of_ones_own_has_its_name_once", condition=Q(team=None)
            ),
            models.UniqueConstraint(
                "team", Lower("name"), name="saved_view_of_a_team_has_its_name_once", condition=Q(team__isnull=False)
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{reverse('queue')}?{self.query}"


class Landing(models.Model):
    """The view somebody starts with."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="landing")
    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="landings")

    def __str__(self):
        return f"{self.user} starts with {self.view}"
