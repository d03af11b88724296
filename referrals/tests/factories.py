"""Referrals at each stage: `ReferralFactory(received=True)`, `ReferralFactory(in_progress=True)`."""

from datetime import date, time, timedelta

import factory

from brokerage.clocks import clock
from brokerage.tests.factories import TeamFactory, UserFactory
from referrals.models import Agreement, Needs, Outcome, Paper, Pathway, Person, Referral, Visit
from referrals.pathways.terms import Terms
from referrals.work import actions as work

HOME_CARE = Terms(
    service_kind="home_care",
    service_in_words="home care",
    papers=("assessment", "care_plan", "home_care_referral"),
)
NURSING = Terms(
    service_kind="nursing_home",
    service_in_words="a nursing home place",
    papers=("assessment", "care_plan"),
    agreement_to_search=True,
    agreement_above_rate=True,
    negotiate_first=True,
    unit="week",
    timetable=False,
    within_miles=25,
)


class PathwayFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Pathway
        django_get_or_create = ("code", "version")

    code = "home-care"
    version = 1
    name = "Home care"
    definition = factory.LazyAttribute(lambda _: HOME_CARE.write())

    class Params:
        nursing = factory.Trait(
            code="nursing-home", name="Nursing home", definition=factory.LazyAttribute(lambda _: NURSING.write())
        )


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    first_names = "Winifred"
    last_name = "Okafor"
    born_on = date(1941, 2, 11)
    record_id = factory.Sequence(lambda n: f"M{400100 + n}")
    address = "12 Rose Lane, Plymouth"
    postcode = "PL4 8AA"


class ReferralFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Referral
        skip_postgeneration_save = True

    reference = factory.Sequence(lambda n: f"R9{n:05d}")
    pathway = factory.SubFactory(PathwayFactory)
    person = factory.SubFactory(PersonFactory)
    team = factory.SubFactory(TeamFactory)
    referred_by = factory.SubFactory(UserFactory, roles=["coordinator"])
    coordinator = factory.SelfAttribute("referred_by")
    capacity = "yes"
    funding = "council"
    wanted_start_on = factory.LazyFunction(lambda: clock.now().date() + timedelta(days=7))
    created_at = factory.LazyFunction(clock.now)

    class Params:
        nursing = factory.Trait(pathway=factory.SubFactory(PathwayFactory, nursing=True))
        received = factory.Trait(status="received", received_at=factory.LazyFunction(clock.now))
        in_progress = factory.Trait(
            status="in_progress",
            received_at=factory.LazyFunction(clock.now),
            broker=factory.SubFactory(UserFactory, roles=["broker"]),
            started_by=factory.SelfAttribute("broker"),
            started_at=factory.LazyFunction(clock.now),
        )

    @factory.post_generation
    def broker_in_team(referral, create, extracted, **kwargs):
        """A case's broker works in its team."""
        if create and referral.broker:
            referral.broker.teams.add(referral.team)

    @factory.post_generation
    def needs(referral, create, extracted, **kwargs):
        if create:
            Needs.objects.create(
                referral=referral,
                summary="Winifred fell twice and needs help to get up and to wash.",
                bands=["older_people"],
                mobility="aid",
                tasks=["getting_up", "washing"],
            )
            Outcome.objects.create(referral=referral, position=1, words="To stay in my own home")

    @factory.post_generation
    def visits(referral, create, extracted, **kwargs):
        """A morning and an evening visit every day, unless `visits=0` or the pathway has no timetable."""
        if create and extracted is None and referral.pathway.terms.timetable:
            Visit.objects.bulk_create(
                Visit(referral=referral, weekday=day, starts_at=at, minutes=minutes, tasks=["getting_up"])
                for day in range(7)
                for at, minutes in ((time(8), 45), (time(19), 30))
            )

    @factory.post_generation
    def papers(referral, create, extracted, **kwargs):
        """All the papers its pathway needs, unless `papers=[...]` names others."""
        if create:
            for kind in referral.pathway.terms.papers if extracted is None else extracted:
                PaperFactory(referral=referral, kind=kind)

    @factory.post_generation
    def in_the_queue(referral, create, extracted, **kwargs):
        if create and referral.received_at:
            work.take_up(referral, next_step="Start work")


class PaperFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Paper

    kind = "assessment"
    dated_on = date(2026, 10, 30)
    recorded_at = factory.LazyFunction(clock.now)
    recorded_by = factory.SelfAttribute("referral.referred_by")


class AgreementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Agreement

    kind = "search"
    because = "Nursing home: panel agrees the search first"
    created_at = factory.LazyFunction(clock.now)

    class Params:
        granted = factory.Trait(
            status="granted",
            decided_at=factory.LazyFunction(clock.now),
            decided_by=factory.SubFactory(UserFactory, roles=["panel_chair"]),
            proposer_id_then=factory.SelfAttribute("referral.broker_id"),
            broker_id_then=factory.SelfAttribute("referral.broker_id"),
            referrer_id_then=factory.SelfAttribute("referral.referred_by_id"),
        )
