import datetime

import pytest
from django.db import connection, transaction

from brokerage.accounts.models import TeamEvent
from brokerage.audit.models import Event
from brokerage.audit.recording import Deed, Outsider, history_of, record, record_many
from brokerage.tests.factories import TeamFactory, UserFactory

pytestmark = pytest.mark.django_db


def deed(**facts):
    return record("team.moved", facts.pop("team", None) or TeamFactory(), **{"by": None, "said": "Moved", **facts})


def test_a_deed_says_who_what_why_and_about_which_case():
    broker, team = UserFactory(broker=True), TeamFactory()

    record("team.moved", team, by=broker, said="Moved to Derby", because="Nearer family", case="R000012", miles=4)

    event = Event.objects.get()
    assert (event.verb, event.said, event.because, event.case) == (
        "team.moved",
        "Moved to Derby",
        "Nearer family",
        "R000012",
    )
    assert (event.actor_kind, event.actor_id, event.who) == ("user", broker.pk, broker.full_name)
    assert (event.subject_label, event.subject_id) == ("accounts.Team", str(team.pk))
    assert event.facts == {"miles": 4}
    assert list(history_of("R000012")) == [event]


def test_somebody_with_no_account_is_named_with_role_and_organisation():
    event = deed(by=Outsider("Ann Lee", role="Manager", organisation="Oak House"))

    assert event.who == "Ann Lee (Manager, Oak House)"
    assert event.actor_id is None


def test_the_service_itself_is_named_when_nobody_else_did_it():
    assert deed().who == "The service"


def test_the_database_writes_down_when_and_in_which_transaction():
    event = deed()
    event.refresh_from_db()

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint, clock_timestamp()")
        transaction_id, now = cursor.fetchone()
    assert event.tx == transaction_id
    assert now - event.recorded_at < datetime.timedelta(seconds=5)


def test_many_deeds_are_written_at_once(django_assert_num_queries):
    team = TeamFactory()
    deeds = [Deed("clock.escalated", team, f"Escalated {number}", case="R000012") for number in range(50)]

    with django_assert_num_queries(1):
        record_many(deeds, by=None)

    assert Event.objects.of_case("R000012").count() == 50


@pytest.mark.django_db(transaction=True)
def test_a_deed_that_is_rolled_back_leaves_no_event_and_no_evidence():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        deed()
        raise ZeroDivisionError

    assert not Event.objects.exists()
    assert not TeamEvent.objects.exists()


def test_an_event_must_say_something():
    with pytest.raises(Exception, match="event_says_something"), transaction.atomic():
        deed(said="")
