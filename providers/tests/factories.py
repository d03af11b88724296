"""Providers and their services, invented: `ServiceFactory(nursing=True)`, `ServiceFactory(suspended=True)`."""

from datetime import date
from decimal import Decimal

import factory

from brokerage.clocks import clock
from providers.directory.models import (
    Band,
    Contact,
    ContactKind,
    Framework,
    Kind,
    Lot,
    Membership,
    Postcode,
    Provider,
    Rate,
    RegisterStatus,
    Service,
    Standing,
    StandingStatus,
    Unit,
)
from providers.directory.places import Place

HERE = Place(248_000, 55_000)  # where the tests' Winifred lives, more or less


class PostcodeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Postcode
        django_get_or_create = ("code",)

    code = "PL4 8AA"
    easting = 248_000
    northing = 55_000


class ProviderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Provider

    name = factory.Sequence(lambda n: f"Hollybank Care {n} Limited")


class ServiceFactory(factory.django.DjangoModelFactory):
    """A home care agency that can be asked: near, registered, with a mailbox."""

    class Meta:
        model = Service
        skip_postgeneration_save = True

    provider = factory.SubFactory(ProviderFactory)
    name = factory.Sequence(lambda n: f"Hollybank Home Care {n}")
    location_id = factory.Sequence(lambda n: f"1-9{n:06d}")
    kinds = factory.LazyFunction(lambda: [Kind.HOME_CARE])
    specialisms = factory.LazyFunction(lambda: [Band.OLDER_PEOPLE])
    address_lines = factory.LazyFunction(lambda: ["2 Hollybank Road", "Plymouth"])
    postcode = "PL4 8AB"
    local_authority = "Plymouth"
    point = HERE
    register_status = RegisterStatus.REGISTERED

    class Params:
        nursing = factory.Trait(
            kinds=factory.LazyFunction(lambda: [Kind.NURSING_HOME]),
            name=factory.Sequence(lambda n: f"Alder Court Nursing Home {n}"),
            beds=40,
        )
        deregistered = factory.Trait(register_status=RegisterStatus.DEREGISTERED, deregistered_on=date(2024, 3, 1))
        unreachable = factory.Trait(mailboxes={})

    @factory.post_generation
    def mailboxes(self, create, given):
        """One for enquiries; `mailboxes={}` for none, `mailboxes={"signing": "…"}` for others."""
        if not create:
            return
        if given is None:
            given = {ContactKind.ENQUIRIES: f"enquiries{self.pk}@care.example"}
        for kind, mailbox in given.items():
            ContactFactory(service=self, kind=kind, mailbox=mailbox)

    @factory.post_generation
    def suspended(self, create, because):
        """`ServiceFactory(suspended="Safeguarding enquiry")`"""
        if create and because:
            StandingFactory(service=self, because=because if isinstance(because, str) else "Safeguarding enquiry")


class ContactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contact

    kind = ContactKind.ENQUIRIES
    mailbox = "enquiries@care.example"
    confirmed_at = factory.LazyFunction(clock.now)


class StandingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Standing

    service = factory.SubFactory(ServiceFactory)
    status = StandingStatus.SUSPENDED
    because = "Safeguarding enquiry"
    from_on = date(2026, 1, 5)


class FrameworkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Framework

    name = factory.Sequence(lambda n: f"Home care framework {n}")
    kind = Kind.HOME_CARE
    from_on = date(2025, 4, 1)


class LotFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Lot

    framework = factory.SubFactory(FrameworkFactory)
    name = factory.Sequence(lambda n: f"Lot {n}")


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    service = factory.SubFactory(ServiceFactory)
    lot = factory.SubFactory(LotFactory)
    from_on = date(2025, 4, 1)


class RateFactory(factory.django.DjangoModelFactory):
    """What is paid for home care everywhere; name a service, a lot or an area for something narrower."""

    class Meta:
        model = Rate

    kind = Kind.HOME_CARE
    unit = Unit.HOUR
    amount = Decimal("22.50")
    from_on = date(2025, 4, 1)

    class Params:
        nursing = factory.Trait(kind=Kind.NURSING_HOME, unit=Unit.WEEK, amount=Decimal("950.00"))
