"""What the council has agreed with providers: frameworks, their lots, who is on them, and contracted rates.

`to_on` is the last day that counts; none means until further notice.
"""

from django.db import models
from django.db.models import F, Q

from brokerage.audit.tracking import tracked
from brokerage.money import pounds
from providers.directory.models.services import Kind, Service


class TermQuerySet(models.QuerySet):
    def in_force(self, on):
        return self.filter(from_on__lte=on).filter(Q(to_on=None) | Q(to_on__gte=on))


class Term(models.Model):
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="directory_%(class)s_ends_after_it_begins",
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")),
            )
        ]


@tracked
class Framework(Term):
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)

    class Meta(Term.Meta):
        pass

    def __str__(self):
        return self.name


@tracked
class Lot(models.Model):
    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="lots")
    name = models.CharField(max_length=200)
    services = models.ManyToManyField(Service, through="Membership", related_name="lots")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["framework", "name"], name="directory_lot_named_once")]

    def __str__(self):
        return f"{self.framework}, {self.name}"


@tracked
class Membership(Term):
    """A service's place on a lot."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="memberships")
    lot = models.ForeignKey(Lot, on_delete=models.CASCADE, related_name="memberships")

    class Meta(Term.Meta):
        constraints = [
            *Term.Meta.constraints,
            models.UniqueConstraint(fields=["lot", "service", "from_on"], name="directory_membership_begins_once"),
        ]

    def __str__(self):
        return f"{self.service} on {self.lot}"


class Unit(models.TextChoices):
    HOUR = "hour", "an hour"
    WEEK = "week", "a week"


@tracked
class Rate(Term):
    """What the council has agreed to pay for a kind of care: everywhere, under a lot, in an area or to one service."""

    kind = models.CharField(max_length=20, choices=Kind)
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.CASCADE, related_name="rates")
    lot = models.ForeignKey(Lot, null=True, blank=True, on_delete=models.CASCADE, related_name="rates")
    area = models.CharField(max_length=80, null=True, blank=True)
    unit = models.CharField(max_length=4, choices=Unit)
    amount = models.DecimalField(max_digits=9, decimal_places=2)

    class Meta(Term.Meta):
        constraints = [
            *Term.Meta.constraints,
            models.CheckConstraint(name="directory_rate_is_money", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="directory_rate_for_a_service_or_a_lot", condition=Q(service=None) | Q(lot=None)
            ),
        ]
        indexes = [models.Index(fields=["kind", "service", "-from_on"], name="directory_rate_by_kind")]

    def __str__(self):
        return f"{pounds(self.amount)} {self.get_unit_display()}"

    @property
    def agreed_for(self):
        if self.service_id:
            return "This service"
        return str(self.lot) if self.lot_id else self.area or "Every service"
