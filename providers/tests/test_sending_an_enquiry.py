# DER-05, MED-08, LEI-17: one enquiry to many, anonymous, with a deadline

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from brokerage.audit.models import Event
from brokerage.clocks import clock
from brokerage.deadlines import actions as deadlines
from brokerage.errors import Refused
from brokerage.links import links
from brokerage.notify.models import Message
from providers.enquiries import actions
from providers.enquiries.models import Enquiry, EnquiryStatus, Invitation
from providers.enquiries.sheet import Sheet, digest_of
from providers.tests.factories import EnquiryFactory, ServiceFactory
from referrals.needs.models import Outcome
from referrals.tests.factories import AgreementFactory
from referrals.timing import actions as timing
from referrals.work.models import WorkItem

pytestmark = pytest.mark.django_db

TUESDAY_1230 = datetime(2026, 11, 3, 12, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def tuesday():
    with time_machine.travel(TUESDAY_1230, tick=False) as now:
        yield now


def broker_of(enquiry):
    return enquiry.referral.broker


def test_each_service_is_asked_once_with_a_link_and_a_letter_of_its_own():
    enquiry = EnquiryFactory(services=3)

    actions.send(enquiry, by=broker_of(enquiry))

    invitations = Invitation.objects.filter(enquiry=enquiry)
    letters = Message.objects.filter(template="enquiry")
    assert len({invitation.link_key for invitation in invitations}) == 3
    assert sorted(letters.values_list("address", flat=True)) == sorted(one.mailbox for one in invitations)
    assert {letter.link_id for letter in letters} == {str(one.pk) for one in invitations}
    assert all(links.find(Invitation, links.token_for(one)) == one for one in invitations)


def test_a_providers_letter_says_number_service_deadline_and_link_and_nothing_else():
    enquiry = EnquiryFactory(services=1)

    actions.send(enquiry, by=broker_of(enquiry))

    letter = Message.objects.get(template="enquiry")
    assert letter.subject == f"Enquiry {enquiry.number}: home care, reply by Wed 4 Nov 12:30"
    assert "[[link]]" in letter.body
    assert enquiry.need_in_brief not in letter.body


def test_every_provider_is_written_the_same_words():
    enquiry = EnquiryFactory(services=4)

    actions.send(enquiry, by=broker_of(enquiry))

    assert len(set(Message.objects.filter(template="enquiry").values_list("subject", "body"))) == 1


def test_adults_have_one_working_day_and_the_reason_is_kept():
    enquiry = EnquiryFactory(sent=True)

    assert enquiry.closes_at == TUESDAY_1230 + timedelta(days=1)
    assert enquiry.closes_sentence == enquiry.sheet["reply_by_sentence"]
    assert deadlines.running(enquiry, "reply").due_at == enquiry.closes_at


@pytest.mark.parametrize(("priority", "day"), [("routine", 10), ("urgent", 5)])
def test_children_have_five_working_days_and_two_when_urgent(priority, day, other_broker):
    enquiry = EnquiryFactory(childrens=True, referral__priority=priority, referral__priority_reason="Soon")
    pathway = enquiry.referral.pathway
    pathway.definition = {**pathway.definition, "reply_rule": "children_standard"}
    pathway.save()
    actions.release(enquiry, by=other_broker)

    sent = actions.send(enquiry, by=broker_of(enquiry))

    assert sent.closes_at == datetime(2026, 11, day, 17, 0, tzinfo=UTC)


def test_the_sheet_is_kept_as_it_was_read_whatever_is_written_afterwards():
    enquiry = EnquiryFactory(sent=True)
    kept = dict(enquiry.sheet)

    Outcome.objects.filter(referral=enquiry.referral).update(words="Something else altogether")
    enquiry.referral.person.postcode = "EX4 3PL"
    enquiry.referral.person.save()

    enquiry.refresh_from_db()
    assert enquiry.sheet == kept
    assert digest_of(enquiry.sheet) == enquiry.sheet_hash == Sheet.from_data(enquiry.sheet).digest()


def test_everybody_looked_at_is_kept_in_or_out_with_the_reason():
    enquiry = EnquiryFactory(services=1)
    suspended = ServiceFactory(suspended="Safeguarding enquiry")
    left_out = ServiceFactory()
    actions.leave_out(enquiry, service_id=left_out.pk, because="Asked us not to", by=broker_of(enquiry))

    sent = actions.send(enquiry, by=broker_of(enquiry))

    kept = {row["service"]: row for row in sent.considered}
    assert [row["in"] for row in sent.considered].count(True) == 1
    assert "Safeguarding enquiry" in kept[suspended.pk]["because"]
    assert kept[left_out.pk]["because"] == "Left out: Asked us not to"
    assert kept[left_out.pk]["left_out"]


def test_a_dated_plan_answers_the_referrer_and_starts_the_options_clock():
    enquiry = EnquiryFactory(services=2)
    timing.start_clocks(enquiry.referral, by=None)

    actions.send(enquiry, by=broker_of(enquiry))

    options = deadlines.running(enquiry.referral, "options")
    assert deadlines.running(enquiry.referral, "response") is None
    assert options.due_at == TUESDAY_1230 + timedelta(days=1, hours=2)
    assert options.sentence == "2 providers asked, offers close Wed 4 Nov 12:30, options with you by Wed 4 Nov 14:30"


def test_an_emergencys_hour_runs_on_until_somebody_is_found():
    enquiry = EnquiryFactory(referral__priority="emergency", referral__priority_reason="Carer taken to hospital")
    timing.start_clocks(enquiry.referral, by=None)

    actions.send(enquiry, by=broker_of(enquiry))

    assert deadlines.running(enquiry.referral, "response") is not None


def test_the_co_ordinator_hears_with_initials_and_reference_in_the_subject():
    enquiry = EnquiryFactory(services=1, sent=True)

    letter = Message.objects.get(template="providers-asked")
    assert letter.address == enquiry.referral.coordinator.email
    assert letter.subject == f"WO {enquiry.referral.reference}: 1 provider asked"
    assert "options with you by Wed 4 Nov 14:30" in letter.body


def test_the_case_waits_for_providers():
    enquiry = EnquiryFactory(sent=True)

    row = WorkItem.objects.get(referral=enquiry.referral)
    assert (row.waits_on, row.next_step) == ("provider", "2 providers asked, offers close Wed 4 Nov 12:30")
    assert row.due_kind == "reply"


def test_sending_is_in_the_history():
    enquiry = EnquiryFactory(sent=True)

    said = Event.objects.get(verb="enquiry.sent")
    assert said.said == f"Enquiry {enquiry.number} sent to 2 providers, offers sealed until the deadline"
    assert said.case == enquiry.referral.reference


def test_an_emergency_is_always_open():
    enquiry = EnquiryFactory(referral__priority="emergency", referral__priority_reason="Carer taken to hospital")

    sent = actions.send(enquiry, by=broker_of(enquiry))

    assert sent.open_from_start
    assert sent.sheet["sealed"] is False


def test_sent_twice_it_goes_once():
    enquiry = EnquiryFactory(sent=True)

    with pytest.raises(Refused, match="is open, so it cannot be sent again"):
        actions.send(enquiry, by=broker_of(enquiry))

    assert Message.objects.filter(template="enquiry").count() == 2


@pytest.mark.parametrize("status", ["open", "closed", "withdrawn"])
def test_only_a_draft_can_be_sent(status):
    enquiry = EnquiryFactory(sent=True)
    Enquiry.objects.filter(pk=enquiry.pk).update(status=status)

    with pytest.raises(Refused, match="cannot be sent again"):
        actions.send(enquiry, by=broker_of(enquiry))


def test_a_refused_send_writes_to_nobody_and_changes_nothing():
    enquiry = EnquiryFactory(need_in_brief="Winifred needs help to wash.")

    with pytest.raises(Refused, match="Winifred"):
        actions.send(enquiry, by=broker_of(enquiry))

    enquiry.refresh_from_db()
    assert enquiry.status == EnquiryStatus.DRAFT
    assert not Message.objects.exists()
    assert not Invitation.objects.exists()
    assert not Event.objects.filter(verb="enquiry.sent").exists()


def test_a_send_that_fails_half_way_writes_to_nobody():
    """The clock of the options is refused last of all: a promise that is due before it is made."""
    enquiry = EnquiryFactory()
    deadlines.start(
        enquiry,
        "reply",
        deadline=timing.foretell("routine")[0],
        case=enquiry.referral.reference,
        team_id=enquiry.referral.team_id,
        by=None,
    )

    with pytest.raises(Refused, match="already being timed"):
        actions.send(enquiry, by=broker_of(enquiry))

    enquiry.refresh_from_db()
    assert enquiry.status == EnquiryStatus.DRAFT
    assert not Message.objects.exists()
    assert not Invitation.objects.exists()


# -- why not


def test_only_a_broker_of_the_cases_team_sends(stranger, manager):
    enquiry = EnquiryFactory()

    for user in (stranger, manager):
        with pytest.raises(Refused, match="Only a broker of Adults brokerage can ask providers"):
            actions.send(enquiry, by=user)


def test_nothing_is_sent_before_panel_agreed_to_the_search():
    enquiry = EnquiryFactory(nursing=True)

    with pytest.raises(Refused, match="panel's agreement to search"):
        actions.send(enquiry, by=broker_of(enquiry))


def test_it_goes_once_panel_agreed_to_the_search():
    enquiry = EnquiryFactory(nursing=True)
    AgreementFactory(referral=enquiry.referral, granted=True)

    assert actions.send(enquiry, by=broker_of(enquiry)).status == EnquiryStatus.OPEN


def test_nothing_is_sent_before_the_papers_are_complete():
    enquiry = EnquiryFactory(referral__papers=["assessment"])

    with pytest.raises(Refused, match="Record the care and support plan and the home care referral first"):
        actions.send(enquiry, by=broker_of(enquiry))


def test_what_cannot_wait_needs_fewer_papers():
    enquiry = EnquiryFactory(
        referral__priority="urgent",
        referral__priority_reason="Leaves hospital tomorrow",
        referral__papers=["funding_agreement", "pen_picture"],
    )

    assert actions.send(enquiry, by=broker_of(enquiry)).status == EnquiryStatus.OPEN


def test_nothing_is_sent_without_a_need_in_brief():
    enquiry = EnquiryFactory(need_in_brief="  ")

    with pytest.raises(Refused, match="Write the need in brief"):
        actions.send(enquiry, by=broker_of(enquiry))


def test_a_name_in_the_records_own_words_blocks_too():
    enquiry = EnquiryFactory()
    Outcome.objects.filter(referral=enquiry.referral).update(words="Winnie’s lunch club with Okafor cousins")

    with pytest.raises(Refused, match="“Winnie” and 1 more"):
        actions.send(enquiry, by=broker_of(enquiry))


def test_a_warning_must_be_cleared_with_a_reason():
    enquiry = EnquiryFactory(need_in_brief="Needs help; was the mayor of a town.")
    with pytest.raises(Refused, match="Clear one warning first"):
        actions.send(enquiry, by=broker_of(enquiry))

    actions.clear(enquiry, kind="rare", found="was the mayor", because="There are many mayors", by=broker_of(enquiry))

    assert actions.send(enquiry, by=broker_of(enquiry)).status == EnquiryStatus.OPEN


def test_nobody_to_ask_is_said_in_one_sentence():
    enquiry = EnquiryFactory(services=0)

    with pytest.raises(Refused, match="no service within 15 miles offers home care now"):
        actions.send(enquiry, by=broker_of(enquiry))


def test_without_a_postcode_nobody_can_be_found():
    enquiry = EnquiryFactory()
    enquiry.referral.person.postcode = ""
    enquiry.referral.person.save()

    with pytest.raises(Refused, match="Add the person’s postcode"):
        actions.send(enquiry, by=broker_of(enquiry))


def test_work_must_have_started():
    enquiry = EnquiryFactory()
    type(enquiry.referral).objects.filter(pk=enquiry.referral.pk).update(status="received")

    with pytest.raises(Refused, match="Start work on"):
        actions.send(enquiry, by=broker_of(enquiry))


# -- a second person


def test_a_childrens_sheet_is_released_by_a_second_person(other_broker):
    enquiry = EnquiryFactory(childrens=True)
    with pytest.raises(Refused, match="A second person must read and release this"):
        actions.send(enquiry, by=broker_of(enquiry))

    actions.release(enquiry, by=other_broker)

    assert actions.send(enquiry, by=broker_of(enquiry)).status == EnquiryStatus.OPEN


def test_adults_sheets_too_where_the_council_sets_it(council_releases_adults):
    enquiry = EnquiryFactory()

    with pytest.raises(Refused, match="A second person"):
        actions.send(enquiry, by=broker_of(enquiry))


@pytest.fixture
def council_releases_adults(db):
    from brokerage.council import settings
    from brokerage.council.models import Council

    Council.objects.update_or_create(pk=1, defaults={"adults_sheets_need_release": True})
    settings.forget()
    yield
    settings.forget()


def test_nobody_releases_their_own_words():
    enquiry = EnquiryFactory(childrens=True)

    with pytest.raises(Refused, match="You wrote this"):
        actions.release(enquiry, by=broker_of(enquiry))


def test_a_release_does_not_outlive_the_words_it_was_for(other_broker, manager):
    enquiry = EnquiryFactory(childrens=True)
    actions.release(enquiry, by=other_broker)

    Outcome.objects.filter(referral=enquiry.referral).update(words="To see the sea")

    with pytest.raises(Refused, match="has changed since it was released"):
        actions.send(enquiry, by=broker_of(enquiry))


def test_writing_again_takes_the_release_back(other_broker):
    enquiry = EnquiryFactory(childrens=True)
    actions.release(enquiry, by=other_broker)

    written = actions.write(enquiry, need_in_brief="A boy needs company.", by=broker_of(enquiry))

    assert (written.released_at, written.released_by, written.released_hash) == (None, None, "")


def test_what_blocks_is_not_released(other_broker):
    enquiry = EnquiryFactory(childrens=True, need_in_brief="Winifred needs company.")

    with pytest.raises(Refused, match="Take “Winifred” out"):
        actions.release(enquiry, by=other_broker)


def test_the_time_of_sending_is_business_time(tuesday):
    enquiry = EnquiryFactory()
    tuesday.shift(timedelta(hours=1))

    assert actions.send(enquiry, by=broker_of(enquiry)).sent_at == clock.now() == TUESDAY_1230 + timedelta(hours=1)
