"""A caseload for load tests: believable, lawful row by row, and the same for the same seed."""

from collections import Counter
from datetime import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from brokerage.accounts.models import User
from brokerage.audit import sealing, verifying
from brokerage.audit.models import Event
from brokerage.clocks import stages
from brokerage.deadlines import actions as deadlines
from brokerage.deadlines.models import Clock, Escalation, Kind, Stage
from brokerage.demo import council
from brokerage.demo.simulate import making, people, staff
from brokerage.demo.simulate.copying import Table
from brokerage.demo.simulate.moments import Moments
from brokerage.notify.models import Message
from referrals.models import Note, Person, Referral, WorkItem
from referrals.timing import actions as timing

AT = datetime.fromisoformat("2026-11-03T00:00+00:00")
TABLES = (
    "referrals_person",
    "referrals_referral",
    "referrals_needs",
    "referrals_visit",
    "referrals_workitem",
    "deadlines_clock",
    "deadlines_stage",
    "deadlines_escalation",
    "audit_event",
)
# what the database itself writes into a row, and what numbers it gives
ITS_OWN = (
    "'id', 'recorded_at', 'tx', 'person_id', 'referral_id', 'subject_id', 'clock_id', 'stage_id', 'reference', 'case'"
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def councils_people():
    council.set_up()


def simulate(*arguments, referrals=60, seed=1):
    said = StringIO()
    call_command("simulate", "--referrals", referrals, "--seed", seed, "--at", AT.isoformat(), *arguments, stdout=said)
    return said.getvalue()


@pytest.fixture
def caseload(councils_people, settings):
    settings.DEMONSTRATION = True
    simulate("--open", "0.5", referrals=120)


def digest() -> dict[str, str]:
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            row = f"(to_jsonb(t) - ARRAY[{ITS_OWN}])::text"
            cursor.execute(f"SELECT md5(string_agg({row}, ' ' ORDER BY {row})) FROM {table} t")
            found[table] = cursor.fetchone()[0]
    return found


def digest_of(**seed) -> dict[str, str]:
    with transaction.atomic():
        simulate("--open", "0.5", **seed)
        found = digest()
        transaction.set_rollback(True)
    return found


def test_the_same_seed_makes_the_same_rows(councils_people, settings):
    settings.DEMONSTRATION = True
    staff.units(referrals=60, open_cases=30, seed=7)  # once for all three: who is made up keeps their number

    first, again, other = digest_of(seed=7), digest_of(seed=7), digest_of(seed=8)

    assert None not in first.values()
    assert first == again
    assert all(first[table] != other[table] for table in TABLES)


def test_as_many_are_open_and_closed_as_were_asked_for(councils_people, settings):
    settings.DEMONSTRATION = True

    said = simulate("--closed", "45", referrals=60)

    assert "Made 60 referrals, 15 open" in said
    assert WorkItem.objects.open().count() == Referral.objects.open().count() == 15
    assert Referral.objects.filter(status__in=["closed", "withdrawn"]).count() == 45


def test_nobody_is_written_to_and_nothing_rings(councils_people, settings, monkeypatch):
    settings.DEMONSTRATION = True
    monkeypatch.setattr("brokerage.notify.doorbell.ring_after_commit", lambda: 1 / 0)

    simulate()

    assert not Message.objects.exists()


def test_the_audit_is_whole_with_it_and_evidence_says_who_made_it(caseload):
    sealing.seal()

    assert list(verifying.findings()) == []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE pgh_context->>'command' = 'simulate') FROM referrals_personevent"
        )
        assert cursor.fetchone() == (120, 120)


def test_deadlines_are_those_that_the_service_itself_would_have_set(caseload):
    policy = Moments(AT).policy
    for clock in Clock.objects.filter(kind__in=[Kind.START, Kind.RESPONSE])[:60]:
        referral = Referral.objects.get(reference=clock.case)
        start, response = timing.foretell(clock.priority, at=referral.received_at, terms=referral.pathway.terms)
        expected = start if clock.kind == Kind.START else response
        assert (clock.due_at, clock.sentence, clock.rule) == (expected.due_at, expected.sentence, expected.rule)
        due = stages.instants(clock.priority, clock.started_at, clock.due_at, policy)
        assert dict(clock.stages.values_list("name", "due_at")) in ({}, due)


def test_a_sweep_at_that_instant_finds_nothing_left_to_tell(caseload, quiet_bell):
    assert Stage.objects.waiting().exists()
    assert Escalation.objects.exists()

    assert deadlines.escalate_due(at=AT) == 0


def test_the_queues_rows_say_what_the_clocks_say(caseload):
    for item in WorkItem.objects.open().select_related("referral"):
        ticking = Clock.objects.ticking().filter(case=item.reference).next_due_first().first()
        assert item.due_at == (ticking.due_at if ticking else None)
        assert item.initials == item.referral.person.initials
        assert item.owner_id == item.referral.broker_id


def test_every_way_of_standing_is_there(councils_people, settings):
    settings.DEMONSTRATION = True
    simulate("--open", "1", referrals=200)

    waits = Counter(WorkItem.objects.values_list("waits_on", flat=True))
    assert set(waits) == {"brokerage", "referrer", "provider", "person"}
    assert set(Referral.objects.values_list("priority", flat=True)) == {"routine", "urgent", "emergency"}
    assert Clock.objects.paused().exists()
    assert WorkItem.objects.open().escalated().exists()
    assert WorkItem.objects.open().unassigned().exists()


def test_nhs_numbers_are_of_the_test_range_with_a_check_digit_that_agrees(caseload):
    numbers = [number for number in Person.objects.values_list("nhs_number", flat=True) if number]

    assert numbers
    for number in numbers:
        total = sum(int(digit) * weight for digit, weight in zip(number, people.WEIGHTS, strict=False))
        assert number.startswith("999")
        assert (11 - total % 11) % 11 == int(number[9])


def test_who_was_made_up_to_do_the_work_cannot_sign_in(councils_people, settings):
    settings.DEMONSTRATION = True
    simulate("--open", "1", referrals=400)

    made = User.objects.filter(email__endswith=f"@{staff.DOMAIN}")
    assert made.exists()
    assert not any(user.has_usable_password() for user in made)


def test_it_refuses_where_the_service_may_be_in_use(councils_people, settings):
    settings.DEMONSTRATION = settings.DEBUG = False

    with pytest.raises(CommandError, match="Say --yes to go on"):
        simulate()
    assert not Referral.objects.exists()
    simulate("--yes", referrals=3)
    assert Referral.objects.count() == 3


@pytest.mark.parametrize(
    ("arguments", "why"),
    [(["--open", "1.5"], "from 0 to 1"), (["--closed", "61"], "from 0 to 60"), (["--at", "soon"], "2026-11-03T00:00")],
)
def test_what_cannot_be_meant_is_asked_for_again(councils_people, settings, arguments, why):
    settings.DEMONSTRATION = True

    with pytest.raises(CommandError, match=why):
        call_command("simulate", "--referrals", 60, "--seed", 1, *arguments)


def test_an_empty_database_gets_the_demonstrations_council_first(settings):
    settings.DEMONSTRATION = True

    simulate(referrals=5)

    assert Referral.objects.count() == 5


def test_what_was_typed_with_tabs_and_backslashes_is_kept_as_it_was(caseload, broker):
    words = "a\ttab, a \\ backslash,\na line, \\N and a “quote”"
    referral = Referral.objects.first()
    table = Table(Note, "referral_id", "words", "made_at", "made_by_id")
    table.add(referral.pk, words, AT, broker.pk)

    with connection.cursor() as cursor:
        table.copy(cursor.cursor)

    assert Note.objects.get().words == words


def test_it_makes_a_batch_at_a_time(councils_people, monkeypatch):
    monkeypatch.setattr(making, "AT_ONCE", 4)
    said = []

    making.make(10, open_cases=5, seed=1, at=AT, say=said.append)

    assert said == [4, 8, 10]
    assert Referral.objects.count() == 10
    assert Event.objects.filter(verb="referral.submitted").count() == 10
