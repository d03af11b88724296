"""Missing papers: asked for once with a list; our clock waits with the worker and goes on when the last one comes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection

from brokerage.audit.models import Event
from brokerage.deadlines import actions as deadlines
from brokerage.deadlines.models import Clock, Pause
from brokerage.errors import NotAllowed, Refused
from brokerage.notify import doorbell
from brokerage.notify.models import Message
from brokerage.tests.factories import UserFactory
from placements.withdrawal import actions as withdrawal
from referrals.documents import actions, rules
from referrals.intake import actions as intake
from referrals.models import PaperRequest, PaperWaiver
from referrals.tests.factories import ReferralFactory
from referrals.tests.papers_factories import a_pathway_that_waives
from referrals.work.models import WorkItem

pytestmark = pytest.mark.django_db

TUESDAY = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def at():
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield lambda instant: traveller.move_to(instant)


@pytest.fixture
def case(at, coordinator, broker):
    """Received on Tuesday at 09:30, so answered by 17:00; a broker has begun; two papers are missing."""
    draft = ReferralFactory(referred_by=coordinator, papers=["assessment"], team=broker.teams.get())
    return intake.start_work(intake.submit(draft, by=coordinator), by=broker)


def record(case, kind, *, by):
    return actions.record_paper(case, kind=kind, dated_on=date(2026, 11, 2), by=by)


def ask(case, *, by, kinds=("care_plan", "home_care_referral"), words=""):
    return actions.ask_for_papers(case, kinds=list(kinds), words=words, by=by)


def letters(case, template):
    return Message.objects.filter(case=case.reference, template=template)


def item(case):
    return WorkItem.objects.get(referral=case)


def test_the_worker_gets_one_letter_with_the_whole_list_and_where_to_put_them(case, broker, coordinator):
    ask(case, by=broker, words="The one of October will do.")

    letter = letters(case, "papers-wanted").get()
    assert letter.address == coordinator.email
    assert "- Care and support plan\n- Home care referral\n" in letter.body
    assert f"/referrals/{case.reference}/papers/" in letter.body
    assert "Tom Birch writes: The one of October will do." in letter.body
    assert letter.subject == f"WO {case.reference}: papers we need from you"
    assert "Winifred" not in letter.body  # LEI-01


def test_the_response_clock_waits_with_them_and_the_queue_says_for_what(case, broker):
    ask(case, by=broker)

    clock = deadlines.running(case, "response")
    assert clock.is_paused
    pause = Pause.objects.get(clock=clock)
    assert (pause.waits_on, pause.whom) == ("referrer", "Amina Yusuf")
    assert pause.because == "Papers are missing: care and support plan and home care referral"
    assert item(case).next_step == "Waiting for: care and support plan, home care referral"
    assert item(case).waits_on == "referrer"


def test_the_wait_has_a_clock_of_its_own(case, broker):
    ask(case, by=broker)

    wait = Clock.objects.running().get(case=case.reference, kind="wait")
    assert wait.due_at == datetime(2026, 11, 4, 9, 30, tzinfo=UTC)  # eight working hours


def test_the_last_paper_gives_the_unspent_time_back_and_the_broker_hears(at, case, broker, coordinator):
    ask(case, by=broker)
    at(TUESDAY + 3 * HOUR)
    record(case, "care_plan", by=coordinator)
    assert deadlines.running(case, "response").is_paused
    assert item(case).next_step == "Waiting for: home care referral"
    assert not letters(case, "papers-here").exists()

    record(case, "home_care_referral", by=coordinator)

    clock = deadlines.running(case, "response")
    assert not clock.is_paused
    assert clock.due_at == datetime(2026, 11, 4, 12, 0, tzinfo=UTC)  # three working hours later than Tuesday 17:00
    assert item(case).waits_on == "brokerage"
    assert item(case).next_step == "Write the enquiry"
    assert letters(case, "papers-here").get().address == broker.email
    assert PaperRequest.objects.get().answered_by == coordinator


def test_a_broker_who_records_the_last_paper_is_not_written_to(case, broker):
    ask(case, by=broker)

    record(case, "care_plan", by=broker)
    record(case, "home_care_referral", by=broker)

    assert not letters(case, "papers-here").exists()
    assert not deadlines.running(case, "response").is_paused


def test_asking_twice_adds_nothing_and_says_who_asked_when(case, broker, other_broker):
    ask(case, by=broker)

    with pytest.raises(Refused, match="Tom Birch asked on Tue 3 Nov, waiting for care and support plan and home care"):
        ask(case, by=other_broker)

    assert PaperRequest.objects.count() == 1
    assert letters(case, "papers-wanted").count() == 1


def test_a_reminder_goes_once_a_working_day_with_what_is_still_missing(at, case, broker, coordinator):
    asked = ask(case, by=broker)
    with pytest.raises(Refused, match="last written to on Tue 3 Nov"):
        actions.remind(asked, by=broker)
    record(case, "care_plan", by=coordinator)
    at(TUESDAY + 24 * HOUR)

    actions.remind(asked, by=broker)

    assert "- Home care referral\n" in letters(case, "papers-reminder").get().body
    assert "Care and support plan" not in letters(case, "papers-reminder").get().body
    with pytest.raises(Refused, match="last written to on Wed 4 Nov"):
        actions.remind(asked, by=broker)


def test_on_a_day_nobody_works_nobody_is_reminded(at, case, broker):
    asked = ask(case, by=broker)
    at(datetime(2026, 11, 7, 10, 0, tzinfo=UTC))  # a Saturday

    with pytest.raises(Refused, match="working day"):
        actions.remind(asked, by=broker)


def test_an_emergency_is_asked_about_and_its_clock_goes_on(at, coordinator, broker):
    draft = ReferralFactory(
        referred_by=coordinator, papers=[], priority="emergency", priority_reason="Alone", team=broker.teams.get()
    )
    case = intake.start_work(intake.submit(draft, by=coordinator), by=broker)

    ask(case, by=broker, kinds=["pen_picture"])

    assert not deadlines.running(case, "response").is_paused
    assert item(case).waits_on == "brokerage"
    assert "our clock waits" not in letters(case, "papers-wanted").get().body
    record(case, "pen_picture", by=coordinator)
    assert PaperRequest.objects.get().answered_at


def test_a_wait_on_somebody_else_does_not_end_with_the_papers(case, broker, coordinator):
    from referrals.timing import actions as timing

    ask(case, by=broker, kinds=["care_plan"])
    timing.pause(case, waits_on="person", because="They are thinking it over", by=broker)

    record(case, "care_plan", by=coordinator)

    assert deadlines.running(case, "response").is_paused


def test_what_is_not_missing_is_not_asked_for(case, broker):
    with pytest.raises(Refused, match="Select the papers to ask for"):
        ask(case, by=broker, kinds=["assessment", "part_a"])


def test_with_everything_there_nothing_is_asked_for(at, coordinator, broker):
    draft = ReferralFactory(referred_by=coordinator, team=broker.teams.get())
    case = intake.start_work(intake.submit(draft, by=coordinator), by=broker)

    assert "is on record" in rules.reason_not_to_ask(case, broker)


def test_work_begins_before_anybody_is_asked(at, coordinator, broker):
    draft = ReferralFactory(referred_by=coordinator, papers=[], team=broker.teams.get())
    case = intake.submit(draft, by=coordinator)

    with pytest.raises(Refused, match="Start work on .* first"):
        ask(case, by=broker)


@pytest.mark.parametrize("who", ["coordinator", "stranger", "auditor"])
def test_only_a_broker_of_the_team_asks(case, request, who):
    with pytest.raises(Refused):
        ask(case, by=request.getfixturevalue(who))


def test_a_letter_that_cannot_be_written_undoes_the_whole_deed(case, broker, monkeypatch):
    from referrals.documents import asking

    monkeypatch.setattr(asking, "tell", lambda *words, **facts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ask(case, by=broker)

    assert not PaperRequest.objects.exists()
    assert not deadlines.running(case, "response").is_paused
    assert not Event.objects.filter(verb="papers.asked_for").exists()


# -- going on without


def test_to_stop_waiting_lets_the_clock_go_on_and_what_is_missing_stays_missing(at, case, broker):
    asked = ask(case, by=broker)
    at(TUESDAY + HOUR)

    actions.stop_waiting(asked, because="They are on leave until Monday", by=broker)

    assert deadlines.running(case, "response").due_at == datetime(2026, 11, 4, 10, 0, tzinfo=UTC)
    assert item(case).next_step == "Get the missing papers"
    assert rules.reason_not_to_arrange(case)
    assert rules.reason_not_to_ask(case, broker) is None  # they may be asked again


def test_why_we_stop_waiting_is_said(case, broker):
    with pytest.raises(Refused, match="Enter why"):
        actions.stop_waiting(ask(case, by=broker), because=" ", by=broker)


@pytest.fixture
def waivable(at, coordinator, broker):
    draft = ReferralFactory(
        referred_by=coordinator, pathway=a_pathway_that_waives(), papers=["assessment"], team=broker.teams.get()
    )
    return intake.start_work(intake.submit(draft, by=coordinator), by=broker)


def test_whom_the_pathway_lets_may_go_on_without_a_paper_for_good(waivable, broker, manager):
    asked = ask(waivable, by=broker, kinds=["care_plan"])

    actions.go_on_without(asked, because="The plan is being rewritten; the assessment says all", by=manager)

    waivable.refresh_from_db()
    assert rules.reason_not_to_arrange(waivable) is None
    assert not deadlines.running(waivable, "response").is_paused
    assert PaperWaiver.objects.get().waived_by == manager
    assert Event.objects.get(verb="paper.waived").because.startswith("The plan is being rewritten")


def test_a_broker_may_not_where_the_pathway_lets_a_manager(waivable, broker):
    asked = ask(waivable, by=broker, kinds=["care_plan"])

    with pytest.raises(NotAllowed, match="Only a team manager can let"):
        actions.go_on_without(asked, because="x", by=broker)


def test_nobody_may_where_the_pathway_lets_nobody(case, broker, manager):
    asked = ask(case, by=broker, kinds=["care_plan"])

    with pytest.raises(NotAllowed, match="Nobody may let"):
        actions.go_on_without(asked, because="x", by=manager)
    assert not PaperWaiver.objects.exists()


def test_a_case_that_is_over_is_not_waited_for(case, broker):
    ask(case, by=broker)

    actions.let_go(case, by=broker, because="Withdrawn")

    assert not PaperRequest.objects.open().exists()


def test_a_case_that_is_withdrawn_is_waited_for_no_more(case, broker):  # LEI-11
    ask(case, by=broker)

    withdrawal.withdraw(case, because="She has gone to her sister", by=broker)

    assert not PaperRequest.objects.open().exists()
    assert not Clock.objects.running().filter(case=case.reference).exists()


# -- two at once


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, *(pytest.param(n, marks=pytest.mark.soak) for n in range(2, 21))])
def test_two_who_ask_at_once_send_one_letter(turn, monkeypatch):
    monkeypatch.setattr(doorbell, "_send", lambda: None)
    case = ReferralFactory(in_progress=True, papers=["assessment"])
    other = UserFactory(broker=True, teams=[case.team])
    together = Barrier(2, timeout=30)

    def run(who):
        try:
            connection.ensure_connection()
            together.wait()
            ask(case, by=who)
            return "asked"
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(run, [case.broker, other]))

    assert "asked" in answers
    assert sum("waiting for" in answer for answer in answers) == 1
    assert PaperRequest.objects.count() == 1
    assert letters(case, "papers-wanted").count() == 1
