"""The provider's pages behind one link: reading, answering in each way, and what every scanner does before that."""

import gzip
import logging
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from brokerage.links import limits, links
from brokerage.notify.composing import compose
from brokerage.notify.models import Message
from providers.enquiries import actions as enquiries
from providers.enquiries.models import Enquiry, Invitation
from providers.replies import actions
from providers.replies.models import Reply
from providers.tests.factories import EnquiryFactory
from providers.tests.test_replying import no, offer

pytestmark = pytest.mark.django_db
KINDS = ["whole", "part", "different", "interested", "no"]
PAGES = ["", *KINDS, "not-us"]
WHO = {"by_name": "Pat Lowe", "by_role": "Care manager"}
PRICE = {"rate": "£24.60", "start_on_0": "9", "start_on_1": "11", "start_on_2": "2026"}
ANSWERS = {
    "whole": PRICE | WHO,
    "part": {"visits": ["0", "2"]} | PRICE | WHO,
    "different": {"changes": "08:30 instead of 08:00"} | PRICE | WHO,
    "interested": {"phone": "01752 496000"} | WHO,
    "no": {"why_not": "no_staff", "would_say_yes_if": "A later start"} | WHO,
}
SCRAPS = ["", ".", ")", ",", "=3D", "?utm_x=1", "/", ".?utm_source=mail&utm_medium=email", "%3D", ">"]


@pytest.fixture(autouse=True)
def tuesday():
    with time_machine.travel(datetime(2026, 11, 3, 12, 30, tzinfo=UTC), tick=False) as now:
        yield now


@pytest.fixture
def enquiry():
    return EnquiryFactory(sent=True)


@pytest.fixture
def invitation(enquiry):
    return enquiry.invitations.order_by("pk").first()


def address(invitation, page=""):
    token = links.token_for(invitation)
    if page == "not-us":
        return reverse("reply_not_us", args=[token])
    return reverse("reply_answer", args=[token, page]) if page else reverse("reply_page", args=[token])


def text(answer):
    source = re.sub(r"(?s)<script.*?</script>|</?(?:time|strong)[^>]*>", "", answer.content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", source).split())


# -- reading


def test_a_provider_reads_what_is_needed_by_when_and_how_to_answer(client, invitation):
    page = text(client.get(address(invitation)))

    assert "Can you offer home care?" in page
    assert "A woman who has fallen twice needs help to get up and to wash." in page
    assert "Reply by Wednesday 4 November at 12:30" in page
    assert "under 2 miles from you" in page
    assert f"We sent this to {invitation.service_name}" in page
    for words in ("Yes, all of it", "Yes, part of it", "Yes, but different", "Interested, please call us", "No"):
        assert words in page


def test_the_week_is_told_in_words_and_drawn(client, invitation):
    page = text(client.get(address(invitation)))

    assert "Every day 08:00, 45 minutes" in page
    assert "Line(" not in page


def test_everyone_asked_reads_the_same_page(client, enquiry):  # LEI-10
    pages = []
    for invitation in enquiry.invitations.all():
        page = text(client.get(address(invitation)))
        pages.append(page.replace(invitation.service_name, "…"))

    assert pages[0] == pages[1]


def test_offers_that_are_read_as_they_come_are_called_so(client):
    enquiry = EnquiryFactory(
        sent=True,
        referral__priority="emergency",
        referral__priority_reason="Alone tonight",
        referral__papers=["funding_agreement", "pen_picture"],
    )

    page = text(client.get(address(enquiry.invitations.first())))

    assert "We read offers as they come" in page
    assert "Nobody reads offers before then" not in page


@pytest.mark.parametrize("kind", ["whole", "different", "interested", "no"])
def test_where_there_are_no_parts_no_part_can_be_offered(client, invitation, kind):
    Enquiry.objects.update(sheet={**invitation.enquiry.sheet, "timetable": []})

    assert "Yes, part of it" not in text(client.get(address(invitation)))
    assert client.get(address(invitation, "part")).status_code == 404
    assert client.get(address(invitation, kind)).status_code == 200


# -- answering


@pytest.mark.parametrize("kind", KINDS)
def test_a_provider_answers_with_no_account(client, invitation, kind):  # LEI-17, AMB-03
    sent = client.post(address(invitation, kind), ANSWERS[kind])

    assert sent.status_code == 302
    assert sent["Location"] == address(invitation)
    assert Reply.objects.current().get().kind == kind
    page = text(client.get(sent["Location"]))
    assert "We have your reply" in page
    assert f"You replied: {Reply.objects.get().get_kind_display()}" in page
    assert "Pat Lowe, Care manager" in page
    assert Reply.objects.get().receipt in page


def test_what_was_offered_is_read_again(client, invitation):
    client.post(
        address(invitation, "part"), ANSWERS["part"] | {"who_will_come": "A team of three", "conditions": "A key safe"}
    )

    page = text(client.get(address(invitation)))

    for words in (
        "£24.60 an hour",
        "Monday 9 November 2026",
        "A team of three",
        "A key safe",
        "Monday and Tuesday 08:00, 45 minutes",
    ):
        assert words in page


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("missing", "sentence"), [("by_name", "Enter your name"), ("by_role", "Enter your role")])
def test_a_reply_says_who_gives_it(client, invitation, kind, missing, sentence):  # AMB-03
    page = client.post(address(invitation, kind), ANSWERS[kind] | {missing: ""})

    assert sentence in text(page)
    assert page.content.decode().startswith("<!DOCTYPE html>")
    assert "<title>Error: " in page.content.decode()
    assert not Reply.objects.exists()


@pytest.mark.parametrize(
    ("kind", "changed", "sentence"),
    [
        ("whole", {"rate": ""}, "Enter your rate, like 24.60"),
        ("whole", {"rate": "a lot"}, "Enter an amount in pounds"),
        ("whole", {"rate": "99999999999"}, "must be a smaller amount"),
        ("whole", {"rate": "2460"}, "this one is over £500"),
        ("whole", {"start_on_0": "", "start_on_1": "", "start_on_2": ""}, "Enter the day you can start"),
        ("whole", {"start_on_0": "31", "start_on_1": "2"}, "Enter a real date"),
        ("whole", {"start_on_2": ""}, "Enter the year as well"),
        ("whole", {"start_on_2": "2025"}, "Enter a day that has not passed"),
        ("part", {"visits": []}, "Select the visits you can do"),
        ("part", {"visits": ["99"]}, "Select an answer from the list"),
        ("different", {"changes": ""}, "Enter what would be different"),
        ("no", {"why_not": ""}, "Select what stood in the way"),
        ("no", {"why_not": "no_bed"}, "Select an answer from the list"),
        ("no", {"why_not": "other", "would_say_yes_if": ""}, "Enter what would have made you say yes"),
        ("interested", {"phone": ""}, "Enter the number we should call"),
        ("no", {"would_say_yes_if": "x" * 1001}, "1000 characters or fewer"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(client, invitation, kind, changed, sentence):
    page = client.post(address(invitation, kind), ANSWERS[kind] | changed)

    assert sentence in text(page)
    assert 'value="Pat Lowe"' in page.content.decode()
    assert not Reply.objects.exists()


def test_what_is_missing_is_named_in_the_order_of_the_page(client, invitation):
    page = client.post(address(invitation, "different"), {})

    listed = re.findall(r'<li><a href="#[^"]+">([^<]+)</a></li>', page.content.decode())
    assert listed == [
        "Enter what would be different",
        "Enter your rate, like 24.60",
        "Enter the day you can start",
        "Enter your name",
        "Enter your role",
    ]


def test_a_change_of_mind_begins_with_what_was_said_but_for_who_says_it(client, invitation):
    client.post(address(invitation, "whole"), ANSWERS["whole"])

    page = client.get(address(invitation, "whole")).content.decode()

    assert 'value="24.60"' in page
    assert "Pat Lowe" not in page


def test_sent_twice_it_is_one_reply(client, invitation):
    key = {"form_key": "1f0d6a52-6f5c-4a5e-9d83-0f3f6b9f3d11"}
    answers = [client.post(address(invitation, "whole"), ANSWERS["whole"] | key) for _ in range(2)]

    assert [one["Location"] for one in answers] == [address(invitation)] * 2
    assert Reply.objects.count() == Message.objects.filter(template="reply-receipt").count() == 1


def test_the_same_form_with_other_answers_is_not_taken_for_the_first(client, invitation):
    key = {"form_key": "1f0d6a52-6f5c-4a5e-9d83-0f3f6b9f3d11"}
    client.post(address(invitation, "whole"), ANSWERS["whole"] | key)

    again = client.post(address(invitation, "whole"), ANSWERS["whole"] | key | {"rate": "19.00"})

    assert again.status_code == 409
    assert "already sent" in text(again)
    assert Reply.objects.get().rate == Decimal("24.60")


def test_hidden_or_added_fields_change_nothing_of_what_is_kept(client, invitation, enquiry):  # T25
    other = enquiry.invitations.exclude(pk=invitation.pk).get()
    more = {
        "invitation": other.pk,
        "is_late": "",
        "is_current": "",
        "version": 7,
        "unit": "week",
        "entered_by": 1,
        "made_at": "2026-01-01",
    }

    client.post(address(invitation, "whole"), ANSWERS["whole"] | more)

    kept = Reply.objects.get()
    assert (kept.invitation, kept.version, kept.unit, kept.entered_by) == (invitation, 1, "hour", None)


def test_what_people_write_is_shown_and_never_run(client, invitation):
    nasty = "<script>alert(1)</script>{{ 7|add:7 }}"
    client.post(address(invitation, "different"), ANSWERS["different"] | {"changes": nasty, "by_name": nasty})

    for page in ("", "different", "not-us"):
        source = client.get(address(invitation, page)).content.decode()
        assert "<script>alert" not in source
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}" in source


def test_a_form_from_elsewhere_is_refused(invitation):
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(address(invitation, "whole"), ANSWERS["whole"]).status_code == 403
    assert not Reply.objects.exists()


# -- late, placed, withdrawn


def test_after_the_deadline_the_page_says_so_and_still_takes_a_reply(client, invitation, tuesday):
    tuesday.shift(timedelta(days=2))
    page = text(client.get(address(invitation)))
    assert "Replies closed yesterday 12:30. You can still send one" in page
    assert "Yours will be marked late" in text(client.get(address(invitation, "whole")))

    client.post(address(invitation, "whole"), ANSWERS["whole"])

    assert Reply.objects.get().is_late
    assert "After the deadline" in text(client.get(address(invitation)))


def test_a_late_change_of_mind_is_said_to_be_kept_beside_the_one_that_counts(client, invitation, tuesday):
    client.post(address(invitation, "whole"), ANSWERS["whole"])
    tuesday.shift(timedelta(days=2))
    client.post(address(invitation, "no"), ANSWERS["no"])

    page = text(client.get(address(invitation)))

    assert "You replied: Yes, all of it" in page
    assert "You also replied after the deadline, today 12:30: No (Pat Lowe, Care manager)" in page
    assert "Your reply in time is the one that counts" in page


@pytest.mark.parametrize("kind", KINDS)
def test_a_placed_enquiry_says_so_and_shows_no_more_of_the_need(client, invitation, kind):
    Enquiry.objects.update(placed_at=datetime(2026, 11, 3, 12, tzinfo=UTC))

    page = text(client.get(address(invitation)))

    assert "has been placed. Nothing more is needed from you" in page
    assert "fallen twice" not in page
    assert "Send your reply" not in text(client.get(address(invitation, kind)))
    refused = client.post(address(invitation, kind), ANSWERS[kind])
    assert refused.status_code == 409
    assert "has been placed" in text(refused)
    assert not Reply.objects.exists()


@pytest.mark.parametrize("page", PAGES)
def test_a_withdrawn_enquirys_link_is_gone(client, enquiry, invitation, page):
    enquiries.withdraw(enquiry, because="Not needed", by=enquiry.referral.broker)

    assert client.get(address(invitation, page)).status_code == 410
    if page:
        assert client.post(address(invitation, page), ANSWERS.get(page, WHO)).status_code == 410
    assert not Reply.objects.exists()


# -- this was not us


def test_whoever_reads_the_receipt_says_that_it_was_not_them(client, invitation):
    actions.reply(invitation, **offer())
    here = address(invitation, "not-us")
    assert "Yes, all of it, by Pat Lowe, Care manager, today 12:30" in text(client.get(here))

    gone = client.post(here, {"versions": ["1"], "by_name": "Grace Hale", "by_role": "Registered manager"}, follow=True)

    assert "That reply no longer counts" in text(gone)
    assert not Reply.objects.current().exists()
    assert client.get(here).status_code == 410
    invitation.refresh_from_db()
    fresh = text(client.get(address(invitation)))
    assert "You replied" not in fresh


@pytest.mark.parametrize("missing", ["versions", "by_name", "by_role"])
def test_a_press_of_the_button_alone_takes_nothing_back(client, invitation, missing):
    actions.reply(invitation, **offer())
    facts = {"versions": ["1"], "by_name": "Grace Hale", "by_role": "Registered manager"}

    client.post(address(invitation, "not-us"), {**facts, missing: ""})

    assert Reply.objects.current().exists()


def test_without_a_reply_there_is_nothing_to_take_back(client, invitation):
    assert "There is no reply to take back" in text(client.get(address(invitation, "not-us")))


# -- scanners (T24)


def written_to() -> dict[str, int]:
    """How often each table has been written to in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        return dict(cursor.fetchall())


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_looking_writes_nothing(client, invitation, page, method):
    actions.reply(invitation, **offer())
    before = written_to()

    answer = getattr(client, method)(address(invitation, page))

    assert answer.status_code == 200
    assert written_to() == before


@pytest.mark.parametrize("replied", [False, True])
def test_every_scanner_may_come_first_and_the_provider_still_answers(client, invitation, replied):
    if replied:
        actions.reply(invitation, **offer())
    before = Reply.objects.count()
    link = address(invitation)
    for scrap in SCRAPS:
        client.head(link + scrap)
        for _ in range(2):
            assert client.get(link + scrap, headers={"Range": "bytes=0-10"}).status_code == 200, scrap
        client.options(link + scrap)
        assert client.post(link + scrap, {}).status_code == 405
    for page in PAGES[1:]:
        source = client.get(address(invitation, page)).content.decode()
        client.post(address(invitation, page), {})
        client.post(address(invitation, page), harvested(source))
    assert Reply.objects.count() == before
    assert Reply.objects.current().count() == before

    client.post(address(invitation, "no"), ANSWERS["no"])

    assert Reply.objects.current().get().kind == "no"


def harvested(source):
    """Every field of a form as it stands filled in, and every box ticked."""
    fields = {}
    for tag in re.findall(r"<input[^>]+>", source):
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if attributes.get("name"):
            fields.setdefault(attributes["name"], []).append(attributes.get("value", ""))
    return fields


def test_a_part_of_the_link_behind_a_line_break_still_opens_once_whole(client, invitation):
    link = address(invitation)

    assert client.get(link[:-5]).status_code == 404
    assert client.get(link).status_code == 200


def test_an_address_encoded_twice_or_under_a_shouted_host_opens(client, invitation, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    twice = address(invitation).replace(".", "%252E")

    assert client.get(twice).status_code == 200
    assert client.get(address(invitation), headers={"Host": "TESTSERVER"}).status_code == 200


@pytest.mark.parametrize(
    "spoil", [lambda t: t + "..", lambda t: t + "=3D", lambda t: t + ")", lambda t: t.replace(".", "%2E")]
)
def test_a_reply_sent_from_a_pasted_address_leaves_no_token_in_any_table(client, invitation, spoil):
    pasted = reverse("reply_answer", args=[spoil(links.token_for(invitation)), "no"])
    key = {"form_key": "1f0d6a52-6f5c-4a5e-9d83-0f3f6b9f3d11"}

    answers = [client.post(pasted, ANSWERS["no"] | key)["Location"] for _ in range(2)]

    assert client.get(answers[1]).status_code == 200
    assert Reply.objects.count() == 1
    assert_nowhere_kept(links.token_for(invitation))


# -- the link (T23)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_unremembered_unindexed_and_unreferred(client, invitation, page):
    for answer in (client.get(address(invitation, page)), client.post(address(invitation, page), {})):
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Cache-Control"] == "no-store"
    assert '<meta name="referrer" content="no-referrer">' in client.get(address(invitation, page)).content.decode()


def test_no_page_leads_or_calls_anywhere_else(client, invitation):
    actions.reply(invitation, **offer())
    for page in PAGES:
        source = client.get(address(invitation, page)).content.decode()
        assert not re.findall(r'(?:href|src|action)="(?:https?:)?//[^"]*"', source)


def spoilt(token):
    key, issue, mac = token.split(".")
    yield f"{key}.{issue}.{'B' if mac[0] != 'B' else 'C'}{mac[1:]}"
    yield f"{key}.{issue}.{mac[:-1]}"
    yield f"{key}.2.{mac}"
    yield token.swapcase()
    yield f"{'x' if key[0] != 'x' else 'y'}{key[1:]}.{issue}.{mac}"
    yield "none"


@pytest.mark.parametrize("page", PAGES)
def test_a_guess_opens_and_sends_nothing(client, invitation, page):
    cache.clear()
    for guess in spoilt(links.token_for(invitation)):
        here = address(invitation, page).replace(links.token_for(invitation), guess)
        assert client.get(here).status_code == 404
        if page:
            assert client.post(here, ANSWERS.get(page, WHO)).status_code == 404
    assert not Reply.objects.exists()


def test_the_link_to_something_else_opens_nothing_here(client, invitation):
    """A key is for one kind of thing: the token of an agreement is a guess at this door."""
    from placements.tests.contract_factories import ContractFactory

    cache.clear()
    token = links.token_for(ContractFactory())

    assert client.get(reverse("reply_page", args=[token])).status_code == 404


def test_one_providers_link_answers_for_that_provider_alone(client, enquiry):
    one, other = enquiry.invitations.all()

    client.post(address(one, "no"), ANSWERS["no"])

    assert Reply.objects.get().invitation == one
    assert "You replied" not in text(client.get(address(other)))


@pytest.mark.parametrize("page", PAGES)
def test_a_replaced_link_is_gone(client, invitation, page):
    older = address(invitation, page)
    links.replace(invitation)

    answer = client.get(older)

    assert answer.status_code == 410
    assert "newest e-mail" in text(answer)
    assert client.get(address(invitation, page)).status_code == 200


def test_the_link_works_until_long_after_the_deadline_and_then_runs_out(client, invitation, tuesday):
    tuesday.shift(timedelta(days=59))
    assert client.get(address(invitation)).status_code == 200

    tuesday.shift(timedelta(days=3))

    assert client.get(address(invitation)).status_code == 404
    assert "What it was for is over" in text(client.get(address(invitation)))


@pytest.fixture
def counted(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "replies"}}
    cache.clear()
    yield
    cache.clear()


def test_five_hundred_true_links_open_from_one_address_while_its_guesses_are_slowed(client, invitation, counted):
    guess = address(invitation)[:-8] + "AAAAAAAA"
    for _ in range(limits.FAILURES):
        assert client.get(guess).status_code == 404
    assert client.get(guess).status_code == 429

    opened = [client.get(address(invitation)).status_code for _ in range(500)]

    assert set(opened) == {200}
    assert client.post(address(invitation, "no"), ANSWERS["no"]).status_code == 302


def test_the_token_is_in_no_table_after_everything_that_can_be_done(client, invitation):
    form = {"form_key": "1f0d6a52-6f5c-4a5e-9d83-0f3f6b9f3d11"}
    tokens = [links.token_for(invitation)]
    client.get(address(invitation))
    client.post(address(invitation, "whole"), ANSWERS["whole"] | form)
    client.post(address(invitation, "no"), {"why_not": "nonsense"})
    client.post(address(invitation, "not-us"), {"versions": ["1"], **WHO})
    invitation.refresh_from_db()
    tokens.append(links.token_for(invitation))
    client.post(address(invitation, "no"), ANSWERS["no"])
    for letter in Message.objects.filter(audience="provider").exclude(link_label="").filter(link_issue=2):
        assert tokens[1] in compose(letter).decode().replace("=\r\n", "")

    for token in tokens:
        assert_nowhere_kept(token)


def assert_nowhere_kept(token):
    secret = token.split(".")[2]
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        assert {"notify_message", "audit_event", "providers_invitation", "design_sentform"} <= set(tables)
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{secret}%"])
            assert cursor.fetchone()[0] == 0, table


def test_the_token_is_in_no_line_of_the_log(client, invitation, caplog):
    from brokerage.links.logs import NoTokens

    handler = caplog.handler
    handler.addFilter(NoTokens())
    with caplog.at_level(logging.DEBUG):
        for page in PAGES:
            client.get(address(invitation, page))
            client.get(address(invitation, page) + "nonsense/")
            client.post(address(invitation, page), {})
        client.post(address(invitation, "whole"), ANSWERS["whole"])
        Client(enforce_csrf_checks=True).post(address(invitation, "no"), ANSWERS["no"])

    assert len(caplog.records) > 5
    secret = links.token_for(invitation).split(".")[2]
    assert secret not in caplog.text


def test_every_handler_of_the_log_leaves_tokens_out(settings):
    for name, handler in settings.LOGGING["handlers"].items():
        filters = [settings.LOGGING["filters"][one]["()"] for one in handler.get("filters", [])]
        assert "brokerage.links.logs.NoTokens" in filters, name


# -- for a phone on a bad line


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_are_light(client, page):
    four_a_day = EnquiryFactory(sent=True).invitations.first()
    actions.reply(four_a_day, **no())

    source = client.get(address(four_a_day, page)).content
    used = set(re.findall(r'/static/([^"?]+\.(?:css|js|svg))', source.decode()))

    assert used
    assert len(gzip.compress(source)) + sum(weight(file) for file in used) < 60_000


def weight(file):
    with open(finders.find(file), "rb") as content:
        return len(gzip.compress(content.read()))


def test_reading_takes_as_many_queries_however_much_was_said(client, invitation, django_assert_max_num_queries):
    for _ in range(5):
        actions.reply(invitation, **offer())

    with django_assert_max_num_queries(8):
        client.get(address(invitation))


def test_the_pages_are_given_nothing_that_leads_to_the_record(client, invitation):
    actions.reply(invitation, **offer())
    for page in PAGES:
        given = client.get(address(invitation, page)).context
        for layer in given.dicts if hasattr(given, "dicts") else [scope for one in given for scope in one.dicts]:
            assert not [name for name, value in layer.items() if isinstance(value, Invitation | Reply | Enquiry)], page
            assert "view" not in layer
