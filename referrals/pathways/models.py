"""A pathway in its versions, and the one change to it that somebody is writing."""

import json
from functools import lru_cache

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from brokerage.audit.tracking import tracked
from referrals.pathways.terms import Terms

SERVES = [("adults", "Adults"), ("children", "Children")]


@lru_cache(maxsize=256)  # a version is never rewritten, so what it says is read once
def _read(definition: str) -> Terms:
    return Terms.read(json.loads(definition))


class Defined(models.Model):
    name = models.CharField(max_length=80)
    serves = models.CharField(max_length=10, choices=SERVES, default="adults")
    definition = models.JSONField()  # read through `terms`, never directly

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    @property
    def terms(self) -> Terms:
        """The definition, typed: see `referrals.pathways.terms.Terms`."""
        return _read(json.dumps(self.definition))


class PathwayQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(in_force=True)

    def newest_first(self):
        return self.order_by("-version")


@tracked
class Pathway(Defined):
    """What a referral of one kind needs, as data. A change is a new version: a case keeps the one it was received under."""

    code = models.SlugField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    in_force = models.BooleanField(default=True)

    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    because = models.TextField("why it was published", blank=True)
    profile = models.CharField("the profile it came from", max_length=40, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # no new referrals by it; those received go on
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_because = models.TextField(blank=True)

    objects = PathwayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="pathway_version_is_unique", fields=["code", "version"]),
            models.UniqueConstraint(
                name="pathway_has_one_version_in_force", fields=["code"], condition=Q(in_force=True)
            ),
            models.CheckConstraint(
                name="pathway_in_force_is_not_withdrawn", condition=Q(in_force=False) | Q(withdrawn_at=None)
            ),
            models.CheckConstraint(
                name="pathway_withdrawn_says_why",
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
            ),
        ]

    def get_absolute_url(self):
        return reverse("pathway", args=[self.code])


@tracked
class PathwayDraft(Defined):
    """A change to one pathway, or a new one, while it is written. There is one at a time; published, it is gone."""

    code = models.SlugField(max_length=40, unique=True)
    based_on = models.ForeignKey(Pathway, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)  # of the draft: the second of two writers is told
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def get_absolute_url(self):
        return reverse("pathway_draft", args=[self.code])

    @property
    def is_new(self) -> bool:
        """It is to be a pathway of its own, only begun from another."""
        return self.based_on.code != self.code
