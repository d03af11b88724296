"""Anybody asks to be rung by a broker, in four questions and without an account; each request is answered."""

import logging
from datetime import timedelta

import pytest
from django.core import signing
from django.core.cache import cache
from django.urls import reverse

from brokerage.audit.models import Event
from brokerage.clocks import clock
from brokerage.deadlines.models import Clock
from brokerage.design.sending import new_key
from brokerage.errors import Refused
from brokerage.notify.models import Message
from brokerage.tests.factories import UserFactory
from referrals.asking import actions, limits
from referrals.models import Attempt, CallRequest, Referral
from referrals.tests.asking_factories import ASKED, call_request, team_that_rings
from referrals.tests.factories import PathwayFactory

pytestmark = pytest.mark.django_db

SECRETS = ("Ruth", "Obuya", "960444", "ruth@family.example", "stairs", "mother")


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    cache.clear()


@pytest.fixture
def unhurried(monkeypatch):
    """Somebody who takes their time over the page."""
    monkeypatch.setattr(limits, "QUICKEST", -1)


@pytest.fixture
def team(db):
    return team_that_rings()


@pytest.fixture
def asks(client, team, unhurried):
    def ask(**answers):
        return client.post(reverse("contact"), {**ASKED, "team": team.pk, "opened": limits.stamp(), **answers})

    return ask


@pytest.fixture
def call(team):
    return call_request()


@pytest.fixture
def taken(call, broker):
    return actions.take(call, by=broker)


# -- the page


def test_it_opens_for_anybody_and_says_first_what_to_do_in_danger(client, team):  # DER-03
    page = client.get(reverse("contact")).content.decode()

    assert page.index("ring 999") < page.index("1. Who needs help?")
    assert team.duty_phone in page
    for number, question in enumerate(
        ("Who needs help?", "What help are you looking for?", "How do we reach you?", "What suits you best?"), 1
    ):
        assert f"{number}. {question}" in page
    assert "noindex" not in page  # people look for it
    assert 'autocomplete="tel"' in page and 'type="tel"' in page


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_reading_it_changes_nothing(client, team, method):
    getattr(client, method)(reverse("contact"))

    assert not CallRequest.objects.exists() and not Event.objects.exists() and not Message.objects.exists()


def test_what_was_asked_is_kept_and_its_clocks_run(asks):  # GRN-04
    assert asks().status_code == 302

    call = CallRequest.objects.get()
    assert (call.name, call.relationship, call.best_time, call.status) == ("Ruth Obuya", "mother", "morning", "new")
    assert set(Clock.objects.running().filter(case=call.reference).values_list("kind", flat=True)) == {
        "start",
        "response",
    }
    assert call.ring_by == Clock.objects.get(case=call.reference, kind="response").due_at
    assert call.reference.startswith("Q")


def test_the_receipt_says_when_we_ring_and_nothing_of_what_was_said(asks, client):
    address = asks().url
    page = client.get(address).content.decode()
    call = CallRequest.objects.get()

    assert call.reference in page and "A broker will ring you by" in page
    for secret in SECRETS:
        assert secret not in page + address


def test_an_address_that_nobody_has_checked_gets_three_receipts_a_day(asks):
    for number in range(5):
        asks(about=f"Help with the garden, number {number}", email="somebody@else.example")

    assert CallRequest.objects.count() == 5
    assert Message.objects.filter(template="call-received", address="somebody@else.example").count() == 3


def test_the_letters_carry_nothing_personal(asks, team):
    asks()
    letters = {letter.template: letter for letter in Message.objects.all()}

    assert letters["call-received"].address == "ruth@family.example"
    assert letters["call-to-make"].address == team.mailbox
    for letter in letters.values():
        for secret in SECRETS:
            assert secret not in letter.subject + letter.body


def test_no_name_and_no_number_comes_into_the_logs(asks, caplog):
    with caplog.at_level(logging.DEBUG):
        asks()

    for secret in SECRETS:
        assert secret not in caplog.text


def test_a_receipt_is_not_found_by_guessing_and_lasts_a_day(asks, client):
    receipt = asks().url
    assert client.get(reverse("contact_received", args=["Q000001"])).status_code == 404
    assert client.get(receipt[:-3] + "xx/").status_code == 404

    old = signing.dumps("Q000001", salt="another")
    assert client.get(reverse("contact_received", args=[old])).status_code == 404


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"for_whom": ""}, "Select who needs help"),
        ({"relationship": ""}, "Enter who they are to you"),
        ({"for_whom": "work"}, "Enter your role and organisation"),
        ({"about": ""}, "Enter what help you are looking for"),
        ({"name": ""}, "Enter your name"),
        ({"phone": "", "email": ""}, "Enter a phone number. If you cannot use a phone, enter your email address"),
        ({"phone": "ring me"}, "Enter a phone number, like"),
        ({"email": "ruth"}, "Enter an email address in the correct format"),
    ],
)
def test_what_is_missing_is_said_and_everything_typed_is_still_there(asks, answers, said):
    response = asks(**answers)

    assert response.status_code == 200
    assert said in response.content.decode()
    assert "cannot manage the stairs" in response.content.decode() or "about" in answers
    assert not CallRequest.objects.exists()


def test_somebody_who_cannot_use_a_phone_is_not_turned_away(asks):  # PPF-14
    assert asks(phone="", format="bsl", format_detail="By text, please").status_code == 302
    call = CallRequest.objects.get()
    assert (call.format, call.format_detail, call.phone) == ("bsl", "By text, please", "")


def test_sent_twice_it_is_one_request(asks):
    page = {"form_key": new_key(), "opened": limits.stamp()}
    first, second = asks(**page), asks(**page)

    assert first.url == second.url
    assert CallRequest.objects.count() == 1


def test_asked_again_the_next_hour_it_is_still_one_request(asks):
    asks(form_key=new_key())
    second = asks(form_key=new_key(), phone="+44 1632 960444")

    assert CallRequest.objects.count() == 1
    assert second.status_code == 302
    assert Message.objects.filter(template="call-to-make").count() == 1


def test_where_no_team_takes_requests_the_page_says_whom_to_ring(client, db):
    page = client.get(reverse("contact"))
    assert page.status_code == 200
    assert "does not take requests at the moment" in page.content.decode()


def test_with_two_teams_the_page_asks_how_old_they_are(client, team, childrens_team):
    type(childrens_team).objects.filter(pk=childrens_team.pk).update(takes_calls=True)

    page = client.get(reverse("contact")).content.decode()

    assert "How old are they?" in page and "Under 18" in page and "18 or over" in page


# -- machines are held off; a person never without another way


def test_a_field_that_nobody_sees_holds_machines_off_and_tells_people_the_number(asks, team):
    held = asks(website="http://spam.example")

    assert held.status_code == 429
    assert team.duty_phone in held.content.decode()
    assert not CallRequest.objects.exists()


@pytest.mark.parametrize("stamp", ["", "opened:forged", None])
def test_sent_within_a_second_it_is_asked_again_with_everything_still_there(client, team, stamp):
    answers = {**ASKED, "team": team.pk, "opened": limits.stamp() if stamp is None else stamp}
    response = client.post(reverse("contact"), answers)

    assert response.status_code == 409
    page = response.content.decode()
    assert "That was very quick" in page and "cannot manage the stairs" in page
    assert not CallRequest.objects.exists()


def test_a_person_who_presses_again_is_heard(client, team, monkeypatch):
    answers = {**ASKED, "team": team.pk}
    again = client.post(reverse("contact"), {**answers, "opened": limits.stamp()})
    stamped = again.context["form"]["opened"].value()
    monkeypatch.setattr(limits, "QUICKEST", -1)  # as after the seconds it takes to read what was said

    assert client.post(reverse("contact"), {**answers, "opened": stamped}).status_code == 302


def test_one_place_sends_so_many_an_hour_and_is_then_told_to_ring(asks, team):
    for number in range(limits.FROM_ONE_PLACE):
        assert asks(name=f"Person {number}", about=f"Help number {number}, please").status_code == 302

    held = asks(name="One more", about="And another")

    assert held.status_code == 429
    assert team.duty_phone in held.content.decode()
    assert CallRequest.objects.count() == limits.FROM_ONE_PLACE


def test_the_same_long_words_from_many_places_are_held_off(client, asks):
    for number in range(limits.OF_THE_SAME_WORDS):
        client.defaults["REMOTE_ADDR"] = f"203.0.113.{number}"
        assert asks(name=f"Person {number}").status_code == 302
    client.defaults["REMOTE_ADDR"] = "203.0.113.77"

    assert asks(name="Another").status_code == 429


def test_short_words_are_everybodys(client, asks):
    for number in range(limits.OF_THE_SAME_WORDS + 2):
        client.defaults["REMOTE_ADDR"] = f"203.0.113.{number}"
        assert asks(name=f"Person {number}", about="Help at home").status_code == 302


def test_mistakes_are_not_counted(asks):
    for _ in range(limits.FROM_ONE_PLACE + 2):
        asks(name="")
    assert asks().status_code == 302


def test_a_cache_that_is_away_stops_nobody(asks, monkeypatch):
    def away(*args, **kwargs):
        raise ConnectionError

    for method in ("get_many", "add", "incr"):
        monkeypatch.setattr(cache, method, away)

    assert asks().status_code == 302


# -- the calls to make


def test_the_calls_of_ones_team_are_listed_by_what_is_due(client, call, broker, stranger):
    client.force_login(broker)
    page = client.get(reverse("calls")).content.decode()
    assert call.reference in page and "Ruth" not in page  # initials in lists
    client.force_login(stranger)
    assert call.reference not in client.get(reverse("calls")).content.decode()
    assert client.get(call.get_absolute_url()).status_code == 404


def test_the_list_costs_the_same_however_long(client, call, broker, django_assert_max_num_queries):
    for number in range(20):
        call_request(name=f"Person {number}", phone=f"01632 9605{number:02d}")
    client.force_login(broker)
    with django_assert_max_num_queries(16):
        client.get(reverse("calls"))


def test_it_is_found_by_its_number_and_answered_ones_apart(client, call, taken, broker):
    client.force_login(broker)
    assert call.reference in client.get(reverse("calls"), {"words": "960444"}).content.decode()
    assert call.reference in client.get(reverse("calls"), {"which": "mine"}).content.decode()
    assert call.reference not in client.get(reverse("calls"), {"which": "answered"}).content.decode()


def test_taking_it_makes_its_clocks_ones_own(call, broker, other_broker):
    actions.take(call, by=broker)

    call.refresh_from_db()
    assert (call.status, call.taken_by) == ("taken", broker)
    assert set(Clock.objects.running().filter(case=call.reference).values_list("owner", flat=True)) == {broker.pk}
    with pytest.raises(Refused, match=f"{broker.full_name} already took"):
        actions.take(call, by=other_broker)
    with pytest.raises(Refused, match="Ask them to put it back"):
        actions.answer(call, outcome="information", words="Told", by=other_broker)


def test_it_is_put_back_for_somebody_else(taken, other_broker):
    actions.put_back(taken, by=other_broker)

    taken.refresh_from_db()
    assert (taken.status, taken.taken_by, taken.taken_at) == ("new", None, None)
    assert actions.take(taken, by=other_broker).taken_by == other_broker


def test_each_try_is_noted_and_the_first_is_a_start(taken, broker):
    actions.log_attempt(taken, what="no_answer", by=broker)

    assert Clock.objects.get(case=taken.reference, kind="start").stopped_at
    assert not Clock.objects.get(case=taken.reference, kind="response").stopped_at
    assert Attempt.objects.get().made_by == broker


def test_that_they_could_not_be_reached_takes_three_tries_and_a_letter(taken, broker):
    for left in (3, 2, 1):
        with pytest.raises(Refused, match=f"Try {left} more time"):
            actions.answer(taken, outcome="unreachable", words="No answer", by=broker)
        actions.log_attempt(taken, what="no_answer", by=broker)

    actions.answer(taken, outcome="unreachable", words="No answer on three days", by=broker)

    letter = Message.objects.get(template="call-not-reached")
    assert letter.address == taken.email
    for secret in SECRETS:
        assert secret not in letter.subject + letter.body


@pytest.mark.parametrize("outcome", ["information", "signposted", "not_for_us"])
def test_each_answer_closes_its_clocks_with_what_was_said(client, taken, broker, outcome):
    client.force_login(broker)
    page = reverse("answer_call", args=[taken.reference])
    assert "Enter what they were told" in client.post(page, {"outcome": outcome}).content.decode()

    client.post(page, {"outcome": outcome, "words": "Told of the handyperson service"})

    taken.refresh_from_db()
    assert (taken.status, taken.outcome, taken.answered_by) == ("answered", outcome, broker)
    assert not Clock.objects.running().filter(case=taken.reference).exists()
    assert Event.objects.get(verb="call.answered").because == "Told of the handyperson service"
    with pytest.raises(Refused, match="answered"):
        actions.answer(taken, outcome=outcome, words="Again", by=broker)


@pytest.mark.parametrize(
    ("for_whom", "route", "is_the_person"),
    [("me", "resident", True), ("someone", "on_behalf", False), ("work", "professional", False)],
)
def test_a_referral_is_opened_from_it(client, team, broker, for_whom, route, is_the_person):  # DER-03
    call = actions.take(call_request(for_whom=for_whom, format="large_print"), by=broker)
    client.force_login(broker)
    address = reverse("refer_from_call", args=[call.reference])
    assert client.get(address).status_code == 200

    answer = client.post(address, {"pathway": PathwayFactory().pk, "first_names": "Grace", "last_name": "Obuya"})

    draft, call = Referral.objects.get(), CallRequest.objects.get()
    assert answer.url == reverse("referral_tasks", args=[draft.reference])
    assert (draft.route, draft.contact_name, draft.needs.summary) == (route, "Ruth Obuya", ASKED["about"])
    assert (draft.person.full_name, draft.person.format) == ("Grace Obuya", "large_print")
    assert (draft.person.phone == call.phone) is is_the_person
    assert draft.person.contacts.filter(name="Ruth Obuya").exists() is not is_the_person
    assert (call.status, call.outcome, call.referral) == ("answered", "referral", draft)


def test_somebody_at_the_phone_writes_it_down_for_them(client, team, coordinator):
    client.force_login(coordinator)
    assert client.get(reverse("take_down_call")).status_code == 200

    assert client.post(reverse("take_down_call"), {**ASKED, "team": team.pk}).status_code == 302

    call = CallRequest.objects.get()
    assert Event.objects.get(verb="call.asked").actor_name == coordinator.full_name
    assert not Message.objects.filter(template="call-received", case=call.reference).exists()


@pytest.mark.parametrize("name", ["take_call", "put_call_back", "log_attempt", "answer_call", "refer_from_call"])
def test_nobody_of_another_team_touches_it(client, call, stranger, name):
    client.force_login(stranger)
    assert client.post(reverse(name, args=[call.reference])).status_code == 404


@pytest.mark.parametrize("name", ["call", "log_attempt", "answer_call", "refer_from_call"])
def test_opening_its_pages_changes_nothing(client, taken, broker, name):
    client.force_login(broker)
    before = CallRequest.objects.values().get()
    assert client.get(reverse(name, args=[taken.reference])).status_code == 200
    assert CallRequest.objects.values().get() == before


def test_a_missed_call_escalates_to_its_own_page(call, team):
    from brokerage.deadlines import rounds

    UserFactory(duty_broker=True, full_name="Dele Akande")
    with clock.telling(call.ring_by + timedelta(minutes=1)):
        rounds.sweep()

    letter = Message.objects.filter(template__startswith="clock", case=call.reference).first()
    assert f"/calls/{call.reference}/" in letter.body
