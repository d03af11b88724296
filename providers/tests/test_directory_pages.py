"""The directory as council staff see it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brokerage.audit.models import Event
from providers.directory.models import Contact, Kind, Standing, State
from providers.tests.factories import (
    ContactFactory,
    MembershipFactory,
    PostcodeFactory,
    RateFactory,
    ServiceFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, broker):
    client.force_login(broker)
    return client


def names(response):
    return [row.name for row in response.context["rows"]]


def found(client, **query):
    return names(client.get(reverse("directory_list"), query))


def test_services_are_listed_with_whether_they_can_be_asked(signed_in):
    ServiceFactory(name="Alder")
    StandingFactory(service=ServiceFactory(name="Birch"))
    ServiceFactory(name="A dentist", kinds=[])

    page = signed_in.get(reverse("directory_list"))

    assert [(row.name, row.state_words) for row in page.context["rows"]] == [
        ("Alder", "Can be asked"),
        ("Birch", "Suspended"),
    ]


def test_services_are_filtered(signed_in):
    ServiceFactory(name="Alder Court", nursing=True)
    ServiceFactory(name="Alder Home Care")
    StandingFactory(service=ServiceFactory(name="Birch Home Care"))

    assert found(signed_in, name="alder") == ["Alder Court", "Alder Home Care"]
    assert found(signed_in, kind=Kind.HOME_CARE) == ["Alder Home Care", "Birch Home Care"]
    assert found(signed_in, kind=Kind.HOME_CARE, state="can_be_asked") == ["Alder Home Care"]
    assert found(signed_in, state="suspended") == ["Birch Home Care"]


@pytest.mark.parametrize("state", State)
def test_every_state_finds_those_in_it_and_no_others(signed_in, state):
    ServiceFactory(name=State.CAN_BE_ASKED.label)
    ServiceFactory(name=State.NO_MAILBOX.label, unreachable=True)
    ServiceFactory(name=State.DORMANT.label, dormant=True)
    ServiceFactory(name=State.DEREGISTERED.label, deregistered=True, suspended=True)
    ServiceFactory(name=State.SUSPENDED.label, suspended=True, dormant=True)
    StandingFactory(service=ServiceFactory(name=State.EMBARGOED.label), status="embargoed")

    assert found(signed_in, state=state) == [state.label]


def test_services_near_a_postcode_come_nearest_first(signed_in):
    PostcodeFactory()
    ServiceFactory(name="A mile", point=(249_609, 55_000))
    ServiceFactory(name="Here", point=(248_000, 55_000), kinds=[Kind.HOME_CARE, Kind.RESPITE])
    ServiceFactory(name="Far", point=(348_000, 55_000))

    page = signed_in.get(reverse("directory_list"), {"near": "pl4 8aa", "miles": 5})

    assert [(row.name, row.miles) for row in page.context["rows"]] == [("Here", "0.0"), ("A mile", "1.0")]
    assert found(signed_in, near="PL4 8AA", miles=5, kind=Kind.RESPITE) == ["Here"]


def test_a_postcode_we_do_not_know_is_said(signed_in):
    page = signed_in.get(reverse("directory_list"), {"near": "PL4 8AA", "miles": 5})

    assert "we do not know where PL4 8AA is" in page.content.decode()


def test_the_list_may_be_downloaded(signed_in):
    ServiceFactory(name="Alder", rating_overall="Good")

    sheet = signed_in.get(reverse("directory_list"), {"download": "csv"}).content.decode()

    assert "Alder,Home care,Plymouth PL4,Good,Can be asked," in sheet


def queries_of_ours(client, address, query=None):
    """How many the directory itself makes; signing in and the page around it are others' to count."""
    with CaptureQueriesContext(connection) as made:
        assert client.get(address, query).status_code == 200
    return sum("providers_" in one["sql"] for one in made)


@pytest.mark.parametrize(("query", "most"), [({}, 3), ({"near": "PL4 8AA", "miles": "10", "kind": "home_care"}, 4)])
def test_the_list_takes_as_many_queries_for_many_as_for_few(signed_in, query, most):
    PostcodeFactory()
    address = reverse("directory_list")

    for services in (2, 20):
        for number in range(services):
            ServiceFactory(suspended=number % 2 == 0)
        assert queries_of_ours(signed_in, address, query) <= most


def test_a_service_shows_what_a_broker_needs(signed_in):
    service = ServiceFactory(name="Alder", suspended="Safeguarding enquiry", rating_overall="Good", phone="01752960001")
    RateFactory(amount="22.50")
    RateFactory(kind=Kind.NURSING_HOME, amount="950.00")
    lot = MembershipFactory(service=service).lot

    page = signed_in.get(service.get_absolute_url()).content.decode()

    for words in [
        "Suspended from 5 January 2026: Safeguarding enquiry.",
        f"enquiries{service.pk}@care.example",
        "£22.50 an hour",
        str(lot),
        "01752960001",
        "Good",
    ]:
        assert words in page
    assert "£950.00" not in page


def test_a_service_takes_as_many_queries_with_much_to_show_as_with_little(signed_in):
    service = ServiceFactory(kinds=[Kind.HOME_CARE, Kind.RESPITE, Kind.SUPPORTED_LIVING])
    little = queries_of_ours(signed_in, service.get_absolute_url())

    for number, kind in enumerate([*service.kinds, *service.kinds]):
        StandingFactory(service=service, from_on=f"2025-01-0{number + 1}", until_on=f"2025-01-0{number + 2}")
        RateFactory(lot=MembershipFactory(service=service).lot, kind=kind, from_on=f"2025-0{number + 1}-01")
        ServiceFactory(succeeded_by=service)

    assert queries_of_ours(signed_in, service.get_absolute_url()) == little <= 7


def test_a_mailbox_is_set_right_from_its_page(signed_in):
    service = ServiceFactory(unreachable=True)
    answers = {"enquiries": "new@care.example", "signing": "", "because": "They phoned"}

    response = signed_in.post(reverse("directory_mailboxes", args=[service.pk]), answers)

    assert response["Location"] == service.get_absolute_url()
    assert Contact.objects.get().mailbox == "new@care.example"


def test_the_form_shows_the_mailboxes_as_they_are(signed_in):
    service = ServiceFactory(mailboxes={"signing": "signing@care.example"})
    ContactFactory(provider=service.provider, mailbox="provider@care.example")

    form = signed_in.get(reverse("directory_mailboxes", args=[service.pk])).context["form"]

    assert form.initial == {"enquiries": "", "signing": "signing@care.example"}


@pytest.mark.parametrize("address", ["directory_mailboxes", "directory_suspend", "directory_lift"])
def test_a_reason_is_asked_for(signed_in, address):
    service = ServiceFactory()

    response = signed_in.post(reverse(address, args=[service.pk]), {"status": "suspended"})

    assert "Enter the reason" in response.content.decode()
    assert not Event.objects.exists()


def test_a_service_is_suspended_and_asked_again_from_its_page(signed_in):
    service = ServiceFactory()

    signed_in.post(reverse("directory_suspend", args=[service.pk]), {"status": "suspended", "because": "Poor rating"})
    assert "Ask this service again" in signed_in.get(service.get_absolute_url()).content.decode()

    signed_in.post(reverse("directory_lift", args=[service.pk]), {"because": "Better now"})
    assert "Stop asking this service" in signed_in.get(service.get_absolute_url()).content.decode()
    assert Standing.objects.get().until_on is not None


def test_a_refusal_is_shown_and_nothing_typed_is_lost(signed_in):
    service = ServiceFactory(suspended=True)

    response = signed_in.post(
        reverse("directory_suspend", args=[service.pk]), {"status": "suspended", "because": "Poor rating"}
    )

    assert response.status_code == 409
    assert "is suspended already" in response.content.decode()
    assert "Poor rating" in response.content.decode()


def test_those_who_only_read_see_no_buttons(client, commissioner):
    service = ServiceFactory()
    client.force_login(commissioner)

    page = client.get(service.get_absolute_url())

    assert page.status_code == 200
    assert "Stop asking" not in page.content.decode()
    assert client.get(reverse("directory_suspend", args=[service.pk])).status_code == 403


def test_reading_changes_nothing(signed_in):
    service = ServiceFactory()

    for page in ["directory_service", "directory_mailboxes", "directory_suspend", "directory_lift"]:
        assert signed_in.get(reverse(page, args=[service.pk])).status_code == 200

    assert not Event.objects.exists()


def test_a_stranger_signs_in_first(client):
    assert client.get(reverse("directory_list")).status_code == 302


def test_a_service_that_is_not_there_is_a_404(signed_in):
    assert signed_in.get(reverse("directory_service", args=[404_404])).status_code == 404
