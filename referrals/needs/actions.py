from django.db import transaction

from brokerage.errors import Refused
from referrals.needs.grid import MOST_VISITS
from referrals.needs.models import Outcome, Visit
from referrals.needs.week import Line


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
def set_week(referral, *, visits, by):
    """Keep these visits in place of those there were: each the facts of one `Visit`."""
    if len(visits) > MOST_VISITS:
        raise Refused("There are too many visits for one week. Use a waking night or live-in care instead.")
    new = [Visit(referral=referral, **facts) for facts in visits]
    before, after = (sorted(str(Line.of(visit).write()) for visit in rows) for rows in (referral.visits.all(), new))
    if before == after:
        return list(referral.visits.all())
    referral.visits.all().delete()
    return Visit.objects.bulk_create(new)
