from django.conf import settings
from django.db import models

from brokerage.audit.tracking import tracked


class PaperKind(models.TextChoices):
    ASSESSMENT = "assessment", "Assessment, reassessment or review"
    CARE_PLAN = "care_plan", "Care and support plan"
    HOME_CARE_REFERRAL = "home_care_referral", "Home care referral"
    FUNDING_AGREEMENT = "funding_agreement", "Funding agreement"
    PEN_PICTURE = "pen_picture", "Pen picture of needs"
    PANEL_DOCUMENT = "panel_document", "Panel document"


@tracked
class Paper(models.Model):
    """A document that is on the person's record: which, of what date, and where. One of each kind to a referral."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=30, choices=PaperKind)
    dated_on = models.DateField()
    where = models.CharField("where it is", max_length=120, blank=True)  # its number or place in the case record system
    words = models.TextField(blank=True)  # the pen picture itself
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["kind"]
        constraints = [models.UniqueConstraint(name="paper_of_each_kind_is_one", fields=["referral", "kind"])]

    def __str__(self):
        return self.get_kind_display()
