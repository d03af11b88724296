"""Posted to a real mail server, over a real line."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models.functions import Now

from brokerage.audit.models import Event
from brokerage.links import codes, links
from brokerage.notify import delivery, doorbell, smtp
from brokerage.notify.models import Message
from brokerage.notify.telling import tell

from .factories import PasswordLinkFactory
from .faults.servers import frozen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet_bell")]


@pytest.fixture
def hello(letters):
    return letters("hello", "Hello {{ name }}", "Dear {{ name }}")


@pytest.fixture
def write(hello):
    def write(name="Ann", **facts):
        return tell(facts.pop("address", f"{name.lower()}@council.example"), hello, name=name, **facts)

    return write


def fresh(message):
    return Message.objects.get(pk=message.pk)


def time_passes(**change):
    """Pauses and leases run out."""
    Message.objects.filter(state="queued").update(next_try_at=Now() - timedelta(seconds=60))
    Message.objects.filter(state="sending").update(lease_until=Now() - timedelta(seconds=1))


def test_a_letter_arrives_as_it_was_written(mail, letters):
    words = letters("words", "Café {{ name }} – done", "It’s £5 for {{ name }}.\n.\nA line that begins with a stop")
    message = tell("ann@council.example", words, name="Zoë")

    assert delivery.drain() == 1

    letter = mail.letters[0]
    assert letter["X-Envelope-To"] == letter["To"] == "ann@council.example"
    assert letter["Subject"] == "Café Zoë – done"
    assert letter.get_content_type() == "text/plain"
    assert letter.get_content().replace("\r\n", "\n") == message.body
    assert letter["Message-ID"] == message.message_id
    assert letter["Date"].datetime == message.date.replace(microsecond=0)
    assert letter["X-Dispatch-Id"] == str(message.pk)
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Cc"] is letter["Bcc"] is letter["Reply-To"] is None
    assert (fresh(message).state, fresh(message).attempt) == ("sent", 1)
    assert fresh(message).sent_at


def test_the_urgent_go_first_then_in_the_order_they_were_written(mail, write):
    for name, urgent in (("Ann", False), ("Bob", False), ("Cat", True)):
        write(name, urgent=urgent)

    delivery.drain()

    assert [letter["Subject"] for letter in mail.letters] == ["Hello Cat", "Hello Ann", "Hello Bob"]


def test_two_hundred_letters_go_over_one_line(mail, write):
    for number in range(200):
        write(f"P{number}")

    assert delivery.drain() == 200
    assert mail.connections == 1


def test_a_line_gone_stale_is_made_anew_without_a_pause(mail, write):
    mail.behaves(hang_up_after=10)
    for number in range(25):
        write(f"P{number}")

    assert delivery.drain() == 25
    assert mail.connections == 3
    assert set(mail.copies.values()) == {1}


def test_a_line_is_hung_up_when_nothing_more_is_to_be_sent(mail, write, monkeypatch):
    monkeypatch.setattr(smtp, "IDLE_FOR", 0.05)
    write()

    delivery.drain()

    smtp.here()._hang_up.join(2)
    assert smtp.here()._server is None


def test_a_letter_put_off_is_tried_again_after_growing_pauses(mail, write):
    message = write()
    mail.behaves(not_now=1)
    pauses = []
    for _ in range(4):
        assert delivery.drain() == 0
        assert fresh(message).state == "queued"
        pauses.append(delivery.pause(fresh(message)).seconds)
        time_passes()
    mail.behaves()

    assert delivery.drain() == 1
    assert pauses == [15, 30, 60, 120]
    assert fresh(message).attempt == 5


def test_a_letter_put_off_is_left_alone_until_its_pause_is_over(mail, write):
    write()
    mail.behaves(not_now=1)
    delivery.drain()
    mail.behaves()

    assert delivery.drain() == 0


@pytest.mark.parametrize("urgent, attempts", [(True, 20), (False, 150)])
def test_a_letter_put_off_for_too_long_fails_for_all_to_see(mail, write, urgent, attempts):
    message = write(urgent=urgent, case="R000012")
    Message.objects.filter(pk=message.pk).update(attempt=attempts - 1)
    mail.behaves(not_now=1)

    delivery.drain()

    assert fresh(message).state == "failed"
    assert fresh(message).last_error == f"Tried {attempts} times. 451 4.3.0 Try again later"
    event = Event.objects.of_case("R000012").get()
    assert event.verb == "letter.failed"
    assert "could not be delivered to ann@council.example" in event.said


def test_a_letter_refused_for_good_fails_at_once_and_holds_up_nobody(mail, write):
    refused, other = write("Ann"), write("Bob")
    mail.behaves(never=["ann@council.example"])

    assert delivery.drain() == 1

    assert (fresh(refused).state, fresh(other).state) == ("failed", "sent")
    assert fresh(refused).last_error == "550 5.1.1 No such mailbox"
    assert Event.objects.filter(verb="letter.failed").count() == 1


def test_a_mail_server_that_is_away_is_offered_one_letter_and_not_each(settings, write):
    settings.EMAIL_PORT = 9
    first, second = write("Ann"), write("Bob")

    assert delivery.drain() == 0

    assert (fresh(first).attempt, fresh(second).attempt) == (1, 0)
    assert fresh(first).last_error.startswith("The mail server could not be reached")


def test_a_frozen_mail_server_costs_one_wait_and_loses_nothing(mail, write, settings):
    settings.EMAIL_TIMEOUT = 1
    first, second = write("Ann"), write("Bob")

    with frozen(mail):
        assert delivery.drain() == 0
    assert fresh(first).last_error == "The mail server did not answer in time."
    assert fresh(second).attempt == 0

    time_passes()
    settings.EMAIL_TIMEOUT = 5
    assert delivery.drain() == 2
    assert set(mail.copies.values()) == {1}


def test_a_line_that_dies_before_the_answer_means_another_try_under_the_same_name(mail, write):
    message = write()
    mail.behaves(drops=1)
    assert delivery.drain() == 0
    time_passes()
    mail.behaves()

    assert delivery.drain() == 1

    first, second = mail.letters
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]
    assert fresh(message).state == "sent"


def test_a_leased_letter_is_nobody_elses_until_the_lease_runs_out(mail, write):
    message = write()
    mine = delivery.claim()
    assert delivery.claim() is None

    time_passes()
    theirs = delivery.claim()

    assert (mine.pk, theirs.pk, theirs.attempt) == (message.pk, message.pk, 2)


def test_a_worker_that_comes_back_late_does_not_overrule_its_successor(mail, write):
    write()
    mine = delivery.claim()
    time_passes()
    theirs = delivery.claim()

    assert delivery.deliver(theirs) is True
    assert delivery.deliver(mine) is False
    assert Message.objects.get().attempt == 2


def test_the_link_is_put_in_at_the_last_moment(mail, letters, settings):
    template = letters("link", "A link", "Follow\n[[link]]\nnow")
    link = PasswordLinkFactory()
    tell("ann@council.example", template, link=link)

    delivery.drain()

    assert f"\n{settings.SITE_URL}{links.path_of(link)}\n" in mail.letters[0].get_content().replace("\r\n", "\n")
    assert links.token_for(link) not in Message.objects.get().body


@pytest.mark.parametrize("end", [links.withdraw, links.replace, lambda link: link.delete()])
def test_a_letter_whose_link_no_longer_opens_anything_is_cancelled(mail, letters, end):
    link = PasswordLinkFactory()
    message = tell("ann@council.example", letters("link", "A link", "[[link]]"), link=link)
    end(link)

    assert delivery.drain() == 0

    assert fresh(message).state == "cancelled"
    assert len(mail) == 0


def test_the_code_is_put_in_at_the_last_moment(mail, letters):
    link = PasswordLinkFactory()
    code = codes.send(link, "sign", address="ann@council.example")
    tell("ann@council.example", letters("code", "A code", "Enter [[code]] now"), code=code)

    delivery.drain()

    assert f"Enter {codes.digits_of(code)} now" in mail.letters[0].get_content()


def test_a_letter_with_a_code_that_was_replaced_is_cancelled(mail, letters):
    link = PasswordLinkFactory()
    code = codes.send(link, "sign", address="ann@council.example")
    message = tell("ann@council.example", letters("code", "A code", "Enter [[code]] now"), code=code)
    codes.send(link, "sign", address="ann@council.example")

    delivery.drain()

    assert fresh(message).state == "cancelled"


def test_a_letter_whose_text_was_altered_is_not_sent(mail, write):
    message = write()
    Message.objects.filter(pk=message.pk).update(body="Something else")

    delivery.drain()

    assert fresh(message).state == "failed"
    assert len(mail) == 0


def test_nothing_is_sent_while_sending_is_paused(mail, write, settings):
    write()
    settings.SENDING_PAUSED = True

    assert delivery.drain() == delivery.rescue() == 0
    assert Message.objects.get().state == "queued"


@pytest.mark.parametrize(
    "allowed, address, state",
    [
        (["ann@council.example"], "Ann@Council.example", "sent"),
        (["@council.example"], "bob@council.example", "sent"),
        (["ann@council.example"], "bob@council.example", "cancelled"),
        (["@council.example"], "bob@evil-council.example", "cancelled"),
        (["@council.example"], "bob@council.example.org", "cancelled"),
    ],
)
def test_only_addresses_on_the_list_are_written_to(mail, write, settings, allowed, address, state):
    settings.MAIL_ALLOW_LIST = allowed
    message = write(address=address)

    delivery.drain()

    assert fresh(message).state == state
    assert len(mail) == (state == "sent")


def test_a_letter_that_cannot_be_made_holds_up_nobody(mail, write, caplog):
    broken, other = write("Ann"), write("Bob")
    Message.objects.filter(pk=broken.pk).update(link_label="accounts.Nothing", link_id="1", link_issue=1)

    assert delivery.drain() == 1

    assert (fresh(broken).state, fresh(other).state) == ("queued", "sent")
    assert fresh(broken).last_error == "It could not be made ready (LookupError)."


def test_the_sweep_rings_for_a_letter_that_waits(mail, write, monkeypatch):
    rung = []
    monkeypatch.setattr(doorbell, "_send", lambda: rung.append("once"))
    write()

    assert delivery.rescue() == 0
    assert rung == ["once"]


def test_the_sweep_posts_by_itself_when_nobody_hears_the_bell(mail, write, monkeypatch):
    monkeypatch.setattr(doorbell, "ring", lambda: False)
    write()

    assert delivery.rescue() == 1


def test_the_sweep_posts_by_itself_what_nobody_came_for(mail, write, monkeypatch):
    monkeypatch.setattr(doorbell, "ring", lambda: True)
    write()
    time_passes()

    assert delivery.rescue() == 1


def test_the_sweep_is_quiet_when_nothing_waits(monkeypatch):
    monkeypatch.setattr(doorbell, "ring", lambda: pytest.fail("rang for nothing"))

    assert delivery.rescue() == 0


def test_the_outbox_command_counts_and_drains(mail, write):
    write("Ann"), write("Bob")
    mail.behaves(never=["bob@council.example"])
    counted, drained = StringIO(), StringIO()

    call_command("outbox", stdout=counted)
    call_command("outbox", "--drain", stdout=drained)

    assert counted.getvalue().splitlines() == ["waiting 2", "failed 0", "sent 0"]
    assert drained.getvalue().splitlines() == ["waiting 0", "failed 1", "sent 1"]
