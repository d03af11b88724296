"""Every view says who may; whoever may not reads why."""

import pytest
from django.urls import reverse
from django.views.generic import View

from brokerage.accounts.models import Role
from brokerage.design.doors import Door, either
from brokerage.design.views import ActionView
from brokerage.tests.factories import UserFactory


@pytest.mark.parametrize("may", [None, set(), "everybody", ["broker"]])
def test_a_view_that_does_not_say_who_may_cannot_be_written(may):
    with pytest.raises(TypeError, match="does not say who may open it"):
        type("Careless", (Door, View), {"may": may})


def test_a_page_of_a_known_kind_must_say_so_too():
    with pytest.raises(TypeError, match="Careless does not say"):
        type("Careless", (ActionView,), {})


def test_a_stranger_signs_in(client, person):
    response = client.get(reverse("rename", args=[person.pk]))

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_a_public_page_opens_for_anybody(client, db):
    assert client.get(reverse("reply")).status_code == 200


def test_without_the_role_the_page_says_who_can(client, person):
    client.force_login(UserFactory(broker=True))

    response = client.get(reverse("rename", args=[person.pk]))

    assert response.status_code == 403
    assert "Only a team manager or an administrator can change a name." in response.content.decode()


def test_without_the_role_the_button_does_nothing(client, person):
    client.force_login(UserFactory(broker=True))

    assert client.post(reverse("mark", args=[person.pk])).status_code == 403
    person.refresh_from_db()
    assert person.job_title == ""


def test_roles_are_named_in_the_order_they_are_declared():
    roles = frozenset({Role.AUDITOR, Role.BROKER, Role.ASSISTANT_DIRECTOR})

    assert either(roles) == "a broker, an assistant director or an auditor"


@pytest.mark.parametrize(
    "came_from", ["http://elsewhere.example/people/", "http://testserver//elsewhere.example/", "", "nonsense"]
)
def test_the_way_back_never_leads_elsewhere(client, person, came_from):
    client.force_login(UserFactory(broker=True))

    html = client.post(reverse("mark", args=[person.pk]), headers={"Referer": came_from}).content.decode()

    assert "elsewhere.example" not in html
    assert "Go to your home page" in html
