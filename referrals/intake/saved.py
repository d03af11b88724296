"""Which pages of a draft were saved, by whom last: so that the second of two writers of one page is told of the first."""

from django.conf import settings
from django.db import models

from brokerage.clocks import clock


class SavedPage(models.Model):
    """One page of a referral, as last saved."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.CASCADE, related_name="saved_pages")
    page = models.CharField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="saved_page_is_one", fields=["referral", "page"])]

    def __str__(self):
        return f"{self.page} of {self.referral_id}"


def version_of(referral, page) -> int:
    """0 while nobody has saved it."""
    return next((each.version for each in referral.saved_pages.all() if each.page == page), 0)


def mark(referral, page, *, by):
    """Note that it was saved, on the page and on the referral. The referral's row is held by whoever calls."""
    now = clock.now()
    saved, is_new = SavedPage.objects.get_or_create(
        referral=referral, page=page, defaults={"changed_at": now, "changed_by": by}
    )
    if not is_new:
        saved.version, saved.changed_at, saved.changed_by = saved.version + 1, now, by
        saved.save()
    type(referral).objects.filter(pk=referral.pk).update(version=models.F("version") + 1, changed_at=now, changed_by=by)
