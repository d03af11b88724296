"""Ticking rows in the queue: giving them out, taking them."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from brokerage.clocks import clock
from brokerage.design.sending import new_key
from brokerage.notify.models import Message
from brokerage.tests.factories import UserFactory
from referrals.tests.factories import ReferralFactory
from referrals.work.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases():
    return [ReferralFactory(received=True) for _ in range(3)]


def references(cases):
    return [case.reference for case in cases]


def said(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def give_url(cases, back="tab=unassigned"):
    query = "&".join(f"case={reference}" for reference in references(cases))
    return f"{reverse('give_cases')}?{query}&back={back.replace('=', '%3D').replace('&', '%26')}"


def test_from_the_ticked_rows_one_comes_to_the_page_that_gives_them_out(client, duty_broker, cases):
    client.force_login(duty_broker)

    answer = client.post(reverse("choose_broker"), {"case": references(cases), "back": "tab=unassigned"})

    assert answer.url == give_url(cases)
    page = client.get(answer.url)
    assert "Give out 3 cases" in page.content.decode()
    assert all(reference in page.content.decode() for reference in references(cases))


def test_the_page_says_what_each_broker_carries(client, duty_broker, broker, other_broker, cases):
    client.force_login(duty_broker)
    WorkItem.objects.filter(referral__in=cases[:2]).update(owner=broker)
    WorkItem.objects.filter(referral=cases[0]).update(due_at=clock.now())

    html = client.get(give_url(cases)).content.decode()

    assert broker.full_name in html and "2 open" in html
    assert other_broker.full_name in html and "No open case" in html


def test_giving_them_out_leads_back_to_the_same_list(client, duty_broker, broker, cases):
    client.force_login(duty_broker)

    answer = client.post(give_url(cases), {"broker": broker.pk})

    assert answer.url == f"{reverse('queue')}?tab=unassigned"
    assert said(answer) == ["3 cases given to Tom Birch"]
    assert set(WorkItem.objects.values_list("owner", flat=True)) == {broker.pk}


def test_the_form_sent_twice_gives_once(client, duty_broker, broker, cases):
    client.force_login(duty_broker)
    answers = {"broker": broker.pk, "form_key": new_key()}

    for _ in range(2):
        assert client.post(give_url(cases), answers).status_code == 302

    assert Message.objects.filter(template="cases-given").count() == 1


def test_those_that_cannot_be_given_are_listed_with_the_reason(client, duty_broker, broker, cases):
    client.force_login(duty_broker)
    type(cases[0]).objects.filter(pk=cases[0].pk).update(status="closed")

    answer = client.post(give_url(cases), {"broker": broker.pk})

    assert said(answer) == [
        f"1 case not given out. {cases[0].reference}: {cases[0].reference} is closed, so there is nothing to give out.",
        "2 cases given to Tom Birch",
    ]


def test_where_none_can_be_given_the_page_says_why_and_keeps_what_was_typed(client, duty_broker, broker, cases):
    client.force_login(duty_broker)
    type(cases[0]).objects.update(status="closed")

    page = client.post(give_url(cases), {"broker": broker.pk, "because": "Priya is away"})

    assert page.status_code == 409
    assert "there is nothing to give out" in page.content.decode()
    assert "Priya is away" in page.content.decode()


def test_nobody_chosen_is_asked_for(client, duty_broker, cases):
    client.force_login(duty_broker)

    assert "Select a broker" in client.post(give_url(cases), {}).content.decode()


def test_nothing_ticked_is_said_in_words(client, duty_broker, broker):
    client.force_login(duty_broker)

    assert said(client.post(reverse("choose_broker"))) == [
        "Select the cases first: tick the box at the start of each row."
    ]
    assert "Select the cases first" in client.get(reverse("give_cases")).content.decode()
    client.force_login(broker)
    assert client.post(reverse("take_cases")).status_code == 409


def test_another_teams_cases_are_not_shown_nor_given(client, cases, childrens_team, stranger):
    client.force_login(UserFactory(duty_broker=True, teams=[childrens_team]))

    page = client.get(give_url(cases))

    assert "WO" not in page.content.decode()
    client.post(give_url(cases), {"broker": stranger.pk})
    assert set(WorkItem.objects.values_list("owner", flat=True)) == {None}


def test_a_broker_takes_the_ticked_ones(client, broker, cases):
    client.force_login(broker)

    answer = client.post(reverse("take_cases"), {"case": references(cases[:2]), "back": "tab=unassigned&area=PL4"})

    assert answer.url == f"{reverse('queue')}?tab=unassigned&area=PL4"
    assert said(answer) == ["2 cases taken"]
    assert WorkItem.objects.filter(owner=broker).count() == 2


@pytest.mark.parametrize("back", ["//elsewhere.example", "https://elsewhere.example/?tab=team", "next=//x", ""])
def test_the_way_back_is_always_to_the_queue(client, broker, cases, back):
    client.force_login(broker)

    answer = client.post(reverse("take_cases"), {"case": references(cases), "back": back})

    assert answer.url.startswith("/cases/?tab=")


def test_an_auditor_sees_no_boxes(client, auditor, cases):
    client.force_login(auditor)

    html = client.get(reverse("queue"), {"tab": "team"}).content.decode()

    assert cases[0].reference in html
    assert 'name="case"' not in html
