"""What is measured in a process of the service itself: statements, sweeps, deadlines, deeds. Prints JSON."""

import json
import os
import random
import sys
import time
import traceback
from dataclasses import replace
from datetime import date, timedelta
from inspect import signature
from statistics import median

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "brokerage.settings")
if not apps.ready:
    django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from brokerage.accounts.models import User  # noqa: E402
from brokerage.clocks import calendars, clock, working_time  # noqa: E402
from brokerage.deadlines import escalating  # noqa: E402
from brokerage.deadlines.models import Clock, Escalation  # noqa: E402
from brokerage.demo import cases  # noqa: E402
from brokerage.demo.invented import PEOPLE, Somebody  # noqa: E402
from brokerage.demo.simulate.people import name  # noqa: E402
from brokerage.demo.times import Past  # noqa: E402
from brokerage.notify import doorbell  # noqa: E402
from providers.directory import queries as directory  # noqa: E402
from providers.directory.places import Place  # noqa: E402
from providers.enquiries import actions as enquiries  # noqa: E402
from providers.models import Contact, Enquiry, Provider, Service  # noqa: E402
from referrals.intake import actions as intake  # noqa: E402
from referrals.models import Person, Referral, WorkItem  # noqa: E402

MAKE_OVERDUE = """
UPDATE deadlines_stage SET settled_at = NULL, is_held = false, due_at = %s WHERE id IN (
    SELECT s.id FROM deadlines_stage s JOIN deadlines_clock c ON c.id = s.clock_id
    WHERE c.stopped_at IS NULL AND c.paused_at IS NULL AND s.name = 'missed'
      AND NOT EXISTS (SELECT 1 FROM deadlines_escalation e WHERE e.stage_id = s.id)
    ORDER BY s.id LIMIT %s)
"""
ONE_STATEMENT = """
WITH due AS (
    SELECT id FROM deadlines_stage WHERE settled_at IS NULL AND NOT is_held AND due_at <= %(at)s
    ORDER BY due_at LIMIT 1000 FOR UPDATE SKIP LOCKED
), claimed AS (
    UPDATE deadlines_stage s SET settled_at = %(at)s FROM due WHERE s.id = due.id RETURNING s.id, s.clock_id, s.name
)
INSERT INTO audit_event (
    at, verb, actor_kind, actor_name, actor_role, actor_organisation, subject_label, subject_id, "case", said, because, facts
)
SELECT %(at)s, 'clock.escalated', 'system', 'The service', '', '', 'deadlines.Clock', clock_id::text, '', name, '', '{}' FROM claimed
"""
SESSION_AND_ROWS = (
    "SELECT reference FROM referrals_workitem WHERE is_open AND team_id = %s ORDER BY team_id, due_key, id LIMIT 50"
)


MEASURES = "counts paths statements due_dates bare_sql sweeps submitting nearest blast closure_day".split()


def main(services: int, deeds: int) -> dict:
    doorbell.ring = lambda: False  # no worker is there to hear, and the bell is not what is measured
    broker = User.objects.get(email="broker@marlshire.example")
    return {"sessions": {"broker": session_of(broker)}} | measured(services=services, deeds=deeds, broker=broker)


def measured(**given) -> dict:
    found = {}
    for what in MEASURES:
        measure, begun = globals()[what], time.monotonic()
        try:
            found |= measure(**{wanted: given[wanted] for wanted in signature(measure).parameters})
        except Exception:  # what cannot be measured leaves a gap in the table, and takes nothing else with it
            traceback.print_exc()
        print(f"  {what}: {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    return found


def milliseconds(do) -> float:
    begun = time.perf_counter()
    do()
    return (time.perf_counter() - begun) * 1000


def counts() -> dict:
    return {
        "open": WorkItem.objects.open().count(),
        "referrals": Referral.objects.count(),
        "clocks": Clock.objects.count(),
        "running clocks": Clock.objects.running().count(),
    }


def session_of(user) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def paths(broker) -> dict:
    chance = random.Random(1)
    references = list(WorkItem.objects.open().visible_to(broker).values_list("reference", flat=True)[:5000])
    people = list(Person.objects.filter(referrals__reference__in=references[:500]).values_list("last_name", "postcode"))
    chance.shuffle(people)
    return {
        "cases": [f"/cases/{reference}/" for reference in chance.sample(references, min(60, len(references)))],
        "searches": [
            f"/search/?q={words}"
            for name, postcode in people[:20]
            for words in (name.replace("’", "").replace("'", ""), postcode.partition(" ")[0])
        ]
        + [f"/search/?q={reference[:-1]}" for reference in chance.sample(references, min(20, len(references)))],
    }


def statements(broker) -> dict:
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(broker, backend=settings.AUTHENTICATION_BACKENDS[0])
    reference = WorkItem.objects.open().visible_to(broker).values_list("reference", flat=True)[0]
    found = {}
    for what, path in {
        "queue sql": "/cases/?tab=team",
        "case sql": f"/cases/{reference}/",
        "search sql": "/search/?q=smith",
    }.items():
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answered {answer.status_code}.")
        found[what] = sum(not query["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")) for query in queries)
    return found


def due_dates() -> dict:
    policy, chance = calendars.policy(), random.Random(2)
    at = clock.now()
    moments = [at - chance.random() * (at - at.replace(year=at.year - 1)) for _ in range(20_000)]
    working_time.response_due("routine", moments[0], policy)
    took = [
        milliseconds(lambda: [working_time.response_due("routine", moment, policy) for moment in moments])
        for _ in range(3)
    ]
    with_sentence = milliseconds(
        lambda: [working_time.response("routine", moment, policy) for moment in moments[:4000]]
    )
    return {"due dates": len(moments) / min(took) * 1000, "deadlines with sentences": 4000 / with_sentence * 1000}


def bare_sql(broker) -> dict:
    team = broker.teams.first()

    def read():
        with connection.cursor() as cursor:
            cursor.execute(SESSION_AND_ROWS, [team.pk])
            cursor.fetchall()

    read()
    return {"floor sql": median(milliseconds(read) for _ in range(50))}


def make_overdue(how_many: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(MAKE_OVERDUE, [clock.now(), how_many])
        return cursor.rowcount


def sweeps() -> dict:
    how_many = 1000
    escalating.escalate_due(
        at=clock.now()
    )  # what came due since the caseload was told, and whatever a first time costs
    made, times, sql = 0, [], 0
    for attempt in range(4):
        made = make_overdue(how_many)
        before, at = Escalation.objects.count(), clock.now()
        if attempt == 0:
            with CaptureQueriesContext(connection) as queries:
                escalating.escalate_due(at=at)
            sql = sum(not query["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")) for query in queries)
        else:
            times.append(milliseconds(lambda at=at: escalating.escalate_due(at=at)))
        if Escalation.objects.count() - before != made:
            raise SystemExit(f"{Escalation.objects.count() - before} of {made} escalated.")
    nothing = median(milliseconds(lambda: escalating.escalate_due(at=clock.now())) for _ in range(15))
    make_overdue(how_many)
    floor = []
    for _ in range(4):
        with transaction.atomic(), connection.cursor() as cursor:
            floor.append(milliseconds(lambda: cursor.execute(ONE_STATEMENT, {"at": clock.now()})))
            transaction.set_rollback(True)
    return {
        "sweep": median(times), "sweep sql": sql, "swept": made, "sweep of nothing": nothing, "floor sweep": median(floor[1:]),
    }  # fmt: skip


def somebody(number: int) -> Somebody:
    """Nobody who could be taken for one of the others, or of those there are."""
    first, last, *_ = name(random.Random(number))
    born_on = (date(1930, 1, 1) + timedelta(days=97 * number)).isoformat()
    record_id = f"B{number:06d}"
    return replace(
        PEOPLE[0],
        first_names=f"{first} {number:03d}",
        last_name=f"{last}-{number:03d}",
        born_on=born_on,
        record_id=record_id,
    )


def submitting(deeds: int) -> dict:
    staff = {user.email.partition("@")[0]: user for user in User.objects.filter(email__endswith="@marlshire.example")}
    drafts = [
        cases.Story(staff, somebody(number), "home-care", Past(clock.now())).drafted() for number in range(deeds + 1)
    ]
    times, sql = [], 0
    for number, story in enumerate(drafts):
        if number == 0:
            with CaptureQueriesContext(connection) as queries:
                intake.submit(story.referral, by=staff["coordinator"])
            sql = len(queries)
        else:
            times.append(milliseconds(lambda story=story: intake.submit(story.referral, by=staff["coordinator"])))
    return {"submit": median(times), "submit sql": sql}


def nearest(services: int) -> dict:
    chance = random.Random(3)
    provider = Provider.objects.first()
    for first in range(0, services, 1000):
        Service.objects.bulk_create(
            Service(
                provider=provider,
                name=f"Service {number}",
                kinds=["home_care"] if number % 2 else ["residential_home"],
                easting=chance.randrange(100_000, 650_000),
                northing=chance.randrange(10_000, 650_000),
            )
            for number in range(first, min(first + 1000, services))
        )
        with connection.cursor() as cursor:
            cursor.execute("DISCARD PLANS")  # those of its triggers were made for an empty directory

    def ask():
        place = Place(chance.randrange(200_000, 550_000), chance.randrange(100_000, 500_000))
        list(directory.nearest("home_care", place, 50))

    ask()
    return {"services": Service.objects.count(), "nearest 50": median(milliseconds(ask) for _ in range(25))}


def blast(broker) -> dict:
    """Asking as many as one enquiry may ask: the click, until it is durable."""
    how_many = 200
    near = Service.objects.filter(name="Rowan Tree Home Care").first()
    made = Service.objects.bulk_create(
        Service(
            provider=near.provider,
            name=f"Near {number}",
            kinds=near.kinds,
            specialisms=near.specialisms,
            easting=near.easting + number,
            northing=near.northing,
            register_status=near.register_status,
            postcode=near.postcode,
        )  # fmt: skip
        for number in range(how_many)
    )
    Contact.objects.bulk_create(
        Contact(service=one, kind="enquiries", mailbox=f"near{one.pk}@nowhere.example") for one in made
    )
    staff = {user.email.partition("@")[0]: user for user in User.objects.filter(email__endswith="@marlshire.example")}
    times, asked, sql = [], 0, 0
    for number in range(3):
        story = (
            cases.Story(staff, somebody(500 + number), "home-care", Past(clock.now())).drafted().submitted().started()
        )
        enquiry = enquiries.begin(story.referral, by=broker)
        enquiries.write(enquiry, need_in_brief=PEOPLE[0].brief, by=broker)
        with CaptureQueriesContext(connection) as queries:
            times.append(milliseconds(lambda enquiry=enquiry: enquiries.send(enquiry, by=broker)))
        asked, sql = Enquiry.objects.get(pk=enquiry.pk).invitations.count(), len(queries)
    return {"blast": median(times), "blast asked": asked, "blast sql": sql}


def closure_day() -> dict:
    try:
        from brokerage.deadlines.closed_days import actions
    except ImportError:
        return {}
    by = User.objects.get(email="admin@marlshire.example")
    on = clock.now().date()
    while True:
        on = on.fromordinal(on.toordinal() + 1)
        if calendars.policy().is_working_day(on):
            break
    moved = []
    took = milliseconds(lambda: moved.append(actions.close_on(on, name="Snow", move_clocks=True, by=by)[1]))
    return {"closure day": took / 1000, "clocks moved a second": moved[0] / took * 1000}


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]))))
