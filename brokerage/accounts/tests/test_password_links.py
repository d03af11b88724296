from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from brokerage.accounts import actions
from brokerage.accounts.models import PasswordLink
from brokerage.design.models import SentForm
from brokerage.links import links
from brokerage.notify.models import Message
from brokerage.tests.factories import PasswordLinkFactory, UserFactory

pytestmark = pytest.mark.django_db

CHOSEN = "three quite random words"
ANSWERS = {"password": CHOSEN, "again": CHOSEN}


@pytest.fixture
def link():
    return PasswordLinkFactory(user__password="!", user__email="tessa.okoro@council.example")


def test_the_link_lets_its_holder_choose_a_password(client, link):
    response = client.post(links.path_of(link), ANSWERS, follow=True)

    link.user.refresh_from_db()
    assert link.user.check_password(CHOSEN)
    assert "Password saved. Sign in with it now." in response.content.decode()


def test_a_scanner_may_open_it_as_often_as_it_likes(client, link):
    for _ in range(30):
        assert client.get(links.path_of(link)).status_code == 200
        assert client.head(links.path_of(link)).status_code == 200

    assert client.post(links.path_of(link), ANSWERS).status_code == 302


def test_it_works_once(client, link):
    client.post(links.path_of(link), ANSWERS)

    again = client.post(links.path_of(link), {"password": "another long password", "again": "another long password"})

    link.user.refresh_from_db()
    assert again.status_code == 410
    assert link.user.check_password(CHOSEN)
    assert "This link no longer works" in again.content.decode()


def test_it_stops_working_when_its_time_has_passed(client, administrator, team):
    with time_machine.travel(datetime(2026, 11, 3, 9, tzinfo=UTC), tick=False):
        person = actions.invite(
            full_name="Tessa Okoro", email="t@council.example", roles=["broker"], teams=[team], by=administrator
        )
        path = links.path_of(person.password_links.get())
    with time_machine.travel(datetime(2026, 11, 3, 9, tzinfo=UTC) + actions.INVITATION_LASTS, tick=False):
        response = client.post(path, ANSWERS)

    person.refresh_from_db()
    assert response.status_code == 404
    assert not person.has_usable_password()


def test_nothing_opens_a_link_that_was_never_made(client, link):
    path = links.path_of(link)

    assert client.get(path[:-3] + "xxx").status_code == 404


def test_a_leavers_link_is_dead(client, link, administrator):
    path = links.path_of(link)
    actions.end(link.user, because="Left before starting", by=administrator)

    assert client.post(path, ANSWERS).status_code == 410


def test_every_other_link_of_theirs_ends_with_it(client, link):
    other = PasswordLinkFactory(user=link.user, forgotten=True)

    client.post(links.path_of(link), ANSWERS)

    assert client.get(links.path_of(other)).status_code == 410


def test_whoever_was_signed_in_with_the_old_password_no_longer_is(client):
    person = UserFactory(broker=True)
    client.force_login(person)
    link = PasswordLinkFactory(user=person, forgotten=True)

    Client().post(links.path_of(link), ANSWERS)

    assert client.get("/your-account/").status_code == 302
    assert "Your password was changed." in Message.objects.get(address=person.email).body


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"password": "short", "again": "short"}, "at least 12 characters"),
        ({"password": CHOSEN, "again": "three other random words"}, "Enter the same password both times"),
        ({"password": "password1234", "again": "password1234"}, "too common"),
        ({"password": "tessa.okoro@council", "again": "tessa.okoro@council"}, "too similar"),
        ({}, "Enter a password"),
    ],
)
def test_a_password_that_will_not_do_leaves_the_link_usable(client, link, answers, said):
    response = client.post(links.path_of(link), answers)

    assert said in response.content.decode()
    assert client.post(links.path_of(link), ANSWERS).status_code == 302


def test_neither_the_password_nor_a_trace_of_it_is_kept(client, link):
    client.post(links.path_of(link), ANSWERS | {"form_key": "0b0c3f58-9d1c-4d3e-8a55-1f4b1d2e9a11"})

    assert not SentForm.objects.exists()
    assert not any("password" in session.get_decoded() for session in Session.objects.all())


def test_its_page_is_kept_by_nobody_and_named_to_nobody(client, link):
    response = client.get(links.path_of(link))

    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "no-store"
    assert "noindex" in response["X-Robots-Tag"]


def test_a_link_lasts_a_week_for_an_invitation_and_an_hour_for_a_forgotten_password(administrator, broker, team):
    now = datetime(2026, 11, 3, 9, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        actions.send_forgotten_link(broker)
        actions.invite(full_name="Tessa", email="t@council.example", roles=["broker"], teams=[team], by=administrator)

    lasts = {link.purpose: link.link_expires_at - now for link in PasswordLink.objects.all()}
    assert lasts == {"forgotten": timedelta(hours=1), "invitation": timedelta(days=7)}
