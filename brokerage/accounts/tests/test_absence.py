"""Who is away, and who stands in for them."""

from datetime import date, datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction

from brokerage.accounts.absence import Absence, actions, deputy_for
from brokerage.audit.models import Event
from brokerage.errors import NotAllowed, Refused
from brokerage.notify.models import Message
from brokerage.tests.factories import TeamFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet_bell")]

MONDAY, FRIDAY = date(2026, 11, 9), date(2026, 11, 13)
DURING = datetime.fromisoformat("2026-11-11T10:00+00:00")


@pytest.fixture(autouse=True)
def machine():
    with time_machine.travel("2026-11-06T10:00+00:00", tick=False) as traveller:
        yield traveller


def away(who, deputy=None, *, from_on=MONDAY, until_on=FRIDAY, by=None, **more):
    return actions.go_away(who, from_on=from_on, until_on=until_on, deputy=deputy, by=by or who, **more)


def test_whoever_stands_in_is_told_and_found(broker, other_broker):
    away(broker, other_broker)

    assert deputy_for(broker.pk, DURING) == other_broker
    letter = Message.objects.get()
    assert (letter.address, letter.subject) == (other_broker.email, "You stand in for Tom Birch")
    assert Event.objects.get().said == (
        "Tom Birch is away from Monday 9 November to Friday 13 November: Priya Nair stands in"
    )


@pytest.mark.parametrize(
    ("at", "is_away"),
    [
        ("2026-11-08T23:59:59+00:00", False),
        ("2026-11-09T00:00:00+00:00", True),
        ("2026-11-13T23:59:59+00:00", True),
        ("2026-11-14T00:00:00+00:00", False),
    ],
)
def test_both_days_are_included_where_the_council_is(broker, other_broker, at, is_away):
    away(broker, other_broker)

    assert (deputy_for(broker.pk, datetime.fromisoformat(at)) is not None) is is_away


def test_a_deputy_who_is_away_too_is_passed_over_to_theirs(broker, other_broker, duty_broker):
    away(broker, other_broker)
    away(other_broker, duty_broker)

    assert deputy_for(broker.pk, DURING) == duty_broker


def test_two_who_stand_in_for_each_other_end_nowhere(broker, other_broker):
    away(broker, other_broker)
    absence = away(other_broker)
    Absence.objects.filter(pk=absence.pk).update(deputy=broker)

    assert deputy_for(broker.pk, DURING) is None
    assert deputy_for(other_broker.pk, DURING) is None


def test_a_deputy_who_left_stands_in_for_nobody(broker, other_broker):
    away(broker, other_broker)
    type(other_broker).objects.filter(pk=other_broker.pk).update(is_active=False, left_at=DURING)

    assert deputy_for(broker.pk, DURING) is None


def test_nobody_need_stand_in(broker):
    away(broker)

    assert deputy_for(broker.pk, DURING) is None
    assert Absence.objects.at(DURING).exists()


def test_back_early_is_back_at_once(broker, other_broker, machine):
    absence = away(broker, other_broker)
    machine.move_to(DURING)

    actions.come_back(absence, by=broker)

    assert deputy_for(broker.pk, DURING) is None
    assert Message.objects.filter(subject="Tom Birch is back", address=other_broker.email).exists()
    with pytest.raises(Refused, match="Tom Birch is back already"):
        actions.come_back(absence, by=broker)


def test_after_coming_back_they_may_go_again(broker, other_broker):
    actions.come_back(away(broker, other_broker), by=broker)

    assert away(broker, other_broker).pk


@pytest.mark.parametrize("who_says", ["manager", "administrator"])
def test_a_manager_of_the_team_or_an_administrator_may_say_it(request, broker, other_broker, who_says):
    away(broker, other_broker, by=request.getfixturevalue(who_says))

    assert Message.objects.filter(address=broker.email, subject="You are marked as away").exists()


@pytest.mark.parametrize("who_says", ["other_broker", "head", "auditor"])
def test_nobody_else_may(request, broker, who_says):
    with pytest.raises(NotAllowed, match="Only they themselves"):
        away(broker, by=request.getfixturevalue(who_says))


def test_nor_the_manager_of_another_team(broker):
    elsewhere = UserFactory(manager=True, teams=[TeamFactory(children=True)])

    with pytest.raises(NotAllowed):
        away(broker, by=elsewhere)


def test_some_cannot_stand_in(broker, other_broker, manager, head, coordinator, stranger, leaver):
    away(other_broker, from_on=FRIDAY, until_on=FRIDAY)

    refused = {
        broker: "Select somebody else",
        leaver: "has left",
        stranger: "is not in a team of Tom Birch",
        coordinator: "cannot stand in for a broker",
        other_broker: "Priya Nair is away too, on Friday 13 November",
    }
    for deputy, why in refused.items():
        with pytest.raises(Refused, match=why):
            away(broker, deputy)
    with pytest.raises(Refused, match="cannot stand in for a team manager"):
        away(manager, broker)


@pytest.mark.parametrize(
    ("from_on", "until_on", "why"),
    [
        (FRIDAY, MONDAY, "last day that is not before the first"),
        (date(2026, 11, 2), date(2026, 11, 5), "days still to come"),
    ],
)
def test_days_that_cannot_be_meant_are_refused(broker, from_on, until_on, why):
    with pytest.raises(Refused, match=why):
        away(broker, from_on=from_on, until_on=until_on)


def test_one_absence_at_a_time(broker):
    away(broker)

    with pytest.raises(Refused, match="already away from Monday 9 November"):
        away(broker, from_on=FRIDAY, until_on=date(2026, 11, 20))
    with pytest.raises(IntegrityError, match="absence_is_one_at_a_time"), transaction.atomic():
        Absence.objects.create(who=broker, from_on=FRIDAY, until_on=FRIDAY, recorded_at=DURING, recorded_by=broker)


# -- the pages


def post(client, who, **more):
    days = {"from_on_0": 9, "from_on_1": 11, "from_on_2": 2026, "until_on_0": 13, "until_on_1": 11, "until_on_2": 2026}
    return client.post("/absences/add/", {"who": who.pk, **days, **more})


def test_somebody_says_that_they_are_away_and_back(client, broker, other_broker):
    client.force_login(broker)

    page = client.get("/absences/add/").content.decode()
    assert "Priya Nair" in page and "Who is away?" not in page
    post(client, broker, deputy=other_broker.pk)

    assert "Priya Nair" in client.get("/absences/").content.decode()
    client.post(f"/absences/{Absence.objects.get().pk}/end/")
    assert "Nobody is away" in client.get("/absences/").content.decode()


def test_a_manager_says_it_of_the_team_and_of_nobody_else(client, manager, broker, stranger):
    client.force_login(manager)

    page = client.get("/absences/add/").content.decode()
    assert "Tom Birch" in page and "Iris Vale" not in page
    post(client, stranger)
    assert not Absence.objects.exists()
    post(client, broker)
    assert Absence.objects.get().who == broker


def test_a_refusal_stands_on_the_page(client, broker, other_broker):
    away(other_broker)
    client.force_login(broker)

    answer = post(client, broker, deputy=other_broker.pk)

    assert answer.status_code == 409
    assert "Priya Nair is away too" in answer.content.decode()


def test_somebody_elses_absence_is_not_theirs_to_see_or_end(client, broker, coordinator):
    absence = away(broker)
    client.force_login(coordinator)

    assert "Tom Birch" not in client.get("/absences/").content.decode()
    assert client.post(f"/absences/{absence.pk}/end/").status_code == 404


def test_whoever_stands_in_sees_it_and_does_not_end_it(client, broker, other_broker):
    absence = away(broker, other_broker)
    client.force_login(other_broker)

    page = client.get("/absences/").content.decode()
    assert "Tom Birch" in page and "Take it out" not in page
    assert client.post(f"/absences/{absence.pk}/end/").status_code == 409


def test_the_list_asks_as_much_for_ten_as_for_two(client, administrator, django_assert_max_num_queries):
    def several(count):
        for _ in range(count):
            away(UserFactory(broker=True), by=administrator)

    client.force_login(administrator)
    several(2)
    client.get("/absences/")
    with django_assert_max_num_queries(100) as two:
        client.get("/absences/")
    several(8)
    with django_assert_max_num_queries(len(two)):
        client.get("/absences/")


def test_a_stranger_signs_in(client):
    assert client.get("/absences/").status_code == 302
