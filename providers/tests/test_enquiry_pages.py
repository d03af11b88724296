from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from brokerage.audit.models import Event
from brokerage.clocks import clock
from brokerage.notify.models import Message, State
from brokerage.tests.factories import UserFactory
from providers.enquiries import actions
from providers.enquiries.composing import Composition
from providers.enquiries.models import Enquiry, EnquiryStatus
from providers.tests.factories import EnquiryFactory, PostcodeFactory, ReplyFactory, ServiceFactory
from referrals.models import Outcome
from referrals.tests.factories import ReferralFactory

pytestmark = pytest.mark.django_db

TUESDAY_1230 = datetime(2026, 11, 3, 12, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def tuesday():
    with time_machine.travel(TUESDAY_1230, tick=False) as now:
        yield now


@pytest.fixture
def read_page(client):
    """`read_page(enquiry)` as its broker reads it."""

    def read(enquiry, user=None):
        client.force_login(user or enquiry.referral.broker)
        return client.get(enquiry.get_absolute_url())

    return read


def press(client, name, *args, user, **answers):
    client.force_login(user)
    return client.post(reverse(name, args=args), answers)


# -- begin


def test_a_broker_begins_an_enquiry_with_first_words_from_coded_answers(client):
    referral = ReferralFactory(in_progress=True)

    answer = press(client, "enquiry_begin", referral.reference, user=referral.broker)

    enquiry = Enquiry.objects.get()
    assert answer.url == enquiry.get_absolute_url()
    assert enquiry.need_in_brief == (
        "A person aged 85 or over needs home care. Walks with a stick or frame. "
        "Help is needed with: getting up and dressed; washing or showering."
    )


def test_a_second_enquiry_waits_for_the_first(client):
    enquiry = EnquiryFactory()

    answer = press(client, "enquiry_begin", enquiry.referral.reference, user=enquiry.referral.broker)

    assert answer.status_code == 409
    assert f"{enquiry.number} for {enquiry.referral.reference} is being written" in answer.content.decode()


def test_panel_comes_before_an_enquiry_where_the_pathway_says_so(client):
    referral = ReferralFactory(in_progress=True, nursing=True)

    answer = press(client, "enquiry_begin", referral.reference, user=referral.broker)

    assert answer.status_code == 409
    assert "agreement to search before any provider is asked" in answer.content.decode()


# -- compose


def test_the_broker_reads_what_providers_will_read_and_what_is_kept_from_them(read_page):
    enquiry = EnquiryFactory()

    read = read_page(enquiry).content.decode()

    assert enquiry.need_in_brief in read
    assert "85 or over" in read
    assert "Kept from providers" in read
    assert "Our reference" in read


def test_who_is_asked_and_who_is_not_is_told_with_reasons(read_page):
    enquiry = EnquiryFactory(services=1)
    ServiceFactory(name="Foxglove Care", suspended="Safeguarding enquiry")

    read = read_page(enquiry).content.decode()

    assert "Who will be asked (1)" in read
    assert "Who will not be asked, and why (1)" in read
    assert "Safeguarding enquiry" in read


def test_the_deadline_is_told_as_it_would_be_if_sent_now(read_page):
    read = read_page(EnquiryFactory()).content.decode()

    assert "tomorrow 12:30" in read
    assert "Send the enquiry" in read


def test_words_that_block_are_marked_and_there_is_no_button_to_send(read_page):
    read = read_page(EnquiryFactory(need_in_brief="Winifred fell.")).content.decode()

    assert "<mark>Winifred</mark>" in read
    assert "Take “Winifred” out of what providers read" in read
    assert "Send the enquiry" not in read


def test_words_of_the_record_can_be_put_differently_for_providers(client):
    enquiry = EnquiryFactory()
    Outcome.objects.filter(referral=enquiry.referral).update(words="To go to Winnie’s club")
    user = enquiry.referral.broker

    answer = press(
        client,
        "enquiry_write",
        enquiry.number,
        user=user,
        need_in_brief="Help to wash.",
        outcome_1="To go to a club",
        offers="sealed",
    )

    assert answer.status_code == 302
    enquiry.refresh_from_db()
    assert enquiry.wording == {"outcome_1": "To go to a club"}
    assert actions.send(enquiry, by=user).sheet["outcomes"] == ["To go to a club"]


def test_words_left_as_the_record_has_them_follow_its_corrections(client):
    enquiry = EnquiryFactory()
    user = enquiry.referral.broker
    press(
        client,
        "enquiry_write",
        enquiry.number,
        user=user,
        need_in_brief="Help.",
        outcome_1="To stay in my own home",
        offers="sealed",
    )

    Outcome.objects.filter(referral=enquiry.referral).update(words="To stay at home")

    enquiry.refresh_from_db()
    assert enquiry.wording == {}
    assert actions.send(enquiry, by=user).sheet["outcomes"] == ["To stay at home"]


def test_a_warning_is_cleared_on_the_page_and_may_be_taken_back(client, read_page):
    enquiry = EnquiryFactory(need_in_brief="She was the mayor of a town.")
    user = enquiry.referral.broker
    warning = {"kind": "rare", "found": "was the mayor"}

    press(client, "enquiry_clear", enquiry.number, user=user, because="There were many", **warning)
    assert "Send the enquiry" in read_page(enquiry).content.decode()

    press(client, "enquiry_unclear", enquiry.number, user=user, **warning)
    assert "Clear one warning first" in read_page(enquiry).content.decode()


def test_a_warning_is_not_cleared_without_a_reason(client):
    enquiry = EnquiryFactory(need_in_brief="She was the mayor of a town.")

    answer = press(
        client,
        "enquiry_clear",
        enquiry.number,
        user=enquiry.referral.broker,
        kind="rare",
        found="was the mayor",
        because=" ",
    )

    assert "Enter why these words can stay" in answer.content.decode()
    assert not enquiry.clearances.exists()


def test_a_clearance_goes_with_the_words_it_was_for():
    enquiry = EnquiryFactory(need_in_brief="She was the mayor of a town.")
    user = enquiry.referral.broker
    actions.clear(enquiry, kind="rare", found="was the mayor", because="There were many", by=user)

    actions.write(enquiry, need_in_brief="She needs help to wash.", by=user)

    assert not enquiry.clearances.exists()


def test_a_service_is_left_out_with_a_reason_and_put_back(client):
    enquiry = EnquiryFactory(services=2)
    service_id = Composition(enquiry, at=clock.now()).to_ask[0].service_id
    user = enquiry.referral.broker

    press(
        client, "enquiry_leave_out", enquiry.number, service_id, user=user, because="The family had trouble with them"
    )
    enquiry.refresh_from_db()
    assert enquiry.left_out == [{"service": service_id, "because": "The family had trouble with them"}]

    press(client, "enquiry_put_back", enquiry.number, service_id, user=user)
    enquiry.refresh_from_db()
    assert enquiry.left_out == []


def test_the_second_of_two_writers_is_told_who_was_first(client, other_broker):
    enquiry = EnquiryFactory()
    read_version = enquiry.version
    actions.write(enquiry, need_in_brief="Other words.", by=other_broker)

    answer = press(
        client,
        "enquiry_write",
        enquiry.number,
        user=enquiry.referral.broker,
        need_in_brief="My words.",
        offers="sealed",
        read_version=read_version,
    )

    assert answer.status_code == 409
    assert "Priya Nair changed this" in answer.content.decode()
    assert "My words." in answer.content.decode()


# -- a second person


def test_a_manager_releases_a_childs_sheet_on_the_page(client, read_page):
    enquiry = EnquiryFactory(childrens=True)
    manager = UserFactory(manager=True, teams=[enquiry.referral.team])
    assert "A second person must read and release this" in read_page(enquiry).content.decode()
    assert "I have read it: release" in read_page(enquiry, manager).content.decode()

    press(client, "enquiry_release", enquiry.number, user=manager)

    assert "Send the enquiry" in read_page(enquiry).content.decode()


# -- send


def test_pressed_twice_it_is_sent_once(client):
    enquiry = EnquiryFactory()
    user = enquiry.referral.broker
    key = "0f8fad5b-d9cb-469f-a165-70867728950e"

    first = press(client, "enquiry_send", enquiry.number, user=user, form_key=key)
    second = press(client, "enquiry_send", enquiry.number, user=user, form_key=key)

    assert first.url == second.url == enquiry.get_absolute_url()
    assert Message.objects.filter(template="enquiry").count() == 2


def test_a_refusal_to_send_is_a_page_with_the_sentence(client):
    enquiry = EnquiryFactory(services=0)

    answer = press(client, "enquiry_send", enquiry.number, user=enquiry.referral.broker)

    assert answer.status_code == 409
    assert "Nobody can be asked" in answer.content.decode()


# -- progress


def test_each_provider_stands_with_its_letter_and_its_answer(read_page):
    enquiry = EnquiryFactory(services=3, sent=True)
    letters = list(Message.objects.filter(template="enquiry").order_by("pk"))
    Message.objects.filter(pk=letters[0].pk).update(state=State.SENT, sent_at=clock.now())
    Message.objects.filter(pk=letters[1].pk).update(state=State.FAILED, last_error="550 no such mailbox")

    read = read_page(enquiry).content.decode()

    assert "550 no such mailbox" in read
    assert "Could not be sent <strong>1</strong>" in read
    assert "Waiting to go <strong>1</strong>" in read


def test_no_price_shows_while_offers_are_sealed(read_page):
    enquiry = EnquiryFactory(services=1, sent=True)
    ReplyFactory(invitation=enquiry.invitations.get(), rate="1234.57")

    read = read_page(enquiry).content.decode()

    assert "Offered" in read
    assert "1234.57" not in read
    assert "1,234.57" not in read


def test_it_can_be_closed_before_the_deadline_once_all_have_answered(client, read_page):
    enquiry = EnquiryFactory(services=1, sent=True)
    user = enquiry.referral.broker
    assert press(client, "enquiry_close", enquiry.number, user=user).status_code == 409

    ReplyFactory(invitation=enquiry.invitations.get())
    answer = press(client, "enquiry_close", enquiry.number, user=user)

    enquiry.refresh_from_db()
    assert answer.url == reverse("offers", args=[enquiry.referral.reference])
    assert (enquiry.status, enquiry.closed_because) == (EnquiryStatus.CLOSED, "Every provider asked has answered")


# -- who sees it


def test_another_teams_enquiry_is_not_there(client, stranger):
    enquiry = EnquiryFactory()
    client.force_login(stranger)

    assert client.get(enquiry.get_absolute_url()).status_code == 404
    assert press(client, "enquiry_send", enquiry.number, user=stranger).status_code == 404


def test_a_stranger_signs_in_first(client):
    enquiry = EnquiryFactory()

    assert client.get(enquiry.get_absolute_url()).url.startswith(reverse("account_login"))


def test_an_auditor_reads_and_has_nothing_to_press(read_page):
    enquiry = EnquiryFactory()
    auditor = UserFactory(auditor=True, teams=[enquiry.referral.team])

    read = read_page(enquiry, auditor).content.decode()

    assert "Send the enquiry" not in read
    assert "Change the words" not in read
    assert "Leave out" not in read


@pytest.mark.parametrize("state", [{}, {"sent": True}, {"sent": True, "closed": True}, {"withdrawn": True}])
def test_looking_changes_nothing(read_page, state):
    enquiry = EnquiryFactory(**state)
    before = Enquiry.objects.filter(pk=enquiry.pk).values().get()
    events, letters = Event.objects.count(), Message.objects.count()

    assert read_page(enquiry).status_code == 200

    assert Enquiry.objects.filter(pk=enquiry.pk).values().get() == before
    assert (Event.objects.count(), Message.objects.count()) == (events, letters)


@pytest.mark.parametrize("state", [{}, {"sent": True}])
def test_a_page_costs_the_same_however_many_are_asked(client, read_page, django_assert_max_num_queries, state):
    few, many = EnquiryFactory(services=1, **state), EnquiryFactory(services=12, **state)
    counts = []
    for enquiry in (few, many):
        read_page(enquiry)
        with django_assert_max_num_queries(40) as queries:
            client.get(enquiry.get_absolute_url())
        counts.append(len(queries.captured_queries))

    assert counts[0] == counts[1]


def test_pages_work_where_the_postcode_is_not_known(read_page):
    enquiry = EnquiryFactory(referral__person__postcode="ZZ9 9ZZ", services=0)
    PostcodeFactory._meta.model.objects.all().delete()

    assert "Nobody can be asked" in read_page(enquiry).content.decode()


def test_time_passes_and_the_sweep_closes_it(tuesday):
    enquiry = EnquiryFactory(sent=True)
    tuesday.shift(timedelta(days=1))

    assert actions.close_due(at=clock.now()) == 1
    assert actions.close_due(at=clock.now()) == 0

    enquiry.refresh_from_db()
    assert (enquiry.status, enquiry.closed_because) == (EnquiryStatus.CLOSED, "The deadline passed")
    assert Message.objects.get(template="enquiry-closed").address == enquiry.referral.broker.email
