from django.db import transaction

from brokerage.errors import Refused
from referrals.needs.models import Outcome, Visit

MOST_VISITS = 140  # twenty a day


@transaction.atomic
def describe(referral, *, by, **facts):
    """Keep what the person needs, or what they prefer."""
    needs = referral.needs
    for name, value in facts.items():
        setattr(needs, name, value)
    needs.save()
    return needs


@transaction.atomic
def set_outcomes(referral, *, words, by):
    """Keep what the person wants to be different: three at most (LEI-14)."""
    referral.outcomes.all().delete()
    return Outcome.objects.bulk_create(
        Outcome(referral=referral, position=position, words=said) for position, said in enumerate(words[:3], start=1)
    )


@transaction.atomic
def add_visits(referral, *, weekdays, by, **facts):
    """Add the same visit on each of these weekdays. Monday is 0."""
    if referral.visits.count() + len(weekdays) > MOST_VISITS:
        raise Refused("There are too many visits for one week. Use a waking night or live-in care instead.")
    return Visit.objects.bulk_create(Visit(referral=referral, weekday=day, **facts) for day in sorted(weekdays))


@transaction.atomic
def remove_visits(referral, *, ids, by):
    referral.visits.filter(pk__in=ids).delete()
