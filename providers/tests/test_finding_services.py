"""Nearest first through the index; who could meet a need, and why the others could not."""

import random
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from providers.directory import queries
from providers.directory.models import Kind, Offering, RegisterStatus, Service, State
from providers.directory.places import Place, metres
from providers.tests.factories import (
    HERE,
    ContactFactory,
    LotFactory,
    MembershipFactory,
    ProviderFactory,
    RateFactory,
    ServiceFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 3)


def away(miles):
    return Place(HERE.easting + metres(miles), HERE.northing)


def considered(**facts):
    (only,) = queries.could_meet(Kind.HOME_CARE, HERE, TODAY, **facts)
    return only


# -- the index


@pytest.fixture
def many_services(db):
    chance = random.Random(7)
    kinds = [Kind.HOME_CARE, Kind.NURSING_HOME, Kind.RESIDENTIAL_HOME, Kind.SUPPORTED_LIVING]
    Service.objects.bulk_create(
        Service(
            name=f"Service {number}",
            kinds=chance.sample(kinds, chance.choice([1, 2])),
            easting=chance.randint(200_000, 300_000),
            northing=chance.randint(30_000, 130_000),
        )
        for number in range(3000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE providers_offering, providers_service")


def test_the_nearest_are_read_through_the_index_of_their_kind(many_services):
    plan = queries.nearest(Kind.NURSING_HOME, HERE, 50).explain()

    assert "Seq Scan" not in plan
    assert "Scan using directory_nearest_of_kind" in plan
    assert "Order By: (point <-> " in plan


def test_a_limit_of_miles_is_asked_of_the_index_too(many_services):
    plan = queries.nearest(Kind.NURSING_HOME, HERE, 50, within_miles=5).explain()

    assert "Seq Scan" not in plan
    assert "<@ '<(248000,55000),8046.72>'::circle" in plan


def test_the_nearest_are_the_nearest(many_services):
    found = [service.pk for service in queries.nearest(Kind.NURSING_HOME, HERE, 20)]

    homes = Service.objects.of_kind(Kind.NURSING_HOME)
    assert found == [home.pk for home in sorted(homes, key=lambda home: HERE.metres_to(home.point))[:20]]


def test_the_distance_is_said_in_metres():
    ServiceFactory(point=(HERE.easting + 300, HERE.northing + 400))

    assert queries.nearest(Kind.HOME_CARE, HERE, 1).get().metres == pytest.approx(500)


def test_only_those_within_the_miles_are_nearest():
    near, _ = ServiceFactory(point=away(4.9)), ServiceFactory(point=away(5.1))

    assert list(queries.nearest(Kind.HOME_CARE, HERE, 10, within_miles=5)) == [near]


# -- offerings follow their service, by whatever hand it is changed


def kinds_found():
    return set(Offering.objects.values_list("kind", flat=True))


def test_a_kind_taken_away_is_found_no_more():
    service = ServiceFactory(kinds=[Kind.NURSING_HOME, Kind.RESIDENTIAL_HOME])

    service.kinds = [Kind.RESIDENTIAL_HOME, Kind.RESPITE]
    service.save()

    assert kinds_found() == {Kind.RESIDENTIAL_HOME, Kind.RESPITE}


def test_a_service_that_loses_its_place_is_found_no_more():
    ServiceFactory()

    Service.objects.update(easting=None, northing=None)

    assert kinds_found() == set()


def test_a_service_that_moves_is_found_where_it_is():
    ServiceFactory()

    Service.objects.update(easting=1000, northing=2000)

    assert Offering.objects.get().point == (1000, 2000)


def test_a_service_deleted_is_found_no_more():
    ServiceFactory(unreachable=True)

    Service.objects.all().delete()

    assert kinds_found() == set()


# -- in or out, with the reason in words


def test_a_service_that_can_be_asked_is_in():
    service = ServiceFactory(point=away(3.2))

    found = considered()

    assert (found.service, found.in_, found.because) == (service, True, "Home care, 3.2 miles away.")
    assert found.mailbox == f"enquiries{service.pk}@care.example"
    assert found.miles == pytest.approx(3.2, abs=0.01)


@pytest.mark.parametrize(
    ("facts", "because"),
    [
        ({"unreachable": True}, "No mailbox to write to."),
        ({"dormant": True}, "Dormant: registered, but giving no care at present."),
        ({"deregistered": True}, "No longer registered since 1 March 2024."),
        ({"suspended": "Safeguarding enquiry."}, "Suspended from 5 January 2026: Safeguarding enquiry."),
        ({"point": away(12.3)}, "12.3 miles away, further than 10 miles."),
    ],
)
def test_a_service_that_cannot_be_asked_is_out_with_the_reason(facts, because):
    ServiceFactory(**facts)

    found = considered(within_miles=10)

    assert (found.in_, found.because) == (False, because)


def test_every_reason_is_given():
    ServiceFactory(dormant=True, unreachable=True, point=away(11))

    assert considered(within_miles=10).because == (
        "11.0 miles away, further than 10 miles. Dormant: registered, but giving no care at present. "
        "No mailbox to write to."
    )


def test_a_service_that_was_taken_over_says_by_whom():
    ServiceFactory(deregistered=True, succeeded_by=ServiceFactory(nursing=True, name="Alder Court"))

    assert considered().because == "No longer registered since 1 March 2024. Alder Court took over from it."


def test_a_registration_that_ends_later_still_stands():
    ServiceFactory(register_status=RegisterStatus.DEREGISTERED, deregistered_on=date(2026, 11, 4))

    assert considered().in_


@pytest.mark.parametrize(("until_on", "in_"), [(TODAY, True), (date(2026, 11, 4), False), (None, False)])
def test_a_suspension_ends_on_its_day(until_on, in_):
    StandingFactory(service=ServiceFactory(), until_on=until_on)

    assert considered().in_ is in_


def test_a_providers_mailbox_serves_for_its_services():
    service = ServiceFactory(unreachable=True)
    ContactFactory(provider=service.provider, mailbox="head.office@care.example")

    assert considered().mailbox == "head.office@care.example"


def test_another_kind_of_service_is_not_considered():
    ServiceFactory(nursing=True)

    assert queries.could_meet(Kind.HOME_CARE, HERE, TODAY) == []


def test_the_farthest_are_left_out_beyond_the_limit():
    near = ServiceFactory(point=away(1))
    ServiceFactory(point=away(2))

    assert considered(limit=1).service == near


def test_considering_takes_two_queries_however_many_services(django_assert_num_queries):
    for number in range(12):
        ServiceFactory(point=away(number), suspended=number % 3 == 0, unreachable=number % 4 == 0)

    with django_assert_num_queries(2):
        found = queries.could_meet(Kind.HOME_CARE, HERE, TODAY)
        names = [str(one.service.provider) for one in found]

    assert len(names) == 12


def test_a_list_and_a_search_agree_on_who_can_be_asked():
    for facts in [{}, {"unreachable": True}, {"dormant": True}, {"deregistered": True}, {"suspended": True}]:
        ServiceFactory(**facts)

    can_be_asked = {
        service.pk
        for service in queries.with_state(Service.objects.all(), TODAY)
        if service.state == State.CAN_BE_ASKED
    }

    assert can_be_asked == {one.service.pk for one in queries.could_meet(Kind.HOME_CARE, HERE, TODAY) if one.in_}
    assert len(can_be_asked) == 1


# -- contracted rates


def amount(service=None, on=TODAY, kind=Kind.HOME_CARE):
    rate = queries.contracted_rate(kind, service, on=on)
    return rate and rate.amount


def test_the_narrowest_rate_in_force_is_the_contracted_one():  # MED-11
    service = ServiceFactory()
    lot = MembershipFactory(service=service).lot
    RateFactory(amount="20.00")
    assert amount(service) == Decimal("20.00")

    RateFactory(amount="21.00", area="Plymouth")
    assert amount(service) == Decimal("21.00")

    RateFactory(amount="22.00", lot=lot)
    assert amount(service) == Decimal("22.00")

    RateFactory(amount="19.00", service=service)
    assert amount(service) == Decimal("19.00")
    assert amount() == Decimal("20.00")


def test_a_rate_for_others_is_not_ours():
    RateFactory(lot=LotFactory())
    RateFactory(area="Exeter")
    RateFactory(service=ServiceFactory())
    RateFactory(nursing=True)

    assert amount(ServiceFactory()) is None


def test_a_lot_the_service_has_left_pays_nothing():
    membership = MembershipFactory(to_on=date(2026, 11, 2))
    RateFactory(lot=membership.lot)

    assert amount(membership.service) is None


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2025, 3, 31), None),
        (date(2025, 4, 1), Decimal("20.00")),
        (date(2026, 3, 31), Decimal("20.00")),
        (date(2026, 4, 1), Decimal("21.00")),
    ],
)
def test_the_rate_of_the_day_is_paid(on, expected):
    RateFactory(amount="20.00", from_on=date(2025, 4, 1), to_on=date(2026, 3, 31))
    RateFactory(amount="21.00", from_on=date(2026, 4, 1))

    assert amount(on=on) == expected


def test_where_none_is_for_signing_the_enquiries_mailbox_is():
    service = ServiceFactory(mailboxes={"enquiries": "enquiries@care.example"})
    assert queries.mailbox(service, "signing") == "enquiries@care.example"

    ContactFactory(service=service, kind="signing", mailbox="signing@care.example")
    assert queries.mailbox(service, "signing") == "signing@care.example"


def test_a_service_without_a_provider_borrows_nobodys_mailbox():
    ContactFactory(provider=ProviderFactory())
    service = ServiceFactory(provider=None, unreachable=True)

    assert queries.mailbox(service) == ""
