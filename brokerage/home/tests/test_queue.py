"""What needs me today: tabs, filters, order, pages, and what they cost."""

from datetime import timedelta

import pytest
from django.urls import reverse

from brokerage.accounts.absence.actions import go_away
from brokerage.clocks import clock
from brokerage.tests.factories import TeamFactory, UserFactory
from referrals.tests.factories import ReferralFactory
from referrals.work.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, broker):
    client.force_login(broker)
    return client


def in_the_queue(n, **facts):
    """The last of them is due first."""
    cases = [ReferralFactory(received=True, **facts) for _ in range(n)]
    for number, case in enumerate(cases):
        WorkItem.objects.filter(referral=case).update(due_at=clock.now() + timedelta(hours=n - number))
    return cases


def shown(client, **query):
    page = client.get(reverse("queue"), {"tab": "team", **query})
    return [row.reference for row in page.context["page"].rows]


def test_what_is_due_next_stands_at_the_top(signed_in):  # DER-06
    cases = in_the_queue(3)

    assert shown(signed_in) == [case.reference for case in reversed(cases)]


def test_a_case_on_which_no_clock_runs_comes_last(signed_in):
    quiet = ReferralFactory(received=True)
    due = in_the_queue(1)[0]

    assert shown(signed_in) == [due.reference, quiet.reference]


def test_the_queue_asks_six_times_however_long_it_is(signed_in, django_assert_num_queries):
    in_the_queue(5)
    signed_in.get(reverse("queue"), {"tab": "team"})
    with django_assert_num_queries(6):  # session, person, teams, rows, counts, what stands around them
        signed_in.get(reverse("queue"), {"tab": "team"})
    in_the_queue(45)

    with django_assert_num_queries(6):
        page = signed_in.get(reverse("queue"), {"tab": "team"})

    assert page.context["shown"] == 50


def test_another_teams_case_is_in_nobody_elses_queue(client, stranger):
    in_the_queue(1)
    client.force_login(stranger)

    for tab in ("mine", "team", "unassigned", "waiting", "signature", "escalated"):
        page = client.get(reverse("queue"), {"tab": tab})
        assert page.context["shown"] == 0
        assert {tab["count"] for tab in page.context["tabs"]} == {"0"}


def test_somebody_of_two_teams_sees_both_in_one_order(client, team, childrens_team):
    client.force_login(UserFactory(broker=True, teams=[team, childrens_team]))
    adults, children = in_the_queue(2), in_the_queue(2, team=childrens_team)

    assert shown(client) == [adults[1].reference, children[1].reference, adults[0].reference, children[0].reference]


def test_tabs_count_what_stands_under_them(signed_in, broker):
    mine, second, third = in_the_queue(3)
    WorkItem.objects.filter(referral=mine).update(owner=broker, waits_on="panel")
    WorkItem.objects.filter(referral=second).update(awaits_signature=True)
    WorkItem.objects.filter(referral=third).update(
        escalated_stage="missed", escalated_at=clock.now(), due_at=clock.now() - timedelta(minutes=1)
    )

    page = signed_in.get(reverse("queue"))

    assert {tab["key"]: tab["count"] for tab in page.context["tabs"]} == {
        "mine": "1",
        "team": "3",
        "unassigned": "2",
        "waiting": "1",
        "signature": "1",
        "escalated": "1",
    }
    for tab, case in {"mine": mine, "waiting": mine, "signature": second, "escalated": third}.items():
        assert shown(signed_in, tab=tab) == [case.reference]


def test_more_than_a_thousand_are_not_counted(signed_in, monkeypatch):
    monkeypatch.setattr("brokerage.home.queue.counting.AT_MOST", 2)
    in_the_queue(3)

    assert 'data-count="team">2+<' in signed_in.get(reverse("queue"), {"tab": "team"}).content.decode()


def test_due_soon_is_marked_and_is_not_yet_among_the_escalated(signed_in):
    case = in_the_queue(1)[0]
    WorkItem.objects.filter(referral=case).update(escalated_stage="due_soon", escalated_at=clock.now())

    assert "Due soon" in signed_in.get(reverse("queue"), {"tab": "team"}).content.decode()
    assert shown(signed_in, tab="escalated") == []


def test_the_queue_says_what_will_be_there_when_it_is_empty(signed_in):
    assert "Take something from" in signed_in.get(reverse("queue")).content.decode()


FILTERS = [
    ({"priority": "urgent"}, {"priority": "urgent"}),
    ({"service": "Nursing home"}, {"service": "Nursing home"}),
    ({"area": "ex1"}, {"area": "EX1"}),
    ({"waits": "panel"}, {"waits_on": "panel"}),
    ({"clock": "overdue"}, {"due_at": timedelta(minutes=-5)}),
    ({"clock": "hour"}, {"due_at": timedelta(minutes=30)}),
    ({"clock": "none"}, {"due_at": None}),
    ({"received_to": "2026-01-02"}, {"received_at": timedelta(days=-900)}),
]


@pytest.mark.parametrize(("query", "facts"), FILTERS, ids=[str(query) for query, _ in FILTERS])
def test_filters_stand_in_the_address(signed_in, query, facts):
    case = in_the_queue(3)[0]
    WorkItem.objects.update(due_at=clock.now() + timedelta(days=20))
    facts = {name: clock.now() + value if isinstance(value, timedelta) else value for name, value in facts.items()}
    WorkItem.objects.filter(referral=case).update(**facts)

    assert shown(signed_in, **query) == [case.reference]


def test_filters_are_combined_and_one_is_taken_away_by_its_own_link(signed_in, broker):
    one, other, _ = in_the_queue(3)
    WorkItem.objects.filter(referral__in=[one, other]).update(area="EX1")
    WorkItem.objects.filter(referral=one).update(owner=broker)

    page = signed_in.get(reverse("queue"), {"tab": "team", "area": "EX1", "owner": "me"})

    assert [row.reference for row in page.context["page"].rows] == [one.reference]
    links = [chip.without for chip in page.context["chips"]]
    assert links == ["tab=team&owner=me", "tab=team&area=EX1"]
    assert signed_in.get(f"{reverse('queue')}?{links[1]}").context["shown"] == 2


def test_clearing_the_filters_keeps_the_tab(signed_in):
    html = signed_in.get(reverse("queue"), {"tab": "team", "area": "EX1"}).content.decode()

    assert '<a class="govuk-link govuk-link--no-visited-state" href="?tab=team">Clear all filters</a>' in html


def test_cases_received_on_a_day_are_those_of_the_councils_day(signed_in):
    case = in_the_queue(1)[0]
    WorkItem.objects.filter(referral=case).update(received_at="2026-07-01T22:30:00Z")  # 23:30 that day in London

    assert shown(signed_in, received_from="2026-07-01", received_to="2026-07-01") == [case.reference]
    assert shown(signed_in, received_from="2026-07-02") == []


@pytest.mark.parametrize(
    "query",
    [
        {"received_from": "yesterday"},
        {"priority": "soon"},
        {"owner": "Tom"},
        {"owner": "9" * 40},
        {"clock": "late"},
        {"received_to": "0001-01-01"},
    ],
)
def test_a_filter_that_means_nothing_is_said_and_not_obeyed(signed_in, query):
    in_the_queue(1)

    page = signed_in.get(reverse("queue"), {"tab": "team", **query})

    assert page.context["shown"] == 1
    assert "cannot be filtered by" in page.content.decode()


def test_the_newest_received_may_come_first(signed_in):
    cases = in_the_queue(3)
    for number, case in enumerate(cases):
        WorkItem.objects.filter(referral=case).update(received_at=clock.now() - timedelta(hours=number))

    assert shown(signed_in, sort="newest") == [case.reference for case in cases]
    assert shown(signed_in, sort="oldest") == [case.reference for case in reversed(cases)]


def test_a_restricted_case_stands_in_the_queue_of_those_it_names(client, broker, other_broker, manager):
    from referrals.access.models import NamedReader

    case = in_the_queue(1)[0]
    type(case).objects.filter(pk=case.pk).update(is_restricted=True)
    WorkItem.objects.filter(referral=case).update(is_restricted=True)
    NamedReader.objects.create(referral=case, user=broker, named_at=clock.now(), named_by=manager, because="Their case")

    client.force_login(other_broker)
    page = client.get(reverse("queue"), {"tab": "team"})
    assert (page.context["shown"], page.context["tabs"][1]["count"]) == (0, "0")
    client.force_login(broker)
    assert shown(client) == [case.reference]


def test_an_owner_who_is_away_is_said_to_be_with_who_stands_in(signed_in, broker, other_broker, manager):
    case = in_the_queue(2)[0]
    WorkItem.objects.filter(referral=case).update(owner=other_broker)
    version = signed_in.get(reverse("queue"), {"tab": "team"}).context["version"]

    today = clock.now().date()
    go_away(other_broker, from_on=today, until_on=today + timedelta(days=1), deputy=broker, by=manager)

    assert "away, Tom Birch stands in" in signed_in.get(reverse("queue"), {"tab": "team"}).content.decode()
    assert "away, Tom Birch stands in" in live(signed_in, version).json()["rows"]


OF_A_TAB = [
    {"owner": "self"},
    {"waits_on": "person"},
    {"awaits_signature": True},
    {"escalated_stage": "missed_for_long", "due_at": "2026-01-01T09:00Z"},
    {"is_restricted": True},
    {"is_open": False},
]


@pytest.mark.parametrize("facts", OF_A_TAB, ids=str)
def test_each_tab_counts_exactly_what_it_lists(signed_in, broker, facts):
    in_the_queue(3)
    WorkItem.objects.filter(pk=WorkItem.objects.first().pk).update(
        **{name: broker if value == "self" else value for name, value in facts.items()}
    )

    counts = {tab["key"]: tab["count"] for tab in signed_in.get(reverse("queue")).context["tabs"]}

    assert counts == {key: str(len(shown(signed_in, tab=key))) for key in counts}


def test_a_case_whose_agreement_is_out_to_be_signed_awaits_signature(client):
    from placements.tests.contract_factories import ContractFactory

    case = ContractFactory().placement.referral
    client.force_login(case.broker)

    assert shown(client, tab="signature") == [case.reference]


# -- pages


@pytest.fixture
def five_a_page(monkeypatch):
    monkeypatch.setattr("brokerage.home.queue.reading.ROWS_A_PAGE", 5)


def walk(client, query, *, between=lambda number: None, way="after"):
    """Page after page by its own links; what each showed."""
    pages, cursor = [], {}
    while True:
        page = client.get(reverse("queue"), {"tab": "team", **query, **cursor}).context["page"]
        pages.append([row.reference for row in page.rows])
        if getattr(page, way) is None:
            return pages
        cursor = {way: str(getattr(page, way))}
        between(len(pages))


@pytest.mark.parametrize("sort", ["due", "newest", "oldest"])
def test_pages_show_every_case_once_whatever_is_due_at_the_same_instant(signed_in, five_a_page, sort):
    cases = in_the_queue(17)
    WorkItem.objects.filter(referral__in=cases[:6]).update(due_at=None)
    WorkItem.objects.filter(referral__in=cases[6:13]).update(due_at=clock.now() + timedelta(hours=1))
    WorkItem.objects.filter(referral__in=cases[3:12]).update(received_at=clock.now())

    pages = walk(signed_in, {"sort": sort})

    assert [len(page) for page in pages] == [5, 5, 5, 2]
    assert sorted(sum(pages, [])) == sorted(case.reference for case in cases)


def test_nothing_is_skipped_or_repeated_when_cases_come_and_go_between_pages(signed_in, five_a_page):
    stay, go, come = in_the_queue(14), in_the_queue(4), []
    WorkItem.objects.filter(referral__in=go).update(due_at=clock.now() - timedelta(hours=1))

    def meanwhile(number):
        come.extend(in_the_queue(2))
        WorkItem.objects.filter(referral__in=come).update(due_at=clock.now() - timedelta(days=1))
        WorkItem.objects.filter(referral=go[number - 1]).update(is_open=False)

    seen = sum(walk(signed_in, {}, between=meanwhile), [])

    assert len(seen) == len(set(seen))
    assert {case.reference for case in stay} <= set(seen)


def test_the_way_back_leads_over_the_same_pages(signed_in, five_a_page):
    in_the_queue(12)
    first, second, third = walk(signed_in, {})

    last = signed_in.get(reverse("queue"), {"tab": "team"}).context["page"]
    for _ in range(2):
        last = signed_in.get(reverse("queue"), {"tab": "team", "after": str(last.after)}).context["page"]
    back = walk(signed_in, {}, way="before") if last.before is None else []
    page = signed_in.get(reverse("queue"), {"tab": "team", "before": str(last.before)}).context["page"]
    assert [row.reference for row in page.rows] == second
    page = signed_in.get(reverse("queue"), {"tab": "team", "before": str(page.before)}).context["page"]
    assert [row.reference for row in page.rows] == first
    assert page.before is None
    assert back == []


def test_the_first_page_is_full_when_one_comes_back_to_it(signed_in, five_a_page):
    in_the_queue(8)
    first = signed_in.get(reverse("queue"), {"tab": "team"}).context["page"]
    second = signed_in.get(reverse("queue"), {"tab": "team", "after": str(first.after)}).context["page"]
    WorkItem.objects.filter(reference=first.rows[0].reference).update(is_open=False)

    page = signed_in.get(reverse("queue"), {"tab": "team", "before": str(second.before)}).context["page"]

    assert len(page.rows) == 5


@pytest.mark.parametrize("cursor", ["", "x", "1", "1.", "-1.2", "9" * 30 + ".1", "1." + "9" * 30, "²³.1"])
def test_a_cursor_that_nobody_made_begins_at_the_beginning(signed_in, cursor):
    in_the_queue(1)

    assert len(shown(signed_in, after=cursor)) == 1


def test_where_all_that_followed_has_gone_the_list_begins_again(signed_in, five_a_page):
    cases = in_the_queue(6)
    page = signed_in.get(reverse("queue"), {"tab": "team", "area": "PL4"}).context["page"]
    WorkItem.objects.filter(referral=cases[0]).update(is_open=False)

    answer = signed_in.get(reverse("queue"), {"tab": "team", "area": "PL4", "after": str(page.after)})

    assert answer.url == f"{reverse('queue')}?tab=team&area=PL4"


# -- the screen that keeps itself fresh


def live(client, version="", **query):
    return client.get(reverse("queue_live"), {"tab": "team", **query}, headers={"If-None-Match": f'"{version}"'})


def test_while_nothing_changes_the_answer_has_no_body(signed_in, django_assert_max_num_queries):
    in_the_queue(3)
    version = signed_in.get(reverse("queue"), {"tab": "team"}).context["version"]

    with django_assert_max_num_queries(5):  # session, person, teams, rows, counts
        answer = live(signed_in, version)

    assert (answer.status_code, answer.content) == (304, b"")


CHANGES = [
    {"next_step": "Compare the offers"},
    {"escalated_stage": "missed"},
    {"waits_on": "panel"},
    {"due_at": None},
    {"is_open": False},
    {"priority": "urgent"},
]


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_any_change_on_the_screen_is_answered_with_the_rows_as_they_are_now(signed_in, change):
    case = in_the_queue(3)[1]
    version = signed_in.get(reverse("queue"), {"tab": "team"}).context["version"]
    WorkItem.objects.filter(referral=case).update(**change)

    answer = live(signed_in, version)

    assert answer.status_code == 200
    assert (case.reference in answer.json()["rows"]) == ("is_open" not in change)
    assert live(signed_in, answer["ETag"].strip('"')).status_code == 304


def test_a_new_case_under_another_tab_is_counted(signed_in):
    version = signed_in.get(reverse("queue"), {"tab": "mine"}).context["version"]
    in_the_queue(1)

    assert live(signed_in, version, tab="mine").json()["counts"]["unassigned"] == "1"


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(signed_in, settings, monkeypatch):
    signed_in.get(reverse("queue"))
    begun = clock.now()
    for minutes in (10, 20, 29):
        monkeypatch.setattr(clock, "now", lambda minutes=minutes: begun + timedelta(minutes=minutes))
        by_itself = signed_in.get(reverse("queue_live"), headers={"X-By-Itself": "1"})
        assert by_itself.status_code == 200
    monkeypatch.setattr(clock, "now", lambda: begun + timedelta(minutes=settings.SESSION_IDLE_MINUTES + 1))

    assert signed_in.get(reverse("queue_live"), headers={"X-By-Itself": "1"}).status_code == 302


def test_looking_changes_nothing(signed_in):
    in_the_queue(2)
    before = list(WorkItem.objects.values())

    signed_in.get(reverse("queue"))
    live(signed_in)

    assert list(WorkItem.objects.values()) == before


# -- as a spreadsheet


def test_the_download_holds_the_filtered_list_beyond_one_page_and_no_formula(signed_in, five_a_page, monkeypatch):
    monkeypatch.setattr("brokerage.home.queue.download.AT_ONCE", 2)
    in_the_queue(6, priority="urgent", priority_reason="Leaving hospital")
    in_the_queue(1)
    WorkItem.objects.update(next_step="＝HYPERLINK(1)")

    answer = signed_in.get(reverse("queue"), {"tab": "team", "priority": "urgent", "download": "csv"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()

    assert answer["Content-Disposition"] == 'attachment; filename="cases.csv"'
    assert len(lines) == 7
    assert all("'＝HYPERLINK(1)" in line for line in lines[1:])


def test_a_download_ends_somewhere_and_says_so(signed_in, monkeypatch):
    monkeypatch.setattr("brokerage.home.queue.download.AT_ONCE", 2)
    monkeypatch.setattr("brokerage.home.queue.download.AT_MOST", 4)
    in_the_queue(5)

    answer = signed_in.get(reverse("queue"), {"tab": "team", "download": "csv"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()

    assert len(lines) == 6
    assert "the first 4 cases of more" in lines[-1]


def test_a_download_shows_no_other_teams_case(client, stranger):
    in_the_queue(1)
    client.force_login(stranger)

    answer = client.get(reverse("queue"), {"tab": "team", "download": "csv"})

    assert b"R9" not in b"".join(answer.streaming_content)


def test_every_team_of_somebody_is_read_in_one_statement(client, django_assert_num_queries):
    teams = [TeamFactory(slug=f"team-{n}", name=f"Team {n}") for n in range(4)]
    client.force_login(UserFactory(broker=True, teams=teams))
    for team in teams:
        in_the_queue(2, team=team)
    client.get(reverse("queue"))

    with django_assert_num_queries(6):
        assert client.get(reverse("queue"), {"tab": "team"}).context["shown"] == 8
