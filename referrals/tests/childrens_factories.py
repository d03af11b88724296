"""A children's pathway with a question of every kind, and a referral on it with every answer given."""

from datetime import date, time

import factory

from brokerage.clocks import clock
from brokerage.tests.factories import TeamFactory
from referrals.approval.models import Approval
from referrals.pathways.questions import Page, Question, ShownWhen
from referrals.pathways.terms import SHEET, Terms
from referrals.questions.actions import answer
from referrals.questions.answers import Said
from referrals.tests.factories import PathwayFactory, PersonFactory, ReferralFactory

CHILDRENS_MUST = (
    "person", "postcode", "needs", "bands", "health", "behaviour", "mobility", "equipment", "outcomes", "timetable",
    "wanted_start",
)  # fmt: skip
QUESTIONS = (
    Question("activity", "What should the child do there?", "break", for_providers=True, most=300),
    Question("swims", "Does the child swim?", "break", "yes_no", none_is_an_answer=False, for_providers=True),
    Question("swims_with", "Who is in the water with them?", "break", "line", shown_when=ShownWhen("swims", ("yes",))),
    Question("notes", "Anything else?", "break", must=False),
)
SHORT_BREAK = Terms(
    service_kind="short_break",
    service_in_words="a short break for a child",
    pages=("worker", "person", "also_for", "contact", "needs", "break", "outcomes", "preferences", "timetable",
           "dates", "school_holidays", "bank_holidays", "travel", "provider_wishes", "when"),
    own_pages=(Page("break", "About the short break", "What is needed"),),
    questions=QUESTIONS,
    must=CHILDRENS_MUST,
    no_names=True,
    approval="resource_panel",
    papers_if_urgent=(),
    reply_rule="children_standard",
    sheet=(*SHEET, "answers"),
)  # fmt: skip
ANSWERS = {
    "worker_team": "Disabled children’s team", "worker_phone": "01632 960200", "activity": "Play in the park",
    "swims": "no", "support_ends_on": None, "family_away": None,
    "school_holidays": [{"name": "Half term", "from": "2026-10-26", "to": "2026-10-30"}],
    "bank_holiday_support": "no", "travel_limited": "yes", "travel_miles": 6, "travel_minutes": None,
    "travel_public": "no", "provider_wishes": None,
}  # fmt: skip


class ShortBreakFactory(PathwayFactory):
    code = "short-break"
    name = "Short break"
    serves = "children"
    definition = factory.LazyAttribute(lambda _: SHORT_BREAK.write())


def childrens_referral(*, by, answers=ANSWERS, approved=True, pathway=None, **facts):
    """A draft with every question answered, unless some are left out of `answers`."""
    referral = ReferralFactory(
        pathway=pathway or ShortBreakFactory(),
        team=by.teams.filter(serves="children").first() or TeamFactory(children=True),
        person=PersonFactory(first_names="Leo", last_name="Marsh", born_on=date(2016, 5, 4), school="Ashfield School"),
        referred_by=by,
        **{"capacity": "", "funding": "", "visits": 0, "papers": [], **facts},
    )
    needs = referral.needs
    type(needs).objects.filter(pk=needs.pk).update(
        summary="He needs to play with other children.", bands=["children"], health="Autism", behaviour="None",
        mobility="independent", equipment="None",
    )  # fmt: skip
    referral.visits.create(weekday=5, starts_at=time(10), minutes=180, term="term")
    referral.visits.create(weekday=0, starts_at=time(10), minutes=300, term="holidays")
    said = {key: Said(is_none=True) if value is None else Said(value=value) for key, value in answers.items()}
    answer(referral, said=said, by=by)
    if approved:
        day = clock.now().date()
        facts = {"manager_name": "Ruth Calder", "signed_on": day, "approved_by": "resource_panel", "approved_on": day}
        Approval.objects.create(referral=referral, recorded_at=clock.now(), recorded_by=by, **facts)
    return type(referral).objects.get(pk=referral.pk)
