import base64
import logging
import random
import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.test.utils import isolate_apps
from django.urls import include, path

from brokerage.errors import Refused
from brokerage.links import codes, limits, links
from brokerage.links.logs import NoTokens, without_tokens
from brokerage.links.models import Linked, OneTimeCode, new_key
from brokerage.links.pages import link_page

with isolate_apps("brokerage.links"):

    class Door(Linked):
        class Meta:
            app_label = "links"

        def get_link_path(self, token):
            return f"/door/{token}/"

    class OtherDoor(Linked):
        class Meta:
            app_label = "links"
            db_table = "links_door"


@link_page
def door(request, token):
    found = links.find(Door, token)
    return HttpResponse(f"Welcome to {found.pk}")


door.login_required = False
urlpatterns = [
    path("", include("brokerage.design.urls")),
    path("door/<path:token>/", door),
    path("door/<path:token>", door),
]


@pytest.fixture
def a_door(db):
    with connection.schema_editor() as editor:
        editor.create_model(Door)
    return Door.objects.create()


@pytest.fixture
def doors(a_door, settings):
    settings.ROOT_URLCONF = __name__
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    return a_door


# -- tokens (T23)


def test_a_link_opens_the_one_thing_it_is_for(a_door):
    Door.objects.create()

    assert links.find(Door, links.token_for(a_door)) == a_door
    assert links.path_of(a_door) == f"/door/{links.token_for(a_door)}/"


def test_a_token_carries_256_bits_of_secret(a_door):
    mac = links.token_for(a_door).split(".")[2]

    assert len(base64.urlsafe_b64decode(mac + "=")) == 32


def test_no_part_of_the_secret_is_kept_with_the_thing(a_door):
    mac = links.token_for(a_door).split(".")[2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT links_door::text FROM links_door")
        assert mac not in cursor.fetchone()[0]


def test_ten_thousand_guesses_open_nothing_and_ask_the_database_nothing(a_door, django_assert_num_queries):
    true = links.token_for(a_door)
    chance = random.Random(23)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."

    with django_assert_num_queries(0):
        for _ in range(10_000):
            spoilt = list(true)
            for place in chance.sample(range(len(true)), chance.choice([1, 1, 2, 5])):
                spoilt[place] = chance.choice(letters)
            guess = "".join(spoilt)
            if guess == true:
                continue
            with pytest.raises(links.Unknown):
                links.find(Door, guess)


@pytest.mark.parametrize(
    "spoil", [str.upper, str.lower, str.swapcase, lambda t: t[:-1], lambda t: t + "A", lambda t: ""]
)
def test_a_token_cut_short_or_in_other_capitals_opens_nothing(a_door, spoil):
    with pytest.raises(links.Unknown):
        links.find(Door, spoil(links.token_for(a_door)))


def test_a_token_for_one_kind_of_thing_does_not_open_another(a_door):
    with pytest.raises(links.Unknown):
        links.find(OtherDoor, links.token_for(a_door))


def test_a_key_of_another_installation_opens_nothing(a_door, settings):
    token = links.token_for(a_door)
    settings.LINK_KEY = "another key altogether"

    with pytest.raises(links.Unknown):
        links.find(Door, token)


def test_changing_the_key_cuts_nobody_off_while_the_old_one_is_kept(a_door, settings):
    token = links.token_for(a_door)
    settings.LINK_KEY, settings.LINK_KEY_FALLBACKS = "a new key", [settings.LINK_KEY]

    assert links.find(Door, token) == a_door
    assert links.token_for(a_door) != token


def test_a_newer_link_replaces_the_older(a_door):
    older = links.token_for(a_door)
    links.replace(a_door)

    with pytest.raises(links.Replaced):
        links.find(Door, older)
    assert links.find(Door, links.token_for(a_door)) == a_door


def test_a_withdrawn_link_says_it_was_replaced(a_door):
    links.withdraw(a_door)

    with pytest.raises(links.Replaced):
        links.find(Door, links.token_for(a_door))


def test_a_link_runs_out_at_its_moment(a_door):
    a_door.link_expires_at = datetime(2026, 11, 3, 12, 30, tzinfo=UTC)
    a_door.save()

    with time_machine.travel(datetime(2026, 11, 3, 12, 29, 59, tzinfo=UTC), tick=False):
        assert links.find(Door, links.token_for(a_door)) == a_door
    with time_machine.travel(datetime(2026, 11, 3, 12, 30, tzinfo=UTC), tick=False), pytest.raises(links.Expired):
        links.find(Door, links.token_for(a_door))


def test_keys_do_not_repeat():
    assert len({new_key() for _ in range(5_000)}) == 5_000


# -- what mail does to links (T24)


@pytest.mark.parametrize("scrap", [".", ")", ").", "=3D", "=", ">", ",", "'", "”", "%2E", "%252E"])
def test_what_a_sentence_leaves_at_the_end_does_no_harm(doors, client, scrap):
    assert client.get(f"/door/{links.token_for(doors)}{scrap}").status_code == 200


def test_a_tracker_a_shouted_host_and_double_encoding_do_no_harm(doors, client, settings):
    settings.ALLOWED_HOSTS = ["brokerage.example"]
    token = links.token_for(doors)

    assert client.get(f"/door/{token}/?utm_x=1", HTTP_HOST="BROKERAGE.EXAMPLE").status_code == 200
    assert client.get(f"/door/{token.replace('.', '%252E')}/", HTTP_HOST="brokerage.example").status_code == 200


# -- pages


@pytest.mark.parametrize("token", ["true", "guess", "withdrawn"])
def test_every_answer_is_unremembered_unindexed_and_unreferred(doors, client, token):
    if token == "withdrawn":
        links.withdraw(doors)
    answer = client.get("/door/guess/" if token == "guess" else f"/door/{links.token_for(doors)}/")

    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Cache-Control"] == "no-store"


def test_a_dead_link_says_what_to_do(doors, client):
    assert client.get("/door/guess/").status_code == 404
    links.withdraw(doors)
    answer = client.get(f"/door/{links.token_for(doors)}/")
    assert answer.status_code == 410
    assert "newest e-mail" in answer.content.decode()


def test_a_form_needs_its_token_though_the_browser_hides_where_it_came_from(doors):
    careful = Client(enforce_csrf_checks=True)
    address = f"/door/{links.token_for(doors)}/"

    assert careful.post(address, headers={"Origin": "null"}).status_code == 403
    careful.cookies["csrftoken"] = "a" * 32
    assert careful.post(address, {"csrfmiddlewaretoken": "a" * 32}, headers={"Origin": "null"}).status_code == 200
    evil = careful.post(address, {"csrfmiddlewaretoken": "a" * 32}, headers={"Origin": "https://evil.example"})
    assert evil.status_code == 403


# -- limits (T23: failures, never successes)


def test_too_many_failures_are_told_to_stop_and_a_true_link_still_opens(doors, client):
    statuses = [client.get("/door/guess/").status_code for _ in range(limits.FAILURES + 1)]

    assert statuses == [404] * limits.FAILURES + [429]
    assert client.get(f"/door/{links.token_for(doors)}/").status_code == 200


def test_five_hundred_true_links_from_one_address_all_open(doors, client):
    address = f"/door/{links.token_for(doors)}/"

    assert {client.get(address).status_code for _ in range(500)} == {200}


def test_one_address_being_told_to_stop_leaves_another_alone(doors, client):
    for _ in range(limits.FAILURES + 1):
        client.get("/door/guess/", REMOTE_ADDR="203.0.113.9")

    assert client.get("/door/guess/", REMOTE_ADDR="203.0.113.10").status_code == 404


def test_a_withdrawn_link_is_not_a_guess(doors, client):
    links.withdraw(doors)

    statuses = {client.get(f"/door/{links.token_for(doors)}/").status_code for _ in range(limits.FAILURES + 5)}

    assert statuses == {410}


def test_a_dead_cache_slows_nobody(doors, client, monkeypatch):
    def broken(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr(limits.cache, "add", broken)

    assert {client.get("/door/guess/").status_code for _ in range(limits.FAILURES + 5)} == {404}


@pytest.mark.parametrize(
    ("peer", "forwarded", "seen"),
    [
        ("198.51.100.7", "203.0.113.1", "198.51.100.7"),  # a stranger's word for who they are counts for nothing
        ("10.0.0.5", "203.0.113.1", "203.0.113.1"),
        ("10.0.0.5", "192.0.2.66, 203.0.113.1", "203.0.113.1"),  # what the caller wrote stands left of what we saw
        ("10.0.0.5", "203.0.113.1, 10.0.0.9", "203.0.113.1"),
        ("10.0.0.5", "", "10.0.0.5"),
    ],
)
def test_who_is_calling_is_seen_through_our_own_proxies_only(settings, peer, forwarded, seen):
    settings.TRUSTED_PROXIES = ["10.0.0.0/24"]

    assert limits.client_address(SimpleNamespace(META={"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": forwarded})) == seen


# -- logs


def test_a_token_never_reaches_a_log(doors, client, caplog):
    caplog.handler.addFilter(NoTokens())
    token = links.token_for(doors)
    links.replace(doors)

    client.get(f"/door/{token}/")
    logging.getLogger("django.request").error("Broken: %s", f"/door/{token}/")
    try:
        raise ValueError(f"could not open /door/{token}/")
    except ValueError:
        logging.getLogger("brokerage").exception("It broke")

    assert token.split(".")[2] not in caplog.text
    assert "/door/[link]/" in caplog.text


@pytest.mark.parametrize("keep", ["psycopg2.1.not", "Enquiry E000012 sent", "version 5.2.19.final", "a.1.b"])
def test_ordinary_words_are_left_in_the_log(keep):
    assert without_tokens(keep) == keep


def test_search_engines_are_asked_to_stay_away():
    from brokerage.links.views import robots

    body = robots(RequestFactory().get("/robots.txt")).content.decode()
    assert re.search(r"^Disallow: /$", body, re.MULTILINE)


# -- one-time codes


def sent(thing, purpose="sign"):
    return codes.digits_of(codes.send(thing, purpose, address="manager@provider.example"))


def test_a_code_is_six_digits_and_right_once(a_door):
    code = sent(a_door)

    assert re.fullmatch(r"\d{6}", code)
    assert codes.spend(a_door, "sign", code) is None
    assert codes.spend(a_door, "sign", code) == codes.STALE


def test_a_code_may_be_typed_with_spaces(a_door):
    code = sent(a_door)

    assert codes.spend(a_door, "sign", f" {code[:3]} {code[3:]} ") is None


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_a_wrong_code_is_counted_and_the_fifth_ends_it(a_door):
    code = sent(a_door)

    answers = [codes.spend(a_door, "sign", wrong(code)) for _ in range(5)]

    assert answers == [codes.WRONG] * 4 + [codes.STALE]
    assert codes.spend(a_door, "sign", code) == codes.STALE


@pytest.mark.parametrize(("minutes", "answer"), [(14.99, None), (15, codes.STALE)])
def test_a_code_lasts_fifteen_minutes(a_door, minutes, answer):
    start = datetime(2026, 11, 3, 12, tzinfo=UTC)
    with time_machine.travel(start, tick=False):
        code = sent(a_door)
    with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
        assert codes.spend(a_door, "sign", code) == answer


def test_a_new_code_ends_the_one_before_it(a_door):
    older, newer = sent(a_door), sent(a_door)

    assert codes.spend(a_door, "sign", older) in {codes.WRONG, None if older == newer else codes.WRONG}
    assert codes.spend(a_door, "sign", newer) is None


def test_a_code_for_one_thing_or_purpose_does_not_serve_another(a_door):
    other = Door.objects.create()
    code = sent(a_door)

    assert codes.spend(other, "sign", code) == codes.STALE
    assert codes.spend(a_door, "decline", code) == codes.STALE


def test_a_mailbox_is_not_flooded_with_codes(a_door):
    for _ in range(codes.AT_MOST):
        sent(a_door)

    with pytest.raises(Refused, match="Wait an hour"):
        sent(a_door)


def test_what_is_kept_of_a_code_does_not_give_it_away(a_door):
    code = sent(a_door)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(links_onetimecode)::text FROM links_onetimecode")
        kept = cursor.fetchone()[0]

    assert code not in kept
    with override_settings(LINK_KEY="somebody with the table but not the key"):
        assert codes.digits_of(OneTimeCode.objects.get()) != code


@pytest.mark.parametrize("typed", ["", "abc", "１２３４５６", "000000000", "-1", "12345"])
def test_what_is_not_a_code_is_only_wrong(a_door, typed):
    sent(a_door)

    assert codes.spend(a_door, "sign", typed) == codes.WRONG
