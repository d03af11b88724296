"""Two requests with the same form key at the same moment."""

import threading
import time
import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import RequestFactory

from brokerage.clocks import clock
from brokerage.design import sending
from brokerage.design.models import SentForm
from brokerage.design.tasks import forget_sent_forms
from brokerage.errors import Refused


def sent(key, **answers):
    request = RequestFactory().post("/form/", {"form_key": key, **answers})
    request.user = AnonymousUser()
    return request


def until_somebody_waits():
    """Ends when another session waits for a row this one is writing."""
    ends = time.monotonic() + 8
    while time.monotonic() < ends:
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from pg_locks where not granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("the second request did not wait for the first")


class Race:
    """The first request is in the middle of its deed when the second arrives with the same key."""

    def __init__(self, ends_with=None):
        self.deeds, self.went, self.begun = [], {}, threading.Event()
        self.ends_with = ends_with

    def first_deed(self):
        self.deeds.append("first")
        self.begun.set()
        until_somebody_waits()
        if self.ends_with:
            raise self.ends_with
        return "/where-the-first-went/"

    def second_deed(self):
        self.deeds.append("second")
        return "/where-the-second-went/"

    def send(self, name, deed, key):
        try:
            self.went[name] = sending.once(sent(key, name="Jo"), deed)
        except Refused as refusal:
            self.went[name] = str(refusal)
        finally:
            connection.close()

    def run(self):
        key = str(uuid.uuid4())
        first = threading.Thread(target=self.send, args=("first", self.first_deed, key))
        second = threading.Thread(target=self.send, args=("second", self.second_deed, key))
        first.start()
        assert self.begun.wait(5)
        second.start()
        first.join(15)
        second.join(15)
        return self


@pytest.mark.django_db(transaction=True)
def test_the_second_waits_for_the_first_and_goes_where_it_went():
    race = Race().run()

    assert race.deeds == ["first"]
    assert race.went == {"first": "/where-the-first-went/", "second": "/where-the-first-went/"}


@pytest.mark.django_db(transaction=True)
def test_where_the_first_was_refused_the_second_acts():
    race = Race(ends_with=Refused("No bed is free.")).run()

    assert race.went == {"first": "No bed is free.", "second": "/where-the-second-went/"}
    assert SentForm.objects.count() == 1


def test_another_file_under_the_same_name_is_another_form():
    def with_file(content):
        return RequestFactory().post("/", {"name": "Jo", "plan": SimpleUploadedFile("plan.pdf", content)})

    assert sending.body_hash(with_file(b"one")) == sending.body_hash(with_file(b"one"))
    assert sending.body_hash(with_file(b"one")) != sending.body_hash(with_file(b"two"))


def test_a_file_can_still_be_read_after_it_was_counted():
    request = RequestFactory().post("/", {"plan": SimpleUploadedFile("plan.pdf", b"care")})

    sending.body_hash(request)

    assert request.FILES["plan"].read() == b"care"


def test_what_was_sent_long_ago_is_forgotten(db):
    for age in (1, 9):
        SentForm.objects.create(key=uuid.uuid4(), path="/", body_hash="", sent_at=clock.now() - timedelta(days=age))

    assert forget_sent_forms() == 1
    assert SentForm.objects.count() == 1
