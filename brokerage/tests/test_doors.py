"""Every role at every address, read and sent."""

from copy import deepcopy

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.urls import URLPattern, get_resolver, reverse
from django.urls.converters import get_converters
from django.urls.resolvers import RegexPattern
from rest_framework.views import APIView

from brokerage.accounts.models import Role
from brokerage.design.doors import ANYONE_SIGNED_IN, PUBLIC

from .doors import DOORS
from .factories import UserFactory

LET_IN = {200, 202, 204, 302, 400, 404, 405, 409, 410}
TURNED_AWAY = {401, 403}
NOT_OURS = ("allauth.", "drf_spectacular.")  # their views cannot say `may`; the table speaks for them
SAMPLES = {
    "int": 999_999_999,
    "slug": "none",
    "str": "none",
    "path": "none",
    "uuid": "00000000-0000-0000-0000-000000000000",
}


def _patterns(resolver, namespace=()):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield ":".join([*namespace, entry.name or f"an address without a name: {entry.pattern}"]), entry
        else:
            yield from _patterns(entry, [*namespace, entry.namespace] if entry.namespace else namespace)


ROUTES = dict(_patterns(get_resolver()))


def _path_of(name):
    pattern = ROUTES[name].pattern
    words = {type(converter): word for word, converter in get_converters().items()}
    parts = {part: words[type(converter)] for part, converter in pattern.converters.items()}
    if isinstance(pattern, RegexPattern):
        parts |= dict.fromkeys(pattern.regex.groupindex, "str")
    return reverse(name, kwargs={part: SAMPLES[word] for part, word in parts.items()})


def _view(name):
    callback = ROUTES[name].callback
    return getattr(callback, "view_class", None) or getattr(callback, "cls", None) or callback


def _is_api(name):
    view = _view(name)
    return isinstance(view, type) and issubclass(view, APIView)


def test_every_address_has_a_row_and_every_row_an_address():
    assert set(ROUTES) == set(DOORS)


@pytest.mark.parametrize("name", [name for name in ROUTES if not _view(name).__module__.startswith(NOT_OURS)])
def test_the_view_says_what_the_table_says(name):
    assert getattr(_view(name), "may", "nothing") == DOORS.get(name)


def test_nobody_at_all_reaches_only_what_is_public(client, db):
    wrong = []
    for name, path, method, response in _knocks(client):
        sent_to_sign_in = response.status_code == 302 and response["Location"].startswith(reverse(settings.LOGIN_URL))
        turned_away = sent_to_sign_in or (_is_api(name) and response.status_code in TURNED_AWAY)
        expected = response.status_code in LET_IN if DOORS.get(name) == PUBLIC else turned_away
        if not expected:
            wrong.append(f"{method} {path} ({name}) answered {response.status_code}")

    assert wrong == []


@pytest.mark.parametrize("role", Role)
def test_a_role_reaches_only_what_is_for_it(client, db, role):
    client.force_login(UserFactory(roles=[role]))

    wrong = []
    for name, path, method, response in _knocks(client):
        may = DOORS.get(name, set())
        is_let_in = may in (PUBLIC, ANYONE_SIGNED_IN) or role in may
        if response.status_code not in (LET_IN if is_let_in else TURNED_AWAY):
            wrong.append(f"{method} {path} ({name}) answered {response.status_code} to a {role.label.lower()}")

    assert wrong == []


def _knocks(client):
    """Every address, read and sent with nothing filled in; whatever a visit changed is undone before the next."""
    cookies = client.cookies
    for name in ROUTES:
        path = _path_of(name)
        for method in ("GET", "POST"):
            client.cookies = deepcopy(cookies)
            cache.clear()  # or the guessed links would soon be too many
            with transaction.atomic():
                response = client.generic(method, path)
                transaction.set_rollback(True)
            yield name, path, method, response
