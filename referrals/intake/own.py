"""A referral of one's own: who opens these pages, and on what."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from referrals.intake import rules
from referrals.intake.models import Referral

REFERRERS = set(rules.REFERS)


class OwnReferral:
    """Pages on a referral of one's own."""

    def get_queryset(self):
        user = self.request.user
        own = Referral.objects.visible_to(user)
        return (
            (own.filter(referred_by=user) | own.filter(coordinator=user))
            .select_related("person", "pathway", "team", "needs", "broker", "coordinator", "work")
            .prefetch_related("outcomes", "visits", "papers", "person__contacts")
        )

    @cached_property
    def subject(self):
        return get_object_or_404(self.get_queryset(), reference=self.kwargs["reference"])

    def get_caption(self):
        initials = f", {self.subject.initials}" if self.subject.person else ""
        return f"{self.subject.reference}{initials}"
