"""Real servers, killed, emptied and frozen in the middle of their work; counted at the mail server.

What is promised: every letter arrives at least once; none comes twice that was already noted as sent.
"""

import random
import re
import time
import urllib.parse
import urllib.request
from datetime import timedelta
from http.cookiejar import CookieJar

import pytest
from django.db import transaction
from django.db.models.functions import Now

from brokerage.notify import delivery, doorbell
from brokerage.notify.models import Message
from brokerage.notify.telling import Letter, tell_many

from .factories import UserFactory
from .faults.servers import frozen, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

PROCESSES = 2


@pytest.fixture
def hello(letters):
    return letters("hello", "Hello {{ name }}", "Dear {{ name }}")


def write(template, count, **facts):
    with transaction.atomic():
        return tell_many(
            Letter(address=f"p{n}@council.example", template=template, context={"name": n}, **facts)
            for n in range(count)
        )


def ids(**state):
    return set(Message.objects.filter(**state).values_list("pk", flat=True))


def leases_run_out():
    """Time passes for those who died with a letter in their hands."""
    Message.objects.filter(state="sending").update(lease_until=Now() - timedelta(seconds=1))


def all_settled():
    return not Message.objects.waiting().exists()


def check_the_count(mail, *, confirmed, extra_at_most):
    """The balance: nothing lost, nothing confirmed sent again, and every copy the same letter."""
    copies = mail.copies
    lost = ids() - set(copies)
    doubled = {pk for pk, times in copies.items() if times > 1}
    assert lost == set()
    assert doubled & confirmed == set()
    assert sum(copies.values()) - len(copies) <= extra_at_most
    assert ids(state="sent") == ids() == set(copies)
    names = {}
    for letter in mail.letters:
        assert letter["X-Envelope-To"] == letter["To"]
        first = names.setdefault(letter["X-Dispatch-Id"], (letter["Message-ID"], letter["Date"]))
        assert first == (letter["Message-ID"], letter["Date"])
    return sum(copies.values()) - len(copies)


def kill_in_the_middle(workers, bell, mail, hello, *, letters=200):
    mail.behaves(slow=0.02)
    worker = workers(processes=PROCESSES)
    write(hello, letters)
    doorbell.ring()  # the second process helps
    at = random.randint(letters * 15 // 100, letters * 85 // 100)
    wait_until(lambda: len(mail) >= at, every=0.002)

    worker.kill()
    bell.flush()

    confirmed = ids(state="sent")
    assert 0 < len(confirmed) < letters
    leases_run_out()
    worker.start()
    doorbell.ring()
    wait_until(all_settled)
    return check_the_count(mail, confirmed=confirmed, extra_at_most=PROCESSES)


def test_a_worker_killed_among_200_letters_and_a_flushed_redis_lose_none(workers, bell, mail, hello):
    kill_in_the_middle(workers, bell, mail, hello)

    assert mail.connections <= 2 * PROCESSES + 1


@pytest.mark.soak
@pytest.mark.parametrize("time_round", range(50))
def test_killed_again_and_again(workers, bell, mail, hello, time_round):
    extra = kill_in_the_middle(workers, bell, mail, hello, letters=500)

    print(f"round {time_round}: 500 letters, {extra} extra copies")


@pytest.mark.soak
@pytest.mark.parametrize("time_round", range(10))
def test_a_worker_stopped_past_its_lease_and_woken_loses_none(workers, bell, mail, hello, time_round):
    mail.behaves(slow=0.02)
    sleeper = workers(processes=PROCESSES)
    write(hello, 200)
    doorbell.ring()
    wait_until(lambda: len(mail) >= random.randint(30, 150), every=0.002)
    with frozen(sleeper):
        confirmed = ids(state="sent")
        leases_run_out()
        while delivery.drain():
            pass
    wait_until(all_settled)

    check_the_count(mail, confirmed=confirmed, extra_at_most=PROCESSES)


@pytest.mark.soak
@pytest.mark.parametrize(
    "manners, extra",
    [({"drops": 0.05}, 60), ({"not_now": 0.2}, 0), ({"hang_up_after": 10}, 0), ({"slow": 0.2}, 0)],
)
def test_an_ugly_mail_server_loses_none(workers, bell, mail, hello, manners, extra):
    mail.behaves(**manners)
    workers(processes=PROCESSES)
    write(hello, 300)

    def settled():
        Message.objects.filter(state="queued", attempt__gt=0).update(next_try_at=Now())
        doorbell.ring()
        return all_settled()

    wait_until(settled, seconds=180, every=0.5)

    copies = mail.copies
    assert set(copies) == ids(state="sent") == ids()
    assert sum(copies.values()) - len(copies) <= extra


def ask_for_a_password(web, address):
    """A page that writes a letter, from outside. Returns how long the answer took."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    page = browser.open(f"{web.address}/password/forgotten/", timeout=20).read().decode()
    answers = dict(re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))
    began = time.monotonic()
    with browser.open(
        f"{web.address}/password/forgotten/", urllib.parse.urlencode({**answers, "email": address}).encode(), timeout=20
    ) as answer:
        assert answer.status == 200
    return time.monotonic() - began


def test_a_page_that_writes_a_letter_rings_for_a_worker(web, bell):
    ask_for_a_password(web, UserFactory().email)

    assert Message.objects.count() == 1
    assert bell.rings == 1


@pytest.mark.parametrize("fault", ["frozen", "dead"])
def test_without_redis_a_page_that_writes_letters_answers_and_they_go_later(web, bell, mail, fault):
    people = [UserFactory(), UserFactory()]
    bell.freeze() if fault == "frozen" else bell.kill()

    took = [ask_for_a_password(web, person.email) for person in people]

    assert max(took) < 3
    assert Message.objects.waiting().count() == 2
    assert delivery.rescue() == 2
    assert [letter["To"] for letter in mail.letters] == [person.email for person in people]


def test_a_frozen_redis_costs_one_short_wait_and_then_none(bell, hello):
    with frozen(bell):
        began = time.monotonic()
        assert doorbell.ring() is False
        first = time.monotonic() - began
        for _ in range(20):
            assert doorbell.ring() is False
        rest = time.monotonic() - began - first

    assert first < 1.5
    assert rest < 0.1


def test_a_bell_that_was_mended_rings_again(bell, monkeypatch):
    monkeypatch.setattr(doorbell, "LEAVE_ALONE_FOR", 0.2)
    with frozen(bell):
        assert doorbell.ring() is False
    time.sleep(0.3)

    assert doorbell.ring() is True
