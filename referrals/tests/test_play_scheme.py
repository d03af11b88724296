"""The summer play scheme: kept on file, closing dates, the review, five days, the annex (LEI-06). Each date at its boundary."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from brokerage.deadlines import actions as deadlines
from brokerage.errors import Refused
from brokerage.tests.factories import UserFactory
from referrals.intake import actions as intake
from referrals.intake.completeness import unanswered
from referrals.models import Approval, PlayRequest, Referral, Scheme, WorkItem
from referrals.playscheme import actions
from referrals.playscheme.annex import Annex
from referrals.playscheme.dates import days_of, months_before, scheme_of, usual
from referrals.playscheme.rules import comes_without_panel, kept_until, reasons_not_to_accept, why_panel, years_open
from referrals.tests.childrens_factories import SHORT_BREAK, ShortBreakFactory, childrens_referral

pytestmark = pytest.mark.django_db

TERMS = replace(
    SHORT_BREAK, pages=("person", "contact", "needs", "outcomes", "play_scheme", "when"), own_pages=(), questions=(),
    timetable=False, most_days=5, must=tuple(each for each in SHORT_BREAK.must if each != "timetable"),
)  # fmt: skip
IN_TIME = {
    "year": 2027, "case_is_open": True, "in_care_plan": True, "reviewed_on": date(2026, 11, 2),
    "panel_approved_on": None, "days_wanted": 5, "more_days_because": "",
}  # fmt: skip
PANEL = {"panel_approved_on": date(2027, 2, 2)}


@pytest.fixture
def draft(coordinator):
    pathway = ShortBreakFactory(code="play-scheme", name="Summer play scheme", definition=TERMS.write())
    return childrens_referral(by=coordinator, answers={}, approved=False, pathway=pathway)


def ask(referral, **facts):
    actions.ask_for_a_place(referral, by=referral.referred_by, **(IN_TIME | facts))
    told = {"preferred": [], "not_required": [], "parents_told_on": date(2026, 11, 20)}
    actions.choose_days(referral, by=referral.referred_by, **told)
    return Referral.objects.get(pk=referral.pk)


@pytest.mark.parametrize(
    ("today", "waits_until"),
    [
        (date(2026, 12, 31), date(2027, 1, 1)),
        (date(2027, 1, 1), None),
        (date(2027, 2, 28), None),
        (date(2026, 7, 1), date(2027, 1, 1)),
    ],
)
def test_before_january_of_its_year_a_request_is_kept_on_file(draft, today, waits_until):
    assert kept_until(ask(draft), today) == waits_until


@pytest.mark.parametrize(
    ("today", "panel"),
    [(date(2027, 1, 4), False), (date(2027, 3, 1), False), (date(2027, 3, 2), True), (date(2027, 6, 15), True)],
)
def test_after_the_closing_date_panel_is_asked_for_open_cases(draft, today, panel):
    request = ask(draft, reviewed_on=months_before(today, 1)).play_request

    assert (why_panel(request, usual(2027), today) is not None) == panel


@pytest.mark.parametrize(("today", "accepted"), [(date(2027, 6, 15), True), (date(2027, 6, 16), False)])
def test_late_requests_are_taken_until_mid_june_with_panels_approval(draft, today, accepted):
    referral = ask(draft, case_is_open=False, **PANEL)

    assert (reasons_not_to_accept(referral, today) == []) == accepted


@pytest.mark.parametrize(("reviewed_on", "panel"), [(date(2026, 7, 10), False), (date(2026, 7, 9), True), (None, True)])
def test_a_review_within_six_months_or_else_panel(draft, reviewed_on, panel):
    request = ask(draft, reviewed_on=reviewed_on).play_request

    assert (why_panel(request, usual(2027), date(2027, 1, 10)) is not None) == panel


@pytest.mark.parametrize("facts", [{"case_is_open": False}, {"in_care_plan": False}])
def test_a_new_case_or_one_without_it_in_the_plan_goes_to_panel(draft, facts):
    referral = ask(draft, **facts)

    [sentence] = reasons_not_to_accept(referral, date(2027, 1, 10))
    assert sentence.startswith("Enter the date on which panel approved the play scheme")
    assert reasons_not_to_accept(ask(draft, **facts, **PANEL), date(2027, 2, 10)) == []


@pytest.mark.parametrize(
    ("days", "because", "accepted"), [(5, "", True), (6, "", False), (6, "Assessed: two weeks of respite", True)]
)
def test_five_days_at_most_unless_there_is_an_identified_need(draft, days, because, accepted):
    referral = ask(draft, days_wanted=days, more_days_because=because)

    assert (reasons_not_to_accept(referral, date(2027, 1, 10)) == []) == accepted


def test_parents_are_told_the_points_of_the_annex_first(draft):
    actions.ask_for_a_place(draft, by=draft.referred_by, **IN_TIME)

    assert "Tell the parents" in reasons_not_to_accept(Referral.objects.get(), date(2027, 1, 10))[0]


def test_a_request_in_time_needs_its_managers_word_and_a_late_one_panels(draft):
    referral = ask(draft)

    assert comes_without_panel(referral, date(2027, 1, 10))
    assert not comes_without_panel(referral, date(2027, 3, 2))


@pytest.mark.parametrize(("today", "years"), [(date(2027, 6, 15), [2027, 2028]), (date(2027, 6, 16), [2028])])
def test_which_years_can_be_asked_for(today, years):
    assert years_open(today) == years


def test_a_councils_own_dates_are_data(draft):
    dates = {
        "opens_on": date(2027, 1, 11), "closes_on": date(2027, 2, 1), "last_call_on": date(2027, 5, 1),
        "first_day": date(2027, 7, 26), "last_day": date(2027, 8, 6), "most_days": 3,
    }  # fmt: skip
    actions.set_scheme(year=2027, by=draft.referred_by, **dates)
    referral = ask(draft)

    assert kept_until(referral, date(2027, 1, 10)) == date(2027, 1, 11)
    assert scheme_of(2027).most_days == 3
    assert len(days_of(Scheme.objects.get())) == 10


def test_the_scheme_does_not_run_on_the_summer_bank_holiday():
    scheme = usual(2027)

    assert date(2027, 8, 30) not in days_of(Scheme(year=2027, first_day=scheme.first_day, last_day=date(2027, 8, 31)))
    assert all(day.weekday() < 5 for day in days_of(scheme))


@pytest.mark.parametrize(
    ("day", "before"), [(date(2027, 8, 31), date(2027, 2, 28)), (date(2027, 1, 10), date(2026, 7, 10))]
)
def test_six_months_before_is_a_day_that_exists(day, before):
    assert months_before(day, 6) == before


# -- from its pages to the queue


@pytest.fixture
def approved(draft):
    day = date(2026, 11, 20)
    facts = {"manager_name": "Ruth Calder", "approved_by": "line_manager", "signed_on": day, "approved_on": day}
    Approval.objects.create(
        referral=draft, recorded_at=datetime(2026, 11, 20, tzinfo=UTC), recorded_by=draft.referred_by, **facts
    )
    return draft


def test_an_early_request_is_accepted_and_its_clocks_run_from_january(approved, coordinator):
    with time_machine.travel(datetime(2026, 11, 24, 10, tzinfo=UTC), tick=False):
        referral = ask(approved)
        Referral.objects.update(wanted_start_on=date(2027, 7, 26))
        referral = Referral.objects.get()
        assert unanswered(referral) == []
        intake.submit(referral, by=coordinator)

    referral = Referral.objects.get()
    response = deadlines.running(referral, "response")
    assert referral.kept_until == date(2027, 1, 1)
    assert response.due_at == datetime(2027, 1, 4, 17, tzinfo=UTC)  # the first working day of the year
    assert response.sentence.startswith("Kept on file until Friday 1 January 2027")
    assert WorkItem.objects.get().next_step == "Kept on file until 1 January 2027"


def test_work_on_what_is_kept_on_file_begins_on_its_day(approved, coordinator, broker, client):  # LEI-06
    with time_machine.travel(datetime(2026, 11, 24, 10, tzinfo=UTC), tick=False):
        ask(approved)
        Referral.objects.update(wanted_start_on=date(2027, 7, 26))
        referral = intake.submit(Referral.objects.get(), by=coordinator)
        broker.teams.add(referral.team)
        with pytest.raises(Refused, match="kept on file until Friday 1 January 2027"):
            intake.start_work(referral, by=broker)
        client.force_login(broker)
        case = client.get(reverse("casefile", args=[referral.reference])).content.decode()
        assert "kept on file until Friday 1 January 2027" in case
        assert reverse("start_work", args=[referral.reference]) not in case

    with time_machine.travel(datetime(2027, 1, 1, 10, tzinfo=UTC), tick=False):
        assert intake.start_work(referral, by=broker).status == "in_progress"


def test_in_january_it_is_dealt_with_on_receipt(approved, coordinator):
    with time_machine.travel(datetime(2027, 1, 12, 10, tzinfo=UTC), tick=False):
        ask(approved)
        Referral.objects.update(wanted_start_on=date(2027, 7, 26))
        intake.submit(Referral.objects.get(), by=coordinator)

    assert Referral.objects.get().kept_until is None
    assert WorkItem.objects.get().next_step == "Start work"


def test_the_days_are_chosen_on_a_page_of_their_own(client, draft, coordinator):
    client.force_login(coordinator)
    ask(draft, reviewed_on=date(2026, 11, 2))
    address = reverse("referral_play_days", args=[draft.reference])
    first, second, *_ = days_of(scheme_of(2027))
    told = {"parents_told_on_0": "2", "parents_told_on_1": "11", "parents_told_on_2": "2026"}
    said = {f"day_{first}": "preferred", f"day_{second}": "not_required"}

    with time_machine.travel(datetime(2026, 11, 24, 10, tzinfo=UTC)):
        client.force_login(coordinator)
        assert client.get(address).status_code == 200
        assert client.post(address, told | said).status_code == 302

    request = PlayRequest.objects.get()
    assert (request.preferred, request.not_required) == ([first], [second])


def test_too_few_days_left_open_is_refused_in_words(client, draft, coordinator):
    ask(draft)
    said = {f"day_{day}": "not_required" for day in days_of(scheme_of(2027))[3:]}
    told = {"parents_told_on_0": "2", "parents_told_on_1": "11", "parents_told_on_2": "2026"}
    with time_machine.travel(datetime(2026, 11, 24, 10, tzinfo=UTC)):
        client.force_login(coordinator)
        page = client.post(reverse("referral_play_days", args=[draft.reference]), told | said).content.decode()

    assert "Leave at least 5 days open: only 3 days can be used like this" in page


def test_another_year_has_other_days(draft):
    actions.ask_for_a_place(draft, by=draft.referred_by, **IN_TIME)
    days = {"preferred": [date(2027, 7, 26)], "not_required": [], "parents_told_on": date(2026, 11, 2)}
    actions.choose_days(draft, by=draft.referred_by, **days)

    actions.ask_for_a_place(draft, by=draft.referred_by, **(IN_TIME | {"year": 2028}))

    assert PlayRequest.objects.get().preferred == []


def test_the_annex_stands_by_itself_and_prints(client, draft, coordinator):
    ask(draft)
    client.force_login(coordinator)

    page = client.get(reverse("play_annex", args=[draft.reference])).content.decode()
    paper = client.get(reverse("play_annex_paper", args=[draft.reference]))

    assert "Leo Marsh" in page
    assert Annex.POINTS[0] in page
    assert "play in the park" not in page.lower()
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")


def test_the_annex_of_somebody_elses_draft_is_not_found(client, draft):
    ask(draft)
    client.force_login(UserFactory(coordinator=True))

    assert client.get(reverse("play_annex", args=[draft.reference])).status_code == 404
    assert client.get(reverse("play_annex_paper", args=[draft.reference])).status_code == 404


def test_another_kind_of_referral_has_no_play_scheme(client, coordinator):
    other = childrens_referral(by=coordinator)
    client.force_login(coordinator)

    for name in ("referral_play_scheme", "referral_play_days"):
        assert client.get(reverse(name, args=[other.reference])).status_code == 404


def test_what_is_wanted_is_kept_from_its_page(client, draft, coordinator):
    said = {"year": "2027", "case_is_open": "yes", "in_care_plan": "no", "days_wanted": "4"}
    with time_machine.travel(datetime(2026, 11, 24, 10, tzinfo=UTC)):
        client.force_login(coordinator)
        address = reverse("referral_play_scheme", args=[draft.reference])
        assert "kept on file until 1 January 2027" in client.get(address).content.decode()
        answer = client.post(address, said)

    assert answer.url == reverse("referral_play_days", args=[draft.reference])
    request = PlayRequest.objects.get()
    assert (request.year, request.in_care_plan, request.days_wanted, request.said_by) == (2027, False, 4, coordinator)


def test_a_years_scheme_is_over_in_time(draft):
    referral = ask(draft)

    assert (
        "took its last requests on 15 June 2027"
        in reasons_not_to_accept(referral, date(2027, 6, 15) + timedelta(days=1))[0]
    )


def test_a_years_dates_are_set_in_the_browser(client, administrator):
    client.force_login(administrator)
    dates = {"opens_on": (1, 1), "closes_on": (1, 2), "last_call_on": (1, 6), "first_day": (26, 7), "last_day": (6, 8)}
    said = {f"{name}_{at}": part for name, (day, month) in dates.items() for at, part in enumerate((day, month, 2027))}

    assert client.get(reverse("set_play_scheme")).status_code == 200
    assert client.post(reverse("set_play_scheme"), said | {"year": "2027", "most_days": "4"}).status_code == 302

    assert (Scheme.objects.get().closes_on, scheme_of(2027).most_days) == (date(2027, 2, 1), 4)
    assert "1 February 2027" in client.get(reverse("play_schemes")).content.decode()


def test_dates_that_do_not_follow_each_other_are_refused(client, administrator):
    client.force_login(administrator)
    dates = {"opens_on": (1, 3), "closes_on": (1, 2), "last_call_on": (1, 6), "first_day": (26, 7), "last_day": (6, 8)}
    said = {f"{name}_{at}": part for name, (day, month) in dates.items() for at, part in enumerate((day, month, 2027))}

    page = client.post(reverse("set_play_scheme"), said | {"year": "2027", "most_days": "4"}).content.decode()

    assert "Enter a day after" in page
    assert not Scheme.objects.exists()


def test_whoever_submits_early_reads_that_it_waits(client, approved, coordinator):
    with time_machine.travel(datetime(2026, 11, 24, 10, tzinfo=UTC)):
        ask(approved)
        Referral.objects.update(wanted_start_on=date(2027, 7, 26))
        client.force_login(coordinator)
        page = client.get(reverse("submit_referral", args=[approved.reference])).content.decode()

    assert "This is kept on file until 1 January 2027" in page
    assert "Kept on file until Friday 1 January 2027, and counted from then." in page
