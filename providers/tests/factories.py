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
from providers.enquiries import actions as enquiries
from providers.enquiries.models import Enquiry, Invitation
from providers.replies.models import Reply
from referrals.tests.factories import PathwayFactory, ReferralFactory

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


class EnquiryFactory(factory.django.DjangoModelFactory):
    """Being written for a case in hand, near two services; `sent=True` has really been sent, and so on from there.

    `EnquiryFactory(sent=True, services=3)`, `EnquiryFactory(sent=True, closed=True)`, `EnquiryFactory(childrens=True)`
    """

    class Meta:
        model = Enquiry
        skip_postgeneration_save = True

    number = factory.Sequence(lambda n: f"E7{n:05d}")
    referral = factory.SubFactory(ReferralFactory, in_progress=True)
    need_in_brief = "A woman who has fallen twice needs help to get up and to wash."
    created_at = factory.LazyFunction(clock.now)
    created_by = factory.SelfAttribute("referral.broker")
    written_by = factory.SelfAttribute("referral.broker")

    class Params:
        nursing = factory.Trait(referral=factory.SubFactory(ReferralFactory, in_progress=True, nursing=True))
        childrens = factory.Trait(
            referral=factory.SubFactory(
                ReferralFactory,
                in_progress=True,
                pathway=factory.SubFactory(PathwayFactory, code="childrens-home-care", serves="children"),
            )
        )

    @factory.post_generation
    def services(enquiry, create, how_many):
        """This many that could meet the need where the person lives: two unless told otherwise."""
        if create:
            PostcodeFactory(code=enquiry.referral.person.postcode)
            kind = enquiry.referral.pathway.terms.service_kind
            for _ in range(2 if how_many is None else how_many):
                ServiceFactory(kinds=[kind])

    @factory.post_generation
    def sent(enquiry, create, wanted):
        if create and wanted:
            _became(enquiry, enquiries.send(enquiry, by=enquiry.referral.broker))

    @factory.post_generation
    def withdrawn(enquiry, create, because):
        if create and because:
            _became(enquiry, enquiries.withdraw(enquiry, because="Not needed", by=enquiry.referral.broker))

    @factory.post_generation
    def closed(enquiry, create, wanted):
        """Its deadline has passed: the clock that stands in the row is moved back."""
        if create and wanted:
            Enquiry.objects.filter(pk=enquiry.pk).update(closes_at=clock.now())
            _became(enquiry, enquiries.close(enquiry, by=None))


class InvitationFactory(factory.django.DjangoModelFactory):
    """Asked beside those the enquiry asked itself."""

    class Meta:
        model = Invitation

    enquiry = factory.SubFactory(EnquiryFactory, sent=True)
    service = factory.SubFactory(ServiceFactory)
    service_name = factory.SelfAttribute("service.name")
    mailbox = factory.Sequence(lambda n: f"invited{n}@care.example")
    miles = Decimal("1.2")
    because = "It offers this 1.2 miles away."
    asked_at = factory.LazyFunction(clock.now)


class ReplyFactory(factory.django.DjangoModelFactory):
    """An offer for all of it, as it stands in the table."""

    class Meta:
        model = Reply

    invitation = factory.SubFactory(InvitationFactory)
    kind = "whole"
    made_at = factory.LazyFunction(clock.now)
    by_name = "Kim Rhodes"
    by_role = "Registered manager"
    unit = "hour"
    rate = Decimal("24.60")
    start_on = factory.LazyFunction(lambda: clock.now().date())

    class Params:
        declined = factory.Trait(kind="no", why_not="no_staff", rate=None, unit="", start_on=None)


def _became(enquiry, now):
    enquiry.__dict__.update(now.__dict__)
