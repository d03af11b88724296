"""Whose turn it was, from when to when: what the queue row says now, kept for as long as the case is."""

from django.db import models
from django.db.models import F, Q

from referrals.work.models import WaitsOn


class SpellQuerySet(models.QuerySet):
    def turn(self, referral, waits_on: str | None, *, at) -> None:
        """From now on the case waits on somebody else; on nobody, once it is closed. Said again, it changes nothing."""
        now = self.filter(referral=referral, ended_at=None)
        if waits_on and now.filter(waits_on=waits_on).exists():
            return
        now.update(ended_at=at)
        if waits_on:
            self.bulk_create([self.model(referral=referral, waits_on=waits_on, began_at=at)], ignore_conflicts=True)


class Spell(models.Model):
    """A time in which a case waited on one side (AMB-01)."""

    referral = models.ForeignKey("referrals.Referral", on_delete=models.CASCADE, related_name="spells")
    waits_on = models.CharField(max_length=10, choices=WaitsOn)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SpellQuerySet.as_manager()

    class Meta:
        ordering = ["began_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="spell_is_open_once_on_a_case", fields=["referral"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="spell_ends_after_it_began", condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at"))
            ),
            models.CheckConstraint(name="spell_waits_on_one_we_know", condition=Q(waits_on__in=WaitsOn.values)),
        ]

    def __str__(self):
        return f"{self.get_waits_on_display()} from {self.began_at:%d %B %Y %H:%M}"
