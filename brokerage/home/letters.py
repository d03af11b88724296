"""Which letters somebody may see: a subject carries a case's reference and initials."""

from django.db.models import Q

from brokerage.accounts.models import Role
from referrals.asking.models import CallRequest
from referrals.intake.models import Referral


def visible_to(letters, user):
    """Those about cases they may see, and about none. An administrator sees to it that all of them arrive."""
    if user.has_role(Role.ADMINISTRATOR):
        return letters
    cases = Referral.objects.visible_to(user).values("reference")
    calls = CallRequest.objects.visible_to(user).values("reference")
    return letters.filter(Q(case="") | Q(case__in=cases) | Q(case__in=calls))
