"""Where the council sets it, a reply counts once a code from the registered mailbox has been entered (T25)."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import InternalError, connection, transaction
from django.urls import reverse

from brokerage.audit.models import Event
from brokerage.council import settings as council
from brokerage.council.models import Council
from brokerage.errors import Refused
from brokerage.links import codes, links
from brokerage.links.models import OneTimeCode
from brokerage.notify.models import Message
from providers.enquiries import actions as enquiries
from providers.enquiries.models import Enquiry
from providers.replies import actions, confirming
from providers.replies.models import Reply, ReplyIntent
from providers.tests.factories import EnquiryFactory
from providers.tests.test_reply_pages import ANSWERS, address, text
from providers.tests.test_replying import no, offer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tuesday():
    with time_machine.travel(datetime(2026, 11, 3, 12, 30, tzinfo=UTC), tick=False) as now:
        yield now


@pytest.fixture(autouse=True)
def replies_need_code(db):
    Council.objects.update_or_create(pk=1, defaults={"replies_need_code": True})
    council.forget()
    yield
    council.forget()


@pytest.fixture
def invitation():
    return EnquiryFactory(sent=True).invitations.order_by("pk").first()


def code_page(invitation, name="reply_code"):
    return reverse(name, args=[links.token_for(invitation)])


def code_of(invitation):
    intent = confirming.intent_of(invitation)
    return {"code": codes.digits_of(intent.code), "intent": intent.pk}


def enter(invitation, **changed):
    facts = code_of(invitation) | changed
    return confirming.enter_code(invitation, intent_id=facts["intent"], typed=facts["code"])


def test_a_reply_waits_for_the_code_and_counts_once_it_is_entered(client, invitation):
    asked = client.post(address(invitation, "whole"), ANSWERS["whole"], follow=True)
    assert "Enter the code to send your reply" in text(asked)
    assert "We have your reply" not in text(asked)
    assert not Reply.objects.exists()
    assert not Message.objects.filter(template="reply-receipt").exists()

    sent = client.post(code_page(invitation), code_of(invitation), follow=True)

    assert "We have your reply" in text(sent)
    assert "£24.60 an hour" in text(sent)
    kept = Reply.objects.current().get()
    assert (kept.kind, kept.rate, kept.by_name) == ("whole", Decimal("24.60"), "Pat Lowe")
    assert Message.objects.filter(template="reply-receipt").count() == 1


@pytest.mark.parametrize("kind", ["whole", "part", "different", "no"])
def test_the_code_sends_exactly_what_was_written(client, invitation, kind):
    client.post(address(invitation, kind), ANSWERS[kind])
    client.post(code_page(invitation), code_of(invitation))
    with_code = Reply.objects.current().values().get()
    Council.objects.update(replies_need_code=False)
    council.forget()

    client.post(address(invitation, kind), ANSWERS[kind])

    without = Reply.objects.current().values().get()
    theirs = {"id", "version", "receipt"}
    assert {k: v for k, v in with_code.items() if k not in theirs | {"is_current"}} == {
        k: v for k, v in without.items() if k not in theirs | {"is_current"}
    }


def test_to_be_called_needs_no_code(client, invitation):
    client.post(address(invitation, "interested"), ANSWERS["interested"])

    assert Reply.objects.current().get().kind == "interested"
    assert not OneTimeCode.objects.exists()


def test_the_code_goes_to_the_registered_mailbox_and_names_who_replies_but_no_price(client, invitation):
    client.post(address(invitation, "whole"), ANSWERS["whole"])

    letter = Message.objects.get(template="reply-code")
    assert letter.address == invitation.mailbox
    assert "Pat Lowe, Care manager" in letter.body
    assert "24.60" not in letter.body
    event = Event.objects.get(verb="reply.code_sent")
    assert "24.60" not in event.said + str(event.facts)
    page = text(client.get(code_page(invitation)))
    assert invitation.mailbox not in page
    assert f"{invitation.mailbox[0]}…@care.example" in page


def test_a_wrong_code_is_said_beside_the_box_and_sends_nothing(client, invitation):
    client.post(address(invitation, "whole"), ANSWERS["whole"])

    page = client.post(code_page(invitation), code_of(invitation) | {"code": "no"})

    assert page.status_code == 409
    assert codes.WRONG in text(page)
    assert OneTimeCode.objects.get().tries == 1
    assert not Reply.objects.exists()


def test_after_five_wrong_codes_the_right_one_is_no_use(invitation):
    confirming.ask_for_code(invitation, **offer())
    for _ in range(5):
        enter(invitation, code="000000" if code_of(invitation)["code"] != "000000" else "000001")

    assert enter(invitation) == codes.STALE
    assert not Reply.objects.exists()


def test_a_code_is_used_once(client, invitation):
    client.post(address(invitation, "whole"), ANSWERS["whole"])
    answers = code_of(invitation)

    answered = [client.post(code_page(invitation), answers).status_code for _ in range(2)]

    assert answered == [302, 302]
    assert Reply.objects.count() == 1


def test_a_code_runs_out(invitation, tuesday):
    confirming.ask_for_code(invitation, **offer())
    tuesday.shift(timedelta(minutes=16))

    assert enter(invitation) == codes.STALE


def test_a_code_for_one_reply_does_not_send_another(invitation):
    """Two colleagues with the same link: the second's words are not sent with the first's code, or the other way round."""
    first = confirming.ask_for_code(invitation, **offer())
    second = confirming.ask_for_code(invitation, **no())

    older = confirming.enter_code(invitation, intent_id=first.pk, typed=codes.digits_of(first.code))
    crossed = confirming.enter_code(invitation, intent_id=first.pk, typed=codes.digits_of(second.code))

    assert "Another reply was sent since" in older
    assert "Another reply was sent since" in crossed
    assert not Reply.objects.exists()
    assert enter(invitation) is None
    assert Reply.objects.get().kind == "no"


def test_one_providers_code_is_no_use_to_another(invitation):
    other = invitation.enquiry.invitations.exclude(pk=invitation.pk).get()
    confirming.ask_for_code(invitation, **offer())
    confirming.ask_for_code(other, **offer())

    assert enter(other, code=code_of(invitation)["code"]) is not None
    assert not Reply.objects.exists()


def test_a_new_code_sends_the_same_words_and_ends_the_old_one(client, invitation):
    client.post(address(invitation, "whole"), ANSWERS["whole"])
    older = code_of(invitation)

    client.post(code_page(invitation, "reply_code_again"))

    assert Message.objects.filter(template="reply-code").count() == 2
    assert client.post(code_page(invitation), older).status_code == 409
    assert client.post(code_page(invitation), code_of(invitation)).status_code == 302
    assert Reply.objects.get().rate == Decimal("24.60")


def test_a_sixth_code_within_the_hour_is_refused_in_words(client, invitation):
    client.post(address(invitation, "whole"), ANSWERS["whole"])
    for _ in range(codes.AT_MOST):
        page = client.post(code_page(invitation, "reply_code_again"), follow=True)

    assert "Wait an hour" in text(page)
    assert ReplyIntent.objects.count() == codes.AT_MOST


@pytest.mark.parametrize("name", ["reply_code", "reply_code_again"])
def test_without_a_reply_there_is_no_code_to_enter_or_ask_for(client, invitation, name):
    answer = client.post(code_page(invitation, name), {"code": "123456"}, follow=True)

    assert answer.redirect_chain[-1][0] == address(invitation)
    assert not OneTimeCode.objects.exists()


# -- in time


def test_words_sent_in_time_are_in_time_though_the_code_comes_after_the_deadline(invitation, tuesday):
    tuesday.move_to(invitation.enquiry.closes_at - timedelta(minutes=1))
    confirming.ask_for_code(invitation, **offer())
    tuesday.shift(timedelta(minutes=5))
    enquiries.close_due(at=datetime(2026, 11, 4, 12, 31, tzinfo=UTC))

    assert enter(invitation) is None

    kept = Reply.objects.current().get()
    assert (kept.is_late, kept.made_at) == (False, invitation.enquiry.closes_at - timedelta(minutes=1))


def test_a_new_code_after_the_deadline_makes_the_reply_late(invitation, tuesday):
    tuesday.move_to(invitation.enquiry.closes_at - timedelta(minutes=1))
    confirming.ask_for_code(invitation, **offer())
    tuesday.shift(timedelta(minutes=5))
    confirming.ask_again(invitation)

    enter(invitation)

    assert Reply.objects.get().is_late


def test_a_reply_that_is_not_whole_gets_no_code(invitation):
    with pytest.raises(Refused, match="Enter your rate"):
        confirming.ask_for_code(invitation, **offer(rate=None))

    assert not OneTimeCode.objects.exists()


def test_placed_before_the_code_was_entered_no_reply_is_taken(client, invitation):
    client.post(address(invitation, "whole"), ANSWERS["whole"])
    answers = code_of(invitation)
    Enquiry.objects.update(placed_at=datetime(2026, 11, 3, 12, 31, tzinfo=UTC))

    assert confirming.enter_code(invitation, intent_id=answers["intent"], typed=answers["code"]).endswith(
        "Nothing more is needed from you."
    )
    client.post(code_page(invitation), answers)
    assert not Reply.objects.exists()


# -- kept safe


def test_what_waits_for_its_code_cannot_be_changed(invitation):
    confirming.ask_for_code(invitation, **offer())

    with pytest.raises(InternalError), transaction.atomic():
        ReplyIntent.objects.update(answer={})


def test_what_waits_for_its_code_is_no_reply_to_anybody(invitation):
    actions.reply(invitation, **no())
    confirming.ask_for_code(invitation, **offer())

    assert Reply.objects.current().get().kind == "no"
    assert not Reply.objects.offers().exists()


def test_no_code_is_left_where_letters_links_and_history_are_kept(client, invitation):
    client.post(address(invitation, "whole"), ANSWERS["whole"] | {"form_key": "1f0d6a52-6f5c-4a5e-9d83-0f3f6b9f3d11"})
    code = code_of(invitation)["code"]
    client.post(code_page(invitation), code_of(invitation))
    token = links.token_for(invitation).split(".")[2]

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT string_agg(t::text, chr(10)) FROM "{table}" t')
            kept = cursor.fetchone()[0] or ""
            assert token not in kept, table
            if table in {"notify_message", "links_onetimecode", "audit_event", "providers_replyintent"}:
                assert not re.search(rf"(?<![0-9.:]){code}(?![0-9])", kept), table


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_looking_at_the_code_page_tries_no_code(client, invitation, method):
    client.post(address(invitation, "whole"), ANSWERS["whole"])

    answer = getattr(client, method)(code_page(invitation))

    assert answer.status_code == 200
    assert answer["Referrer-Policy"] == "no-referrer"
    assert OneTimeCode.objects.get().tries == 0
