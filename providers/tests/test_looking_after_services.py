"""Mailboxes set right, services suspended and asked again: the deeds, whoever's page they are done from."""

from datetime import date, timedelta

import pytest

from brokerage.accounts.models import Role
from brokerage.audit.models import Event
from brokerage.clocks import clock
from brokerage.errors import NotAllowed, Refused
from brokerage.notify.models import Message
from brokerage.tests.factories import UserFactory
from providers.directory import actions, queries
from providers.directory.models import Contact, Kind, Standing
from providers.directory.rules import MAY_CHANGE
from providers.tests.factories import HERE, ContactFactory, ServiceFactory, StandingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    return ServiceFactory(name="Hollybank", mailboxes={"enquiries": "old@care.example"})


def today():
    return actions._today()


def correct(service, by, **answers):
    answers = {"enquiries": "new@care.example", "signing": "", "because": "They moved office"} | answers
    return actions.correct_mailboxes(service, **answers, by=by)


def suspend(service, by, **answers):
    answers = {"status": "suspended", "because": "Safeguarding enquiry"} | answers
    return actions.suspend(service, **answers, by=by)


DEEDS = [
    correct,
    suspend,
    lambda service, by: actions.lift(service, because="Enquiry closed", by=by),
]


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("role", [role for role in Role if role not in MAY_CHANGE])
def test_nobody_else_changes_the_directory(service, deed, role):
    with pytest.raises(NotAllowed, match="Only a broker, a duty broker or a team manager"):
        deed(service, UserFactory(roles=[role]))

    assert not Event.objects.exists()


# -- mailboxes


def test_the_next_enquiry_goes_to_the_new_mailbox(service, broker):
    correct(service, broker)

    assert queries.mailbox(service) == "new@care.example"


def test_a_change_is_recorded_with_what_it_was_and_why(service, broker):
    correct(service, broker)

    event = Event.objects.about(service).get()
    assert (event.said, event.because, event.actor_name) == (
        "Mailboxes of Hollybank changed",
        "They moved office",
        "Tom Birch",
    )
    assert event.facts == {
        "was": {"enquiries": "old@care.example", "signing": ""},
        "now": {"enquiries": "new@care.example", "signing": ""},
    }


def test_whoever_read_the_old_mailbox_is_told_but_not_where_we_write_now(service, broker):
    correct(service, broker)

    letter = Message.objects.get()
    assert letter.address == "old@care.example"
    assert letter.subject == "We now write to Hollybank at another address"
    assert "new@care.example" not in letter.body


def test_a_mailbox_that_stays_is_told_nothing(service, broker):
    correct(service, broker, enquiries="old@care.example", signing="signing@care.example")

    assert not Message.objects.exists()


def test_the_same_mailboxes_again_confirm_them(service, broker):
    before = service.contacts.get().confirmed_at

    correct(service, broker, enquiries="old@care.example")

    assert service.contacts.get().confirmed_at > before
    assert Event.objects.about(service).get().said == "Mailboxes of Hollybank confirmed"


def test_an_emptied_mailbox_leaves_the_providers(service, broker):
    ContactFactory(provider=service.provider, mailbox="head.office@care.example")

    correct(service, broker, enquiries="")

    assert queries.mailbox(service) == "head.office@care.example"


def test_a_demonstration_holds_no_real_address(service, broker, settings):
    settings.DEMONSTRATION = True

    with pytest.raises(Refused, match="enter a mailbox that ends in .example"):
        correct(service, broker, signing="manager@alder-court.co.uk")

    assert Contact.objects.get().mailbox == "old@care.example"


def test_a_demonstration_takes_an_invented_address(service, broker, settings):
    settings.DEMONSTRATION = True

    correct(service, broker)

    assert queries.mailbox(service) == "new@care.example"


# -- suspending


@pytest.mark.parametrize("status", ["suspended", "embargoed"])
def test_a_suspended_service_is_asked_nothing(service, manager, status):
    suspend(service, manager, status=status)

    (found,) = queries.could_meet(Kind.HOME_CARE, HERE, today())
    assert not found.in_
    assert Event.objects.about(service).get().said == f"Hollybank {status}"


def test_a_suspension_may_have_an_end(service, broker):
    until = today() + timedelta(days=7)

    suspend(service, broker, until_on=until)

    assert Standing.objects.in_force(until - timedelta(days=1)).exists()
    assert not Standing.objects.in_force(until).exists()


def test_the_end_is_after_today(service, broker):
    with pytest.raises(Refused, match="must be after today"):
        suspend(service, broker, until_on=today())


def test_a_service_is_suspended_once(service, broker):
    suspend(service, broker)

    with pytest.raises(Refused, match="Hollybank is suspended already"):
        suspend(service, broker, status="embargoed")


def test_a_suspension_still_to_come_is_said(service, broker):
    StandingFactory(service=service, from_on=date(2099, 1, 1))

    with pytest.raises(Refused, match="will be suspended from 1 January 2099"):
        suspend(service, broker)


def test_lifted_it_is_asked_again_the_same_day(service, broker):
    suspend(service, broker)

    actions.lift(service, because="Enquiry closed", by=broker)

    (found,) = queries.could_meet(Kind.HOME_CARE, HERE, today())
    assert found.in_
    assert Event.objects.newest_first().first().because == "Enquiry closed"


def test_a_service_in_good_standing_has_nothing_to_lift(service, broker):
    with pytest.raises(Refused, match="Hollybank is not suspended or embargoed"):
        actions.lift(service, because="Enquiry closed", by=broker)


def test_it_may_be_suspended_again_the_same_day(service, broker):
    suspend(service, broker)
    actions.lift(service, because="A mistake", by=broker)

    suspend(service, broker)

    assert Standing.objects.in_force(today()).count() == 1


def test_days_are_the_councils_own(service, broker, time_machine):
    time_machine.move_to("2026-06-30T23:30:00Z", tick=False)

    assert suspend(service, broker).from_on == date(2026, 7, 1)
    assert clock.now().date() == date(2026, 6, 30)
