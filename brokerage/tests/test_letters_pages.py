import pytest
from django.urls import reverse

from brokerage.audit.models import Event
from brokerage.errors import NotAllowed, Refused
from brokerage.notify import actions, delivery
from brokerage.notify.models import Message, State
from brokerage.notify.telling import tell
from referrals.tests.factories import ReferralFactory

from .factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet_bell")]


@pytest.fixture
def failed(letters, mail):
    ReferralFactory(received=True, reference="R000012")
    letters("hello", "Hello {{ name }}", "Dear {{ name }}, a secret matter")
    mail.behaves(never=["ann@council.example"])
    message = tell("ann@council.example", "hello", case="R000012", name="Ann")
    delivery.drain()
    return message


def test_a_failed_letter_is_sent_again_and_that_is_written_down(failed, mail, duty_broker):
    mail.behaves()

    actions.send_again(failed, by=duty_broker)

    assert delivery.drain() == 1
    assert mail.letters[0]["Message-ID"] == failed.message_id
    event = Event.objects.get(verb="letter.sent_again")
    assert (event.who, event.case) == (duty_broker.full_name, "R000012")
    assert event.facts == {"failed_because": "550 5.1.1 No such mailbox"}


@pytest.mark.parametrize("state", sorted(set(State) - {State.FAILED}))
def test_a_letter_that_has_not_failed_is_not_sent_again(failed, duty_broker, state):
    facts = {"sent": {"sent_at": failed.date}, "sending": {"lease_until": failed.date}}
    Message.objects.update(state=state, **facts.get(state, {}))

    with pytest.raises(Refused, match="no need to send it again"):
        actions.send_again(failed, by=duty_broker)


def test_a_broker_does_not_send_letters_again(failed, broker):
    with pytest.raises(Refused, match="Only a duty broker"):
        actions.send_again(failed, by=broker)

    assert Message.objects.get().state == "failed"


def test_the_page_names_what_failed_and_why(client, failed, duty_broker):
    client.force_login(duty_broker)

    page = client.get(reverse("letters")).content.decode()

    assert "ann@council.example" in page
    assert "550 5.1.1 No such mailbox" in page
    assert "a secret matter" not in page


def test_the_button_sends_it_again(client, failed, duty_broker):
    client.force_login(duty_broker)

    answer = client.post(reverse("send_letter_again", args=[failed.pk]), follow=True)

    assert answer.status_code == 200
    assert "The letter is on its way again" in answer.content.decode()
    assert Message.objects.get().state == "queued"


@pytest.mark.parametrize("name", ["letters", "letters_waiting", "letters_sent", "letters_not_sent"])
def test_every_list_of_letters_opens(client, failed, duty_broker, name):
    client.force_login(duty_broker)
    state = {"letters_waiting": "queued", "letters_sent": "sent", "letters_not_sent": "cancelled"}.get(name, "failed")
    Message.objects.update(state=state, sent_at=failed.date if state == "sent" else None)

    page = client.get(reverse(name))

    assert page.status_code == 200
    assert "Hello Ann" in page.content.decode()


def test_a_letter_that_waits_too_long_is_pointed_out(client, failed, duty_broker, settings):
    client.force_login(duty_broker)
    Message.objects.update(state="queued", created_at="2026-01-01T00:00Z")
    assert "The oldest letter has waited since" in client.get(reverse("letters")).content.decode()

    settings.SENDING_PAUSED = True
    assert "Sending is paused" in client.get(reverse("letters")).content.decode()


def test_a_broker_does_not_see_what_became_of_letters(client, broker):
    client.force_login(broker)

    assert client.get(reverse("letters")).status_code == NotAllowed.status_code


def test_looking_at_letters_changes_nothing(client, failed):
    client.force_login(UserFactory(manager=True))
    client.get(reverse("letters"))

    assert Message.objects.get().state == "failed"
    assert client.get(reverse("send_letter_again", args=[failed.pk])).status_code == 405
