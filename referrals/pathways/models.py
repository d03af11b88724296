from django.db import models
from django.db.models import Q

from brokerage.audit.tracking import tracked


class PathwayQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(in_force=True)


@tracked
class Pathway(models.Model):
    """What a referral of one kind needs, as data. A change is a new version: a case keeps the one it was received under."""

    code = models.SlugField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=80)
    serves = models.CharField(max_length=10, choices=[("adults", "Adults"), ("children", "Children")], default="adults")
    definition = models.JSONField()  # read through `terms`, never directly
    in_force = models.BooleanField(default=True)

    objects = PathwayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="pathway_version_is_unique", fields=["code", "version"]),
            models.UniqueConstraint(
                name="pathway_has_one_version_in_force", fields=["code"], condition=Q(in_force=True)
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def terms(self):
        """The definition, typed: see `referrals.pathways.terms.Terms`."""
        from referrals.pathways.terms import Terms

        return Terms.read(self.definition)
