"""Paperwork that is to follow a phone call, or an interim service: chased each working day until it has all come."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from brokerage.deadlines import actions as deadlines
from brokerage.deadlines.models import Clock, Escalation
from brokerage.deadlines.rounds import sweep
from brokerage.notify.models import Message
from referrals.documents import actions, chasing
from referrals.models import Chase, Referral
from referrals.tests.factories import ReferralFactory

pytestmark = pytest.mark.django_db

TUESDAY = datetime(2026, 11, 3, 14, 0, tzinfo=UTC)
WEDNESDAY = datetime(2026, 11, 4, 14, 0, tzinfo=UTC)


@pytest.fixture
def at():
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield lambda instant: traveller.move_to(instant)


@pytest.fixture
def phoned(at, coordinator, broker):
    """Rung in on Tuesday at 14:00 with nothing on record; its questions were all answered since."""
    return ReferralFactory(
        in_progress=True,
        broker=broker,
        referred_by=coordinator,
        phone_first=True,
        paperwork_at=TUESDAY,
        papers=[],
        team=broker.teams.get(),
    )


@pytest.fixture
def chase(phoned, coordinator):
    return actions.begin_chasing(phoned, by=coordinator)


def letters(case):
    return Message.objects.filter(case=case.reference, template="papers-owed")


def record_all(case, *, by):
    for kind in case.pathway.terms.papers:
        actions.record_paper(case, kind=kind, dated_on=date(2026, 11, 2), by=by)


def test_the_paperwork_is_due_one_working_day_after_the_call(chase):  # DER-16
    clock = deadlines.running(chase, "papers")

    assert clock.due_at == WEDNESDAY
    assert clock.sentence == (
        "The referral came by phone on Tue 14:00, before its paperwork was there: "
        "the rest is due one working day later, tomorrow 14:00."
    )


def test_rung_in_on_a_friday_it_is_due_on_monday(at, phoned, coordinator):
    at(datetime(2026, 11, 6, 16, 30, tzinfo=UTC))

    chase = actions.begin_chasing(phoned, by=coordinator)

    assert deadlines.running(chase, "papers").due_at == datetime(2026, 11, 9, 16, 30, tzinfo=UTC)


def test_the_worker_is_written_to_each_working_day_until_it_has_come(at, chase, phoned, coordinator):  # GRN-09
    assert actions.write_due() == 0
    for day, expected in ((4, 1), (5, 2), (6, 3), (7, 3), (8, 3), (9, 4)):  # the 7th is a Saturday
        at(datetime(2026, 11, day, 14, 0, 30, tzinfo=UTC))
        actions.write_due()
        assert letters(phoned).count() == expected, day

    letter = letters(phoned).first()
    assert letter.address == coordinator.email
    assert "You rang" in letter.body and "on Tuesday 3 November" in letter.body
    assert "- Assessment, reassessment or review\n- Care and support plan\n- Home care referral\n" in letter.body
    assert "Winifred" not in letter.subject + letter.body


def test_after_days_of_silence_one_letter_is_owed_and_not_four(at, chase, phoned):
    at(datetime(2026, 11, 10, 11, 0, tzinfo=UTC))

    assert actions.write_due() == 1
    assert actions.write_due() == 0
    assert letters(phoned).count() == 1


def test_it_escalates_by_the_usual_stages(at, chase, phoned, duty_broker, manager):
    at(datetime(2026, 11, 4, 14, 1, tzinfo=UTC))
    sweep()

    assert Escalation.objects.of(chase).missed().count() == 1


def test_when_all_of_it_has_come_it_ends_by_itself(at, chase, phoned, coordinator):
    record_all(phoned, by=coordinator)

    chase.refresh_from_db()
    assert chase.ended_because == "All of it has come"
    assert deadlines.running(chase, "papers") is None
    at(WEDNESDAY)
    assert actions.write_due() == 0


def test_it_goes_on_while_questions_are_unanswered(phoned, coordinator):  # GRN-09
    Referral.objects.filter(pk=phoned.pk).update(paperwork_at=None)
    chase = actions.begin_chasing(phoned, by=coordinator)

    record_all(phoned, by=coordinator)

    chase.refresh_from_db()
    assert chase.ended_at is None
    phoned.refresh_from_db()
    assert chasing.owed(phoned) == ["The referral itself, with every question answered"]


def test_begun_twice_it_is_one(chase, phoned, coordinator):
    assert actions.begin_chasing(phoned, by=coordinator) is None

    assert Clock.objects.running().filter(case=phoned.reference, kind="papers").count() == 1


def test_with_nothing_owed_there_is_nothing_to_chase(at, coordinator):
    case = ReferralFactory(in_progress=True, referred_by=coordinator)

    assert actions.begin_chasing(case, by=coordinator) is None


def test_an_interim_service_still_owes_its_papers(at, broker, coordinator):  # MED-02
    case = ReferralFactory(
        in_progress=True,
        broker=broker,
        referred_by=coordinator,
        is_interim=True,
        papers=["funding_agreement", "pen_picture"],
    )

    actions.begin_chasing(case, by=broker)
    at(datetime(2026, 11, 4, 14, 1, tzinfo=UTC))
    actions.write_due()

    assert "on Tuesday 3 November, before all its paperwork was there" in letters(case).get().body
    assert chasing.owed(case)[0] == "Assessment, reassessment or review"


def test_a_case_that_is_over_is_not_chased(at, chase, phoned):
    Referral.objects.filter(pk=phoned.pk).update(status="withdrawn")
    at(WEDNESDAY)

    assert actions.write_due() == 0
    assert not Chase.objects.open().exists()


def test_after_a_restore_nobody_is_written_to_before_somebody_says_so(at, chase, settings):
    settings.SENDING_PAUSED = True
    at(WEDNESDAY)

    assert actions.write_due() == 0


def test_one_that_cannot_be_written_holds_up_no_other(at, chase, coordinator, broker, monkeypatch, caplog):
    other = ReferralFactory(in_progress=True, broker=broker, referred_by=coordinator, phone_first=True, papers=[])
    actions.begin_chasing(other, by=coordinator)
    tell = chasing.tell

    def tell_but_one(address, template, *, case, **facts):
        if case == chase.referral.reference:
            raise ValueError("no address")
        return tell(address, template, case=case, **facts)

    monkeypatch.setattr(chasing, "tell", tell_but_one)
    at(WEDNESDAY)

    assert actions.write_due() == 1
    assert "could not be chased" in caplog.text
    chase.refresh_from_db()
    assert chase.letters == 0
