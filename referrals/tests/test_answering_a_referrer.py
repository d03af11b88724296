"""A broker answers in words, and the clock knows it (GRN-04)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from brokerage.audit.models import Event
from brokerage.clocks import clock
from brokerage.deadlines import actions as deadlines
from brokerage.errors import Refused
from brokerage.notify.models import Message
from referrals.documents import asking
from referrals.intake import answering, messages
from referrals.models import WorkItem
from referrals.tests.factories import ReferralFactory
from referrals.timing import actions as timing

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(broker):
    referral = ReferralFactory(in_progress=True, broker=broker)
    timing.start_clocks(referral, by=broker)
    timing.stop_start(referral, by=broker)
    return referral


@pytest.mark.parametrize("kind", ["information", "nothing_found"])
def test_an_answer_stops_the_response_clock(case, broker, kind):  # GRN-04
    answering.answer(case, kind=kind, words="Three day centres have places on Tuesdays", by=broker)
    assert deadlines.running(case, "response") is None
    assert Event.objects.get(verb=f"referral.answered.{kind}").because == "Three day centres have places on Tuesdays"


def test_a_plan_starts_the_clock_of_what_it_promises(case, broker):
    until = clock.now() + timedelta(days=7)
    answering.answer(case, kind="plan", words="We ask the in-house team on Monday", until=until, by=broker)
    assert deadlines.running(case, "response") is None
    assert deadlines.running(case, "options").due_at == until


@pytest.mark.parametrize("until", [None, timedelta(minutes=-1)])
def test_a_plan_has_a_time_still_to_come(case, broker, until):
    at = clock.now() + until if until else None
    with pytest.raises(Refused, match="still to come"):
        answering.answer(case, kind="plan", words="Soon", until=at, by=broker)
    assert deadlines.running(case, "response")


def test_where_nothing_was_found_the_case_waits_for_the_referrer(case, broker):
    answering.answer(case, kind="nothing_found", words="Nobody has a carer before nine", by=broker)
    assert WorkItem.objects.get(referral=case).waits_on == "referrer"


def test_once_they_write_back_it_is_brokerages_again(case, broker):
    answering.answer(case, kind="nothing_found", words="Nobody has a carer before nine", by=broker)
    messages.write(case, words="Half past nine would do", by=case.coordinator)
    row = WorkItem.objects.get(referral=case)
    assert (row.waits_on, row.next_step) == ("brokerage", "Read what the referrer wrote")


def test_a_message_while_papers_are_owed_leaves_it_waiting_for_them(case, broker):
    case.papers.filter(kind="care_plan").delete()
    asking.ask_for_papers(case, kinds=["care_plan"], by=broker)
    messages.write(case, words="It will be Thursday", by=case.coordinator)
    assert WorkItem.objects.get(referral=case).waits_on == "referrer"


def test_the_letter_says_that_there_is_an_answer_and_not_what_it_says(case, broker):
    answering.answer(case, kind="information", words="Her son Sharif can apply himself", by=broker)
    letter = Message.objects.get(template="referral-answered")
    assert "Sharif" not in letter.body and case.person.last_name not in letter.subject + letter.body


def test_words_are_needed(case, broker):
    with pytest.raises(Refused, match="Enter what you tell"):
        answering.answer(case, kind="information", words=" ", by=broker)


@pytest.mark.parametrize("status", ["received", "arranged", "closed", "withdrawn"])
def test_only_a_case_in_progress_is_answered(case, broker, status):
    type(case).objects.filter(pk=case.pk).update(status=status)
    with pytest.raises(Refused):
        answering.answer(case, kind="information", words="Yes", by=broker)


def test_another_teams_broker_answers_nothing(case, stranger):
    with pytest.raises(Refused, match="another team"):
        answering.answer(case, kind="information", words="Yes", by=stranger)


def test_it_is_answered_on_a_page(client, case, broker):
    client.force_login(broker)
    address = reverse("answer_referrer", args=[case.reference])
    assert client.get(address).status_code == 200
    refused = client.post(address, {"kind": "plan", "words": "We ask again"})
    assert (
        "Enter the day they will hear more" in refused.content.decode() and "We ask again" in refused.content.decode()
    )
    client.post(address, {"kind": "information", "words": "Two places are free"})
    client.force_login(case.coordinator)
    assert "Two places are free" in client.get(reverse("referral_tasks", args=[case.reference])).content.decode()


def test_a_stranger_finds_nothing_to_answer(client, case, stranger):
    client.force_login(stranger)
    assert client.get(reverse("answer_referrer", args=[case.reference])).status_code == 404


def test_a_clock_paused_for_papers_goes_on_where_the_papers_are(client, case, broker):
    case.papers.filter(kind="care_plan").delete()
    asking.ask_for_papers(case, kinds=["care_plan"], by=broker)
    client.force_login(broker)
    answer = client.post(reverse("go_on", args=[case.reference]), {"because": "They rang"})
    assert "waits for papers" in answer.content.decode()
    assert deadlines.running(case, "response").is_paused


def test_that_they_write_back_has_a_clock(case, broker):
    answering.answer(case, kind="nothing_found", words="Nobody has a carer before nine", by=broker)
    assert WorkItem.objects.get(referral=case).due_kind == "wait"
    messages.write(case, words="Half past nine would do", by=case.coordinator)
    assert deadlines.running(case, "wait") is None


def test_a_pause_by_hand_has_a_clock_also_where_nobody_says_by_when(case, broker):
    timing.wait_for(case, waits_on="person", because="She is choosing", by=broker)
    assert WorkItem.objects.get(referral=case).due_kind == "wait"
