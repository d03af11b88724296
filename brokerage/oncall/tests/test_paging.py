"""An emergency while the service is closed: whoever is on call is paged until somebody says that they have it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from brokerage.audit.models import Event
from brokerage.clocks import clock
from brokerage.deadlines.models import Heartbeat
from brokerage.errors import Refused
from brokerage.links import links
from brokerage.notify.models import Message
from brokerage.oncall import actions, rounds
from brokerage.oncall.models import Alarm, Page, Shift
from brokerage.tests.factories import TeamFactory, UserFactory

pytestmark = pytest.mark.django_db

CASE = "R000012"


@pytest.fixture(autouse=True)
def nobody_is_woken(quiet_bell):
    return None


def on_rota(
    team, *, name="Dele Akande", mobile="+447700900101", email="dele@council.example", line=1, by=None, **facts
):
    now = clock.now()
    said = {"from_at": now - timedelta(hours=1), "until_at": now + timedelta(hours=12)} | facts
    by = by or UserFactory(manager=True)
    return Shift.objects.create(
        name=name, mobile=mobile, email=email, team=team, line=line, changed_at=now, changed_by=by, **said
    )


def paged(**facts):
    return sorted(Page.objects.filter(**facts).values_list("name", "channel"))


def minutes_later(alarm, minutes):
    return alarm.raised_at + timedelta(minutes=minutes, seconds=1)


@pytest.fixture
def alarm(team):
    on_rota(team)
    on_rota(team, name="Ola Berg", mobile="+447700900102", email="", line=2)
    UserFactory(full_name="Gareth Pugh", head=True, phone="07700 900103")
    UserFactory(full_name="Ruth Calder", manager=True)
    return actions.page(CASE, team_id=team.pk)


def test_the_first_line_is_paged_at_once_by_text_message_and_e_mail(alarm):
    assert paged() == [("Dele Akande", "email"), ("Dele Akande", "sms")]
    assert set(Message.objects.values_list("address", flat=True)) == {"+447700900101", "dele@council.example"}
    assert all(message.urgent for message in Message.objects.all())


def test_a_text_message_says_the_reference_and_that_it_is_an_emergency_and_no_more(alarm):  # LEI-01
    text = Message.objects.get(channel="sms")

    assert text.body == "Emergency referral R000012. Say that you have it: [[link]]\n"


def test_nobody_answering_the_same_line_is_paged_again_every_five_minutes(alarm):
    assert actions.page_due(at=minutes_later(alarm, 4)) == 0
    assert actions.page_due(at=minutes_later(alarm, 5)) == 1
    assert actions.page_due(at=minutes_later(alarm, 6)) == 0

    assert paged(round=2) == [("Dele Akande", "email"), ("Dele Akande", "sms")]


def test_the_second_line_hears_after_ten_minutes_and_the_head_of_service_after_fifteen(alarm):
    for minutes in (5, 10, 15):
        actions.page_due(at=minutes_later(alarm, minutes + minutes / 100))

    names = [{name for name, _ in paged(round=number)} for number in (1, 2, 3, 4)]
    assert names == [
        {"Dele Akande"},
        {"Dele Akande"},
        {"Dele Akande", "Ola Berg"},
        {"Dele Akande", "Ola Berg", "Gareth Pugh"},
    ]


def test_after_hours_of_silence_all_of_them_are_paged_once(alarm):
    assert actions.page_due(at=minutes_later(alarm, 6 * 60)) == 1

    assert {name for name, _ in paged(round=2)} == {"Dele Akande", "Ola Berg", "Gareth Pugh"}
    assert actions.page_due(at=minutes_later(alarm, 6 * 60 + 1)) == 0


def test_it_goes_on_until_somebody_answers(alarm):
    for number in range(1, 13):
        actions.page_due(at=alarm.raised_at + timedelta(minutes=6 * number))

    alarm.refresh_from_db()
    assert alarm.rounds == 13


def test_with_nobody_on_the_rota_managers_head_and_mailbox_hear_at_once_and_it_is_marked(team):
    UserFactory(full_name="Ruth Calder", manager=True, phone="07700 900104")
    UserFactory(full_name="Gareth Pugh", head=True)

    alarm = actions.page(CASE, team_id=team.pk)

    assert alarm.nobody_on_rota
    assert paged() == [
        ("Adults brokerage", "email"),
        ("Gareth Pugh", "email"),
        ("Ruth Calder", "email"),
        ("Ruth Calder", "sms"),
    ]
    said = Event.objects.get(verb="alarm.paged").said
    assert said.startswith("Nobody is on the rota: ") and "Ruth Calder" in said


def test_a_leaver_on_the_rota_is_nobody(team):
    on_rota(team, person=UserFactory(left=True))

    assert actions.page(CASE, team_id=team.pk).nobody_on_rota


def test_the_rota_of_another_team_is_not_paged_and_that_of_all_teams_is(team):
    on_rota(TeamFactory(children=True), name="Somebody else", email="else@council.example", mobile="")
    on_rota(None, name="All teams", email="all@council.example", mobile="")

    actions.page(CASE, team_id=team.pk)

    assert {name for name, _ in paged()} == {"All teams"}


def test_one_alarm_a_case(alarm, team):
    assert actions.page(CASE, team_id=team.pk) == alarm
    assert Page.objects.count() == 2


# -- answered


def test_acknowledged_it_stops_all_and_the_others_hear_who_has_it(alarm):
    actions.page_due(at=minutes_later(alarm, 11))
    Message.objects.update(state="sent", sent_at=clock.now())
    someone = UserFactory(full_name="Priya Nair", broker=True)

    actions.acknowledge(alarm, by=someone)

    assert actions.page_due(at=minutes_later(alarm, 60)) == 0
    stand_downs = Message.objects.filter(template="on-call-stand-down")
    assert set(stand_downs.values_list("address", flat=True)) == {
        "+447700900101",
        "dele@council.example",
        "+447700900102",
    }
    assert all("Priya Nair has emergency referral R000012" in message.body for message in stand_downs)
    assert Event.objects.get(verb="alarm.acknowledged").actor_name == "Priya Nair"


def test_what_has_not_gone_yet_does_not_go(alarm):
    actions.acknowledge(alarm, by=UserFactory(broker=True))

    assert set(Message.objects.values_list("state", flat=True)) == {"cancelled"}


def test_the_second_to_answer_reads_who_was_first(alarm):
    actions.acknowledge(alarm, by=UserFactory(full_name="Priya Nair", broker=True))

    with pytest.raises(Refused, match="Priya Nair already has R000012"):
        actions.acknowledge(alarm, by=UserFactory(broker=True))


def test_work_begun_on_the_case_is_an_answer(alarm):
    actions.acknowledge_case(CASE, by=UserFactory(full_name="Tom Birch", broker=True))

    alarm.refresh_from_db()
    assert (alarm.acknowledged_name, alarm.acknowledged_how) == ("Tom Birch", "work")
    assert actions.acknowledge_case("R000999", by=UserFactory(broker=True)) is None


def test_somebody_of_another_team_cannot_answer_for_it(alarm, stranger):
    with pytest.raises(Refused, match="Only somebody of Adults brokerage, or somebody who was paged"):
        actions.acknowledge(alarm, by=stranger)


# -- by the link


@pytest.fixture
def link(alarm):
    return links.path_of(Page.objects.filter(channel="sms").first())


def test_the_link_shows_what_it_is_and_looking_changes_nothing(client, alarm, link):
    for ask in (client.get, client.head, client.get):
        assert ask(link).status_code == 200

    assert b"Emergency referral R000012" in client.get(link).content
    alarm.refresh_from_db()
    assert alarm.acknowledged_at is None


def test_by_the_link_somebody_without_an_account_says_who_has_it(client, alarm, link):
    answer = client.post(link, {"name": "  Sam   Tully "}, follow=True)

    assert b"Sam Tully has it" in answer.content
    alarm.refresh_from_db()
    assert (alarm.acknowledged_by, alarm.acknowledged_name, alarm.acknowledged_how) == (None, "Sam Tully", "link")
    assert Event.objects.get(verb="alarm.acknowledged").actor_kind == "outsider"


def test_by_the_link_a_name_is_needed(client, alarm, link):
    assert b"Enter your name" in client.post(link, {"name": " "}).content
    alarm.refresh_from_db()
    assert alarm.acknowledged_at is None


def test_a_link_nobody_made_opens_nothing(client, link):
    assert client.get(link[:-4] + "aaaa").status_code == 404


# -- signed in


def test_signed_in_the_button_does_it(client, alarm):
    person = UserFactory(full_name="Priya Nair", broker=True)
    client.force_login(person)
    assert b"Nobody has it yet" in client.get(reverse("alarm", args=[alarm.pk])).content

    answer = client.post(reverse("alarm_acknowledge", args=[alarm.pk]), follow=True)

    assert b"Priya Nair has it since" in answer.content


def test_the_alarm_of_another_team_is_a_404_and_get_acknowledges_nothing(client, alarm, stranger):
    client.force_login(stranger)
    assert client.get(reverse("alarm", args=[alarm.pk])).status_code == 404
    assert client.post(reverse("alarm_acknowledge", args=[alarm.pk])).status_code == 404
    client.force_login(UserFactory(broker=True))
    assert client.get(reverse("alarm_acknowledge", args=[alarm.pk])).status_code == 405
    assert Alarm.objects.going().exists()


# -- the duty


def test_paused_nobody_is_paged_and_the_heart_still_beats(alarm, settings):
    settings.SENDING_PAUSED = True
    with clock.telling(minutes_later(alarm, 30)):
        assert rounds.page() == 0
    assert Heartbeat.objects.filter(name="pages").exists()


def test_it_is_among_what_is_done_again_and_again():
    from brokerage.timetable import DUTIES

    assert [duty.every for duty in DUTIES if duty.name == "pages"] == [5]


def test_one_that_cannot_be_paged_holds_up_no_other(alarm, team, monkeypatch):
    other = actions.page("R000013", team_id=team.pk)
    true_page = actions._page
    at = minutes_later(other, 6)

    def page(which, *, at):
        if which.pk == alarm.pk:
            raise ValueError("out of order")
        true_page(which, at=at)

    monkeypatch.setattr(actions, "_page", page)

    assert actions.page_due(at=at) == 1
    other.refresh_from_db()
    assert other.rounds == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turns", [5, pytest.param(200, marks=pytest.mark.soak)])
def test_two_sweepers_at_once_page_once(turns, team):
    on_rota(team, until_at=clock.now() + timedelta(days=2))
    alarm = actions.page(CASE, team_id=team.pk)
    together = Barrier(2, timeout=30)

    def sweeps(at):
        try:
            connection.ensure_connection()
            together.wait()
            return actions.page_due(at=at)
        finally:
            connection.close()

    for turn in range(1, turns + 1):
        at = alarm.raised_at + timedelta(minutes=6 * turn)
        with ThreadPoolExecutor(2) as sweepers:
            assert sorted(sweepers.map(sweeps, [at, at])) == [0, 1], turn

    assert Page.objects.filter(name="Dele Akande", channel="sms").count() == turns + 1
