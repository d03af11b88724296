from django.conf import settings
from django.db import models
from django.db.models import F, Q


class MovedQuerySet(models.QuerySet):
    def of_case(self, case):
        return self.filter(clock__case=case)


class Moved(models.Model):
    """A line of the ledger: a running clock's deadline was moved because a day on which we are closed came in between."""

    clock = models.ForeignKey("deadlines.Clock", on_delete=models.PROTECT, related_name="moves")
    closed_on = models.DateField()
    because = models.CharField(max_length=200)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_before = models.DateTimeField()
    due_after = models.DateTimeField()
    sentence_before = models.TextField()
    sentence_after = models.TextField()

    objects = MovedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="moved_puts_a_deadline_off", condition=Q(due_after__gt=F("due_before"))),
            models.CheckConstraint(name="moved_says_why", condition=~Q(because="")),
        ]

    def __str__(self):
        return f"{self.clock} moved to {self.due_after:%d %B %Y %H:%M}"

    @property
    def case_reference(self):
        return self.clock.case
