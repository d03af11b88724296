"""The database is away: every page says so and when to come back, and none pretends to be broken itself (T4, rule 14)."""

import logging

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, InterfaceError, OperationalError, connection
from django.urls import reverse

from brokerage.health import logs
from referrals.models import Person
from referrals.tests.factories import PersonFactory, ReferralFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[OperationalError, InterfaceError])
def database_gone(request):
    """Call it to take the database away, as it goes when the server does and when a connection breaks in use."""

    def refuse(execute, sql, params, many, context):
        raise request.param("server closed the connection unexpectedly")

    return connection.execute_wrapper(refuse)


@pytest.fixture
def signed_in(client, broker):
    client.raise_request_exception = False
    client.force_login(broker)
    return client


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "address", ["/", "/cases/", "/sign-in/", "/cases/R900001/start/", "/reply/none", "/search/?q=x"]
)
def test_a_page_says_when_to_come_back(method, address, signed_in, database_gone):
    with database_gone:
        answer = signed_in.generic(method, address)

    if "sign-in" in address or "reply" in address:  # these may be answered without it
        assert answer.status_code < 500 or answer.status_code == 503
        return
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert "half a minute" in answer.content.decode()


def test_that_page_is_framed_by_nobody_and_kept_nowhere(signed_in, database_gone):
    with database_gone:
        answer = signed_in.get("/cases/")

    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"


def test_a_fault_of_our_own_is_still_called_one(signed_in, monkeypatch):
    monkeypatch.setattr("brokerage.home.search_views.find", lambda *_: 1 / 0)

    assert signed_in.get("/search/?q=Okafor").status_code == 500


@pytest.mark.parametrize("address", ["/readyz", "/metrics"])
def test_the_watcher_is_told_whichever_way_the_connection_went(address, client, database_gone):
    with database_gone:
        answer = client.get(address)

    assert answer.status_code == (503 if address == "/readyz" else 200)
    assert b'"ready": false' in answer.content or b"brokerage_database_up 0" in answer.content


def test_afterwards_everything_goes_on(signed_in, database_gone):
    with database_gone:
        signed_in.get("/cases/")

    assert signed_in.get("/cases/").status_code == 200
    assert Session.objects.exists()


def test_a_refused_row_is_not_printed_in_the_logs():  # T32
    person = PersonFactory(first_names="Winifred", last_name="Okafor", address="12 Rose Lane")
    record = None
    try:
        Person.objects.filter(pk=person.pk).update(nhs_number="12")
    except IntegrityError as error:
        record = logging.LogRecord(
            "django.request", logging.ERROR, "", 0, "%s", (str(error),), (type(error), error, error.__traceback__)
        )

    assert "Okafor" in str(record.exc_info[1])
    logs.NoRows().filter(record)

    assert "person_nhs_number_is_ten_digits" in record.exc_text
    assert "Okafor" not in record.exc_text + record.getMessage()


def test_what_somebody_reads_signed_in_is_kept_in_no_browser(signed_in, broker):
    case = ReferralFactory(in_progress=True, broker=broker)

    for name in ("casefile", "case_needs", "case_history"):
        assert signed_in.get(reverse(name, args=[case.reference]))["Cache-Control"] == "no-store"
    assert "public" in signed_in.get(reverse("theme"))["Cache-Control"]
