"""The desk in the browser's terms: who opens it, what it keeps, what it refuses, and that looking changes nothing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brokerage.audit.models import Event
from brokerage.clocks import clock
from brokerage.tests.factories import UserFactory
from providers.models import Call, Reply, RingRound
from providers.ringround import actions
from providers.tests.ring_factories import agencies, emergency, ring_round, rings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet_bell")]


@pytest.fixture
def colleague(team):
    return UserFactory(full_name="Priya Nair", broker=True)


@pytest.fixture
def listed():
    return ring_round(3)


@pytest.fixture
def at_the_desk(client, listed):
    client.force_login(listed.opened_by)
    return client


def page_of(client, listed) -> str:
    return client.get(listed.get_absolute_url()).content.decode()


def answers(**more):
    today = clock.now().date()
    return {
        "spoke_to": "Pat Lowe", "spoke_role": "Care manager", "kind": "whole", "rate": "24.60",
        "start_on_0": today.day, "start_on_1": today.month, "start_on_2": today.year,
    } | more  # fmt: skip


def test_from_the_case_one_button_makes_the_list(client):
    agencies(2)
    case = emergency()
    client.force_login(case.broker)
    assert "Ring round" in client.get(case.get_absolute_url()).content.decode()

    answer = client.post(reverse("ringround_open", args=[case.reference]))

    assert answer.url == RingRound.objects.get().get_absolute_url()
    assert "Go on ringing" in client.get(case.get_absolute_url()).content.decode()


def test_an_urgent_case_offers_it_beside_the_next_step_and_a_routine_one_does_not(client):
    urgent, routine = emergency(priority="urgent"), emergency(priority="routine", priority_reason="")
    for case, offered in ((urgent, True), (routine, False)):
        client.force_login(case.broker)
        path = reverse("ringround_open", args=[case.reference])
        assert (path in client.get(case.get_absolute_url()).content.decode()) is offered


def test_the_desk_shows_the_clocks_sentence_the_list_and_numbers_to_press(at_the_desk, listed):
    page = page_of(at_the_desk, listed)

    assert "the answer is due" in page
    assert "data-due=" in page
    for line in listed.lines.all():
        assert line.service_name in page
    assert "Never rung for home care in PL4; drawn by lot among 3" in page
    assert str(listed.seed) in page


def test_what_may_be_said_names_nobody_and_says_so(at_the_desk, listed):
    page = page_of(at_the_desk, listed)

    assert "Say no name" in page
    for name in ("Winifred", "Okafor", "Rose Lane"):
        assert name not in page


def test_the_whole_of_a_call_by_its_pages(at_the_desk, listed):
    at_the_desk.post(reverse("ringround_next", args=[listed.pk]))
    call = Call.objects.get()
    page = page_of(at_the_desk, listed)
    assert 'data-key-press="1"' in page and call.line.phone in page

    form = at_the_desk.get(reverse("call_can_help", args=[call.pk])).content.decode()
    assert "Say no name" in form and call.line.mailbox in form
    answer = at_the_desk.post(reverse("call_can_help", args=[call.pk]), answers(conditions="After nine"))

    assert answer.url == listed.get_absolute_url()
    assert Reply.objects.get().conditions == "After nine"
    assert "1 can help" in page_of(at_the_desk, listed)
    done = at_the_desk.post(reverse("ringround_found", args=[listed.pk]))
    assert done.url == listed.referral.get_absolute_url()


@pytest.mark.parametrize("name", ["call_no_answer", "call_wrong_number", "call_give_back", "call_keep"])
def test_one_press_is_enough_and_only_a_press_is(at_the_desk, listed, name):
    call = actions.claim(listed, by=listed.opened_by)
    path = reverse(name, args=[call.pk])

    assert at_the_desk.get(path).status_code == 405
    assert at_the_desk.post(path).status_code == 302


def test_cannot_and_ring_back_by_their_forms(at_the_desk, listed):
    first = actions.claim(listed, by=listed.opened_by)
    assert b"Select what stands in the way" in at_the_desk.post(reverse("call_cannot", args=[first.pk]), {}).content
    at_the_desk.post(reverse("call_cannot", args=[first.pk]), {"why_not": "too_far"})
    second = actions.claim(listed, by=listed.opened_by)
    assert (
        b"Enter a time, like" in at_the_desk.post(reverse("call_ring_back", args=[second.pk]), {"at": "soon"}).content
    )
    at_the_desk.post(reverse("call_ring_back", args=[second.pk]), {"at": "23:59", "words": "Asks their manager"})

    assert [call.outcome for call in Call.objects.order_by("pk")] == ["cannot", "ring_back"]
    assert Call.objects.last().ring_back_at > clock.now()


def test_an_offer_of_part_needs_its_visits_and_a_different_one_says_how(at_the_desk, listed):
    call = actions.claim(listed, by=listed.opened_by)
    path = reverse("call_can_help", args=[call.pk])

    assert b"Select the visits they can do" in at_the_desk.post(path, answers(kind="part")).content
    assert b"Enter what would be different" in at_the_desk.post(path, answers(kind="different")).content
    assert at_the_desk.post(path, answers(kind="part", visits=["0", "2"])).status_code == 302
    assert Reply.objects.get().visits == [0, 2]


def test_a_refusal_keeps_all_that_was_typed(client, at_the_desk, listed, colleague):
    call = actions.claim(listed, by=listed.opened_by)
    actions.take_over(call, because="Called away", by=colleague)

    answer = at_the_desk.post(reverse("call_can_help", args=[call.pk]), answers(conditions="After nine"))

    assert answer.status_code == 409
    assert "Priya Nair took it over" in answer.content.decode()
    assert "After nine" in answer.content.decode()


def test_the_second_broker_sees_who_is_ringing_whom(client, listed, colleague):
    call = actions.claim(listed, by=listed.opened_by)
    client.force_login(colleague)

    page = page_of(client, listed)

    assert f"<strong>{listed.opened_by.full_name}</strong> is ringing {call.line.service_name}" in page
    assert reverse("call_take_over", args=[call.pk]) in page


def test_a_correction_asks_why_and_shows_what_stood_before(at_the_desk, listed):
    call = rings(listed, "no_answer")
    assert b"No answer" in at_the_desk.get(reverse("call_correct", args=[call.pk])).content
    path = reverse("call_cannot", args=[call.pk])
    assert b"Enter why the outcome is corrected" in at_the_desk.post(path, {"why_not": "times"}).content

    at_the_desk.post(path, {"why_not": "times", "because": "They rang back"})

    assert "corrected, before: no answer" in page_of(at_the_desk, listed)


# -- fresh without asking


def test_asked_again_with_nothing_new_the_answer_is_empty(at_the_desk, listed):
    path = reverse("ringround_live", args=[listed.pk])
    first = at_the_desk.get(path)
    assert first.status_code == 200

    with CaptureQueriesContext(connection) as asked:
        again = at_the_desk.get(path, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert len(asked) <= 6, [each["sql"][:80] for each in asked]


@pytest.mark.parametrize("happens", ["claim", "finish", "give back", "take over", "stop"])
def test_whatever_happens_the_answer_is_a_new_one(at_the_desk, listed, colleague, happens):
    path = reverse("ringround_live", args=[listed.pk])
    call = actions.claim(listed, by=colleague)
    before = at_the_desk.get(path)["ETag"]
    if happens == "claim":
        actions.claim(listed, by=listed.opened_by)
    elif happens == "finish":
        actions.finish(call, outcome="no_answer", by=colleague)
    elif happens == "give back":
        actions.give_back(call, by=colleague)
    elif happens == "take over":
        actions.take_over(call, because="Needed", by=listed.opened_by)
    else:
        actions.give_back(call, by=colleague)
        actions.stop(listed, because="Enough", by=colleague)

    assert at_the_desk.get(path, headers={"If-None-Match": before}).status_code == 200


def test_a_lease_that_runs_out_is_news_too(at_the_desk, listed, colleague):
    path = reverse("ringround_live", args=[listed.pk])
    actions.claim(listed, by=colleague)
    before = at_the_desk.get(path)["ETag"]

    with clock.telling(clock.now() + timedelta(minutes=11)):
        assert at_the_desk.get(path, headers={"If-None-Match": before}).status_code == 200


# -- who, and how dearly


def test_a_stranger_signs_in_and_another_team_finds_nothing(client, listed, stranger):
    call = actions.claim(listed, by=listed.opened_by)
    assert client.get(listed.get_absolute_url()).url.startswith(reverse("account_login"))
    client.force_login(stranger)
    for name, pk in (("ringround_desk", listed.pk), ("ringround_live", listed.pk), ("call_can_help", call.pk)):
        assert client.get(reverse(name, args=[pk])).status_code == 404
    assert client.post(reverse("ringround_next", args=[listed.pk])).status_code == 404
    assert client.post(reverse("call_no_answer", args=[call.pk])).status_code == 404


def test_an_auditor_reads_the_desk_and_presses_nothing(client, listed, auditor):
    client.force_login(auditor)

    page = page_of(client, listed)

    assert "Ring the next" not in page
    assert client.post(reverse("ringround_next", args=[listed.pk])).status_code == 403


def test_looking_changes_nothing(at_the_desk, listed):
    call = actions.claim(listed, by=listed.opened_by)
    for name in ("call_can_help", "call_cannot", "call_ring_back"):
        at_the_desk.get(reverse(name, args=[call.pk]))
    for name in ("ringround_desk", "ringround_live", "ringround_nobody", "ringround_stop"):
        at_the_desk.get(reverse(name, args=[listed.pk]))

    call.refresh_from_db()
    assert call.is_in_hand and Call.objects.count() == 1


def test_a_long_list_asks_the_database_as_often_as_a_short_one(client):
    def asked(number):
        listed = ring_round(number)
        for _ in range(number // 2):
            rings(listed, "cannot")
        client.force_login(listed.opened_by)
        client.get(listed.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(listed.get_absolute_url())
        return len(queries)

    assert asked(2) == asked(10)


# -- the hand-over


def test_the_hand_over_says_what_was_rung_what_is_next_and_whom_to_call(client, listed, manager):
    rings(listed, "cannot", why_not="no_staff", spoke_to="Jen Marsh", words="Has looked after Winifred before")
    rings(listed, "can_help")
    client.force_login(manager)

    page = client.get(reverse("hand_over")).content.decode()

    assert f"{listed.referral.initials} {listed.referral.reference}" in page
    assert "no staff at these times (Jen Marsh)" in page
    assert "can help (Pat Lowe, Care manager)" in page
    assert "Not rung yet: Agency" in page
    assert "nobody is on the rota" in page
    assert f"Broker: {listed.opened_by.full_name}" in page
    assert "Winifred" not in page and "Okafor" not in page


def test_opened_and_printed_it_is_noted_on_each_case(client, listed, manager):
    client.force_login(manager)

    client.get(reverse("hand_over"))
    pdf = client.get(reverse("hand_over_pdf"))

    assert pdf.content.startswith(b"%PDF") and pdf["Content-Type"] == "application/pdf"
    noted = Event.objects.filter(verb__startswith="hand_over").order_by("pk")
    assert [(event.verb, event.actor_name, event.case) for event in noted] == [
        ("hand_over.opened", manager.full_name, listed.referral.reference),
        ("hand_over.printed", manager.full_name, listed.referral.reference),
    ]


def test_the_hand_over_shows_only_what_one_may_see(client, listed, stranger):
    client.force_login(stranger)

    assert listed.referral.reference not in client.get(reverse("hand_over")).content.decode()
    assert not Event.objects.filter(verb="hand_over.opened").exists()


def test_routine_cases_are_not_handed_over(client):
    case = emergency(priority="routine", priority_reason="")
    client.force_login(case.broker)

    assert "Nothing open is an emergency or urgent" in client.get(reverse("hand_over")).content.decode()


def test_handing_over_ten_asks_as_often_as_handing_over_one(client, manager):
    client.force_login(manager)

    def asked():
        client.get(reverse("hand_over"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("hand_over"))
        return len(queries)

    ring_round(1)
    one = asked()
    for _ in range(4):
        case = emergency()
        rings(actions.open_list(case, by=case.broker), "cannot")

    assert asked() == one
