"""The directory's pages in a real browser, wide and on a phone."""

import pytest
from django.urls import reverse

from providers.directory.models import Kind, Reading
from providers.tests.factories import MembershipFactory, PostcodeFactory, RateFactory, ServiceFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pages(client, broker, live_server):
    """Signs a browser in as a broker, with a directory to look at; gives the addresses to look at."""
    PostcodeFactory()
    service = ServiceFactory(
        name="Hollybank Home Care",
        kinds=[Kind.HOME_CARE, Kind.SUPPORTED_LIVING],
        suspended="A safeguarding enquiry is open, and the commissioner asked for no new packages",
        phone="01752960001",
        website="https://www.hollybank.example",
        rating_overall="Good",
        succeeded_by=ServiceFactory(name="Hollybank Home Care (South)"),
    )
    ServiceFactory(name="Alder Court Nursing Home", nursing=True, unreachable=True)
    ServiceFactory(name="Beech Lodge", deregistered=True)
    MembershipFactory(service=service)
    RateFactory()
    Reading.objects.create(
        file_name="a.csv", source="CQC care directory", read_at="2026-11-01T09:00Z", as_at="2026-10-30",
        rows=3, new=3, updated=0, unchanged=0, rejected=0,
    )  # fmt: skip
    client.force_login(broker)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    near = reverse("directory_list") + "?near=PL4+8AA&miles=10&kind=home_care"
    of_service = ["directory_service", "directory_mailboxes", "directory_suspend", "directory_lift"]
    addresses = [reverse("directory_list"), near, *(reverse(name, args=[service.pk]) for name in of_service)]
    return cookie, [live_server.url + address for address in addresses]


@pytest.mark.parametrize("size", ["page", "phone"])
def test_the_directory_is_accessible_and_fits_its_screen(request, size, pages, no_axe_violations):
    cookie, addresses = pages
    page = request.getfixturevalue(size)
    page.context.add_cookies([cookie])

    for address in addresses:
        page.goto(address)
        no_axe_violations(page)
        width = page.viewport_size["width"]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{address} is wider than {width}"
