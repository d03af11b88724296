"""With many cases PostgreSQL reads the queue and the search from indexes: no table is read through, no list is sorted."""

import re

import pytest
from django.db import connection
from django.urls import reverse

from brokerage.home.search import find
from brokerage.home.tests import many
from brokerage.tests.factories import TeamFactory, UserFactory

pytestmark = pytest.mark.django_db
BIG = re.compile(r"Seq Scan on (referrals_workitem|referrals_person|referrals_referral)\b")
LISTS = (
    *("tab=mine", "tab=team", "tab=unassigned", "tab=waiting", "tab=signature", "tab=escalated"),
    *("tab=team&priority=emergency", "tab=team&service=Service+3", "tab=team&area=PL7", "tab=team&clock=overdue"),
    *("tab=team&clock=none", "tab=team&owner=nobody", "tab=team&sort=newest", "tab=team&sort=oldest"),
)
FINDS = ("okaforaa", "winifred okaforaa", "okafraa", "M500123", "R8000123", "PL7 8AA", "9434765919")


@pytest.fixture
def council(team):
    """Twenty thousand cases in three teams, a fifth of them open."""
    teams = [team, TeamFactory(children=True), TeamFactory(slug="third", name="Third")]
    owners = UserFactory.create_batch(4, broker=True)
    many.cases(20_000, are_open=4_000, teams=teams, owners=owners)
    return teams, owners


def plans_of(do, *, without=()):
    """What PostgreSQL does for each statement about cases and people; `without` some ways of doing it."""
    asked = []

    def listen(execute, sql, params, many, context):
        if sql.lstrip().startswith("SELECT") and "referrals_" in sql:
            asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        do()
    with connection.cursor() as cursor:
        for way in without:
            cursor.execute(f"SET LOCAL {way} = off")
        for sql, params in asked:
            cursor.execute(f"EXPLAIN {sql}", params)
            yield sql, "\n".join(line for (line,) in cursor.fetchall())
        for way in without:
            cursor.execute(f"SET LOCAL {way} = on")


def test_every_statement_reads_an_index(client, council):
    teams, owners = council
    client.force_login(owners[0])
    wrong = []

    def look(do):
        wrong.extend(plan for _, plan in plans_of(do) if BIG.search(plan))

    for query in LISTS:
        look(lambda query=query: client.get(f"{reverse('queue')}?{query}"))
    look(lambda: client.get(f"{reverse('queue_live')}?tab=team"))
    client.force_login(UserFactory(broker=True, teams=teams[:2]))
    look(lambda: client.get(f"{reverse('queue')}?tab=team"))

    assert wrong == [], "\n\n".join(wrong)


def test_every_search_reads_an_index(council):
    wrong = []

    for words in FINDS:
        for sql, plan in plans_of(lambda words=words: find(words, council[1][0]), without=("enable_seqscan",)):
            named = "AS people" not in sql or "Bitmap Index Scan on person_search_words" in plan
            if BIG.search(plan) or not named:
                wrong.append(f"{words}\n{plan}")

    assert wrong == [], "\n\n".join(wrong)


def test_every_list_has_an_index_of_its_order_and_every_page_begins_within_it(client, council):
    client.force_login(council[1][0])
    wrong = []

    for query in LISTS:
        page = client.get(f"{reverse('queue')}?{query}").context["page"]
        for address in (query, f"{query}&after={page.after}") if page.after else (query,):
            for sql, plan in plans_of(
                lambda address=address: client.get(f"{reverse('queue')}?{address}"),
                without=("enable_sort", "enable_bitmapscan"),
            ):
                if '"accounts_user"."full_name"' not in sql:
                    continue
                if "Sort" in plan or not re.search(r"Index Scan (Backward )?using work_", plan):
                    wrong.append(f"{address}\n{plan}")
                if "after=" in address and not re.search(r"Index Cond: .*ROW\(", plan):
                    wrong.append(f"{address}\n{plan}")

    assert wrong == [], "\n\n".join(wrong)
