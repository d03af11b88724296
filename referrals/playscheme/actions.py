from django.db import transaction

from brokerage.audit.recording import record
from brokerage.clocks import clock
from referrals.playscheme.models import PlayRequest, Scheme
from referrals.playscheme.rules import request_of


@transaction.atomic
def ask_for_a_place(referral, *, by, **facts):
    """Keep what is wanted. Another year has other days, so those said before are dropped with it."""
    before = request_of(referral)
    if before and before.year != facts["year"]:
        facts |= {"preferred": [], "not_required": []}
    said = {**facts, "said_at": clock.now(), "said_by": by}
    request, _ = PlayRequest.objects.update_or_create(referral=referral, defaults=said)
    referral.play_request = request
    return request


@transaction.atomic
def choose_days(referral, *, preferred, not_required, parents_told_on, by):
    """Keep which days would be best, and on which the child cannot come."""
    request = PlayRequest.objects.select_for_update().get(referral=referral)
    request.preferred, request.not_required = sorted(preferred), sorted(not_required)
    request.parents_told_on = parents_told_on
    request.said_at, request.said_by = clock.now(), by
    request.save()
    referral.play_request = request
    return request


@transaction.atomic
def set_scheme(*, year, by, **dates):
    """Say one year's dates. Requests read them from now on; what was decided stays."""
    scheme, _ = Scheme.objects.update_or_create(year=year, defaults=dates)
    record("play_scheme.dated", scheme, by=by, said=f"Dates of the {year} play scheme set")
    return scheme
