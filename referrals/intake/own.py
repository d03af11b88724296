"""A referral of one's own: who opens these pages, and on what."""

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from referrals.intake import rules
from referrals.intake.models import Referral
from referrals.work.rules import WORKS_CASES

REFERRERS = set(rules.REFERS)


class OwnReferral:
    """Pages on a referral of one's own."""

    def get_queryset(self):
        """Their own; and to a broker of its team, one that was rung in and whose pages are still open."""
        user = self.request.user
        mine = Q(referred_by=user) | Q(coordinator=user)
        if user.has_role(*WORKS_CASES):
            mine |= Q(phone_first=True, paperwork_at=None, received_at__isnull=False, team__in=user.teams.all())
        return (
            Referral.objects.visible_to(user)
            .filter(mine)
            .select_related("person", "pathway", "team", "needs", "broker", "coordinator", "work")
            .select_related("approval", "play_request")
            .prefetch_related("outcomes", "visits", "papers", "person__contacts")
            .prefetch_related("answers", "also_for", "not_names", "saved_pages")
        )

    @cached_property
    def subject(self):
        return get_object_or_404(self.get_queryset(), reference=self.kwargs["reference"])

    def get_caption(self):
        initials = f", {self.subject.initials}" if self.subject.person else ""
        return f"{self.subject.reference}{initials}"
