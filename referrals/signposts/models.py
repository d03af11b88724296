from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from brokerage.audit.tracking import tracked


class SignpostQuerySet(models.QuerySet):
    def in_use(self):
        return self.filter(is_in_use=True)

    def of(self, terms):
        """Those that a pathway lists, in its order; one no longer in use is not shown."""
        found = {signpost.code: signpost for signpost in self.in_use().filter(code__in=terms.signposts)}
        return [found[code] for code in terms.signposts if code in found]


@tracked
class Signpost(models.Model):
    """Other help that a person might be told of: what it is, whom it is for, how to reach it (MED-17)."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    what = models.CharField("what it is", max_length=300)
    whom_for = models.CharField("whom it is for", max_length=300, blank=True)
    how = models.CharField("how to reach it", max_length=200, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    link = models.URLField(max_length=300, blank=True)
    is_in_use = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = SignpostQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="signpost_says_what_it_is", condition=~Q(name="") & ~Q(what="")),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("signposts")


@tracked
class Signposting(models.Model):
    """Somebody told the person of other help."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.CASCADE, related_name="signpostings")
    signpost = models.ForeignKey(Signpost, on_delete=models.PROTECT, related_name="+")
    words = models.CharField("what was said", max_length=300, blank=True)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-said_at", "-pk"]

    def __str__(self):
        return f"{self.signpost} on {self.referral}"

    @property
    def case_reference(self) -> str:
        return self.referral.reference
