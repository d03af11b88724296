"""Text messages, and letters by GOV.UK Notify: handed over to a real server, a real command, a real mailbox."""

import base64
import hmac
import json
import sys
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db.models.functions import Now
from django.test import override_settings

from brokerage.audit.models import Event
from brokerage.health import probes
from brokerage.links import links
from brokerage.notify import delivery, numbers
from brokerage.notify.models import Channel, Message
from brokerage.notify.telling import Letter, tell, tell_many
from brokerage.notify.writing import Unfit

from .factories import PasswordLinkFactory
from .notify_servers import NotifyServer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet_bell")]

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"


@pytest.fixture
def notify(settings):
    server = NotifyServer()
    settings.NOTIFY_URL = server.url
    settings.NOTIFY_API_KEY = f"brokerage-{SERVICE}-{SECRET}"
    settings.NOTIFY_SMS_TEMPLATE, settings.NOTIFY_EMAIL_TEMPLATE = "the-sms-template", "the-email-template"
    yield server
    server.stop()


@pytest.fixture
def word(letters):
    return letters("word", "A word to {{ name }}", "Hello {{ name }}: it’s for you")


@pytest.fixture
def text(word):
    def text(number="07700 900123", name="Ann", **facts):
        return tell_many([Letter(address=number, channel=Channel.SMS, template=word, context={"name": name}, **facts)])[
            0
        ]

    return text


@pytest.fixture
def command(settings, tmp_path):
    """A council's own command: a program that writes down what it was given, and ends as the test says."""

    def ends(with_status=0, first=""):
        program = tmp_path / "send-text"
        program.write_text(
            f"import sys, pathlib, time\n{first}\n"
            f"pathlib.Path({str(tmp_path / 'sent')!r}).write_bytes(sys.stdin.buffer.read())\n"
            f"print('the gateway said so', file=sys.stderr)\nsys.exit({with_status})\n"
        )
        settings.SMS_COMMAND = f"{sys.executable} {program} --from 'Care brokerage'"
        return tmp_path / "sent"

    return ends


def fresh(message):
    return Message.objects.get(pk=message.pk)


# -- numbers


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("07700 900123", "+447700900123"),
        ("+44 7700 900 123", "+447700900123"),
        ("0044 7700900123", "+447700900123"),
        ("+353 85 012 3456", "+353850123456"),
        ("01632 960101", ""),  # a landline hears no text message
        ("ring me", ""),
        ("", ""),
    ],
)
def test_a_mobile_number_is_the_same_however_it_was_typed(typed, number):
    assert numbers.mobile(typed) == number


def test_a_text_message_to_what_is_no_mobile_number_is_not_written(text):
    with pytest.raises(Unfit, match="“01632 960101” is not a mobile number"):
        text("01632 960101")


# -- GOV.UK Notify


def test_a_text_message_goes_by_notify_under_the_outboxs_own_number(notify, text):
    message = text()

    assert delivery.drain() == 1

    [(path, _, body)] = notify.asked
    assert path == "/v2/notifications/sms"
    assert body == {
        "phone_number": "+447700900123",
        "template_id": "the-sms-template",
        "personalisation": {"body": "Hello Ann: it’s for you"},
        "reference": str(message.pk),
    }
    assert fresh(message).state == "sent"


def test_letters_go_by_notify_too_where_it_has_a_template_for_them(notify, word):
    message = tell("ann@council.example", word, name="Ann")

    assert delivery.drain() == 1

    [(path, _, body)] = notify.asked
    assert path == "/v2/notifications/email"
    assert body["email_address"] == "ann@council.example"
    assert body["personalisation"] == {"subject": "A word to Ann", "body": "Hello Ann: it’s for you\n"}
    assert body["reference"] == str(message.pk)


def test_without_a_template_for_them_letters_still_go_by_smtp(notify, mail, word, settings):
    settings.NOTIFY_EMAIL_TEMPLATE = ""
    tell("ann@council.example", word, name="Ann")

    delivery.drain()

    assert (len(mail.letters), notify.asked) == (1, [])


def test_notify_reads_whose_key_it_is_and_that_the_secret_was_used(notify, text):
    text()
    delivery.drain()

    token = notify.asked[0][1].removeprefix("Bearer ")
    said, _, signature = token.rpartition(".")
    head, claim = (json.loads(base64.urlsafe_b64decode(part + "==")) for part in said.split("."))
    made = base64.urlsafe_b64encode(hmac.new(SECRET.encode(), said.encode(), sha256).digest()).decode().rstrip("=")
    assert (head["alg"], claim["iss"], signature) == ("HS256", SERVICE, made)
    assert SECRET not in token


@pytest.mark.parametrize(("status", "becomes"), [(400, "failed"), (403, "queued"), (429, "queued"), (500, "queued")])
def test_what_notify_never_takes_fails_and_the_rest_is_tried_again(notify, text, status, becomes):
    notify.will_answer(status, "phone_number Not enough digits")
    message = text()

    delivery.drain()

    assert fresh(message).state == becomes
    assert fresh(message).last_error == f"GOV.UK Notify: {status} phone_number Not enough digits"


def test_notify_away_for_text_messages_holds_up_no_letter(mail, word, text, settings):
    settings.NOTIFY_URL, settings.NOTIFY_API_KEY = "http://127.0.0.1:9", f"x-{SERVICE}-{SECRET}"
    settings.NOTIFY_SMS_TEMPLATE = "the-sms-template"
    first = text(urgent=True)
    tell("ann@council.example", word, name="Ann")

    assert delivery.drain() == 1

    assert len(mail.letters) == 1
    assert fresh(first).state == "queued"
    assert "could not be reached" in fresh(first).last_error


def test_a_mail_server_away_holds_up_no_text_message(notify, word, text, settings):
    settings.NOTIFY_EMAIL_TEMPLATE = ""
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    tell("ann@council.example", word, name="Ann", urgent=True)
    message = text()

    assert delivery.drain() == 1

    assert fresh(message).state == "sent"


# -- a command of the council's own


def test_the_councils_command_reads_the_number_and_then_the_words(command, text):
    sent = command()
    message = text()

    assert delivery.drain() == 1

    assert sent.read_text() == "+447700900123\nHello Ann: it’s for you\n"
    assert fresh(message).state == "sent"


def test_words_are_never_read_as_a_command(command, text, tmp_path):
    sent = command()
    text(name=f"$(touch {tmp_path}/broken); `id`")

    delivery.drain()

    assert "$(touch" in sent.read_text()
    assert not (tmp_path / "broken").exists()


@pytest.mark.parametrize(("status", "becomes"), [(65, "failed"), (67, "failed"), (1, "queued"), (75, "queued")])
def test_a_command_that_fails_says_whether_it_may_be_tried_again(command, text, status, becomes):
    command(status)
    message = text()

    delivery.drain()

    assert fresh(message).state == becomes
    assert f"ended with {status}: the gateway said so" in fresh(message).last_error


def test_a_command_that_hangs_is_ended_and_tried_again(command, text, settings):
    settings.EMAIL_TIMEOUT = 0.5
    command(first="time.sleep(60)")
    message = text()

    delivery.drain()

    assert (fresh(message).state, fresh(message).last_error) == (
        "queued",
        "The command that sends text messages did not end in time.",
    )


# -- neither


def test_the_demonstrations_mailbox_shows_text_messages(mail, text, settings):
    settings.DEV_MAILBOX = "/somewhere"
    message = text()

    assert delivery.drain() == 1

    assert mail.letters[0]["Subject"] == "Text message to +447700900123"
    assert "Hello Ann" in mail.letters[0].get_content()
    assert fresh(message).state == "sent"


def test_with_no_way_at_all_a_text_message_waits_then_fails_and_the_status_page_is_red(text, settings):
    settings.DEV_MAILBOX = ""
    message = text(urgent=True, case="R000012")
    assert probes.texts().state == "bad"
    assert "no way to send text messages" in probes.texts().said

    for _ in range(delivery.GIVE_UP_URGENT_AFTER):
        Message.objects.filter(state="queued").update(next_try_at=Now() - timedelta(seconds=1))
        delivery.drain()

    assert fresh(message).state == "failed"
    said = Event.objects.get(verb="letter.failed").said
    assert "text message" in said and "the number ending 123" in said and "07700" not in said


@override_settings(SMS_COMMAND="/usr/local/bin/send-text")
def test_the_status_page_says_which_way_text_messages_go():
    assert (probes.texts().state, probes.texts().facts) == ("good", {"way": "command"})


def test_a_link_is_put_in_as_it_is_handed_over_and_stands_in_no_table(command, letters):
    words = letters("linked", "A link", "Open [[link]]")
    link, sent = PasswordLinkFactory(), command()
    message = tell_many([Letter(address="07700900123", channel="sms", template=words, link=link)])[0]

    delivery.drain()

    assert links.token_for(link) in sent.read_text()
    assert links.token_for(link) not in fresh(message).body


def test_only_numbers_on_the_list_are_written_to_where_there_is_one(command, text, settings):
    settings.MAIL_ALLOW_LIST = ["@council.example", "+447700900999"]
    command()
    kept, went = text("07700 900123"), text("07700 900999")

    assert delivery.drain() == 1

    assert (fresh(kept).state, fresh(went).state) == ("cancelled", "sent")
