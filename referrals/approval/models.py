from django.conf import settings
from django.db import models
from django.db.models import Q

from brokerage.audit.tracking import tracked


class ApprovedBy(models.TextChoices):
    """What the approval date is the date of (LEI-02, LEI-13)."""

    RESOURCE_PANEL = "resource_panel", "The Resource Allocation Panel approved the support"
    CHILD_PROTECTION = "child_protection", "A child protection plan was approved"
    CHILD_IN_NEED = "child_in_need", "A child in need plan was approved"
    LINE_MANAGER = "line_manager", "The line manager agrees"


PLANS = (ApprovedBy.CHILD_PROTECTION, ApprovedBy.CHILD_IN_NEED)  # an emergency's, in place of panel's


@tracked
class Approval(models.Model):
    """The manager's approval on a referral, as its referrer records it: who, when, and what was approved on which day."""

    referral = models.OneToOneField("referrals.Referral", on_delete=models.CASCADE, related_name="approval")
    manager_name = models.CharField(max_length=120)
    manager_role = models.CharField(max_length=80, blank=True)
    signed_on = models.DateField()  # when the manager approved it
    approved_by = models.CharField(max_length=20, choices=ApprovedBy)
    approved_on = models.DateField()  # panel's day, the plan's, or the manager's own
    because = models.TextField("why, in the manager's words", blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="approval_names_the_manager", condition=~Q(manager_name="")),
        ]

    def __str__(self):
        return f"{self.get_approved_by_display()}, {self.approved_on:%d %B %Y}"
