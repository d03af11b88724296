"""A restricted case is opened by those named on it, and every opening of a case is written down."""

from datetime import timedelta

import pytest
import time_machine
from django.db import InternalError, transaction
from django.urls import reverse

from brokerage.audit.models import Event
from brokerage.clocks import clock
from brokerage.deadlines.models import Clock
from brokerage.errors import NotAllowed, Refused
from brokerage.notify.models import Message
from placements.panel import actions as panel
from placements.panel.models import Submission
from providers.enquiries.models import Enquiry
from referrals.access import actions
from referrals.access.models import NamedReader, Opening
from referrals.access.opening import close_by, opened
from referrals.intake import actions as intake
from referrals.models import Referral, WorkItem
from referrals.tests.factories import ReferralFactory
from referrals.timing import actions as timing

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(broker):
    referral = ReferralFactory(in_progress=True, broker=broker, priority="urgent", priority_reason="Alone at home")
    timing.start_clocks(referral, by=broker)
    return referral


@pytest.fixture
def restricted(case, broker):
    return actions.restrict(case, readers=[], because="Works for the council", by=broker)


def test_a_restricted_case_is_opened_by_whoever_works_on_it(client, restricted, broker):
    client.force_login(broker)
    assert client.get(reverse("casefile", args=[restricted.reference])).status_code == 200


@pytest.mark.parametrize("who", ["other_broker", "duty_broker", "manager", "head", "assistant_director", "auditor"])
def test_nobody_else_of_the_team_finds_it(client, request, restricted, who):
    client.force_login(request.getfixturevalue(who))
    for name in ("casefile", "case_needs", "case_history", "case_openings"):
        assert client.get(reverse(name, args=[restricted.reference])).status_code == 404


def test_it_stands_in_nobody_elses_queue_search_or_letters(client, restricted, other_broker, duty_broker):
    client.force_login(other_broker)
    assert restricted.reference not in client.get(reverse("queue") + "?tab=team").content.decode()
    assert (
        restricted.reference not in client.get(reverse("search") + f"?q={restricted.person.last_name}").content.decode()
    )
    client.force_login(duty_broker)
    assert restricted.reference not in client.get(reverse("letters_waiting")).content.decode()


def test_panel_sees_its_question_only_where_named(restricted, broker, chair, head):
    Referral.objects.filter(pk=restricted.pk).update(pathway=ReferralFactory(nursing=True).pathway)
    restricted.refresh_from_db()
    panel.ask_to_search(restricted, recommendation="Nursing care", by=broker)
    assert not Submission.objects.visible_to(chair).exists()
    actions.name(restricted, reader=chair, because="Sits on panel on Tuesday", by=head)
    assert Submission.objects.visible_to(chair).exists()


def test_its_enquiries_are_nobody_elses_either(restricted, broker, other_broker):
    from providers.enquiries import actions as enquiries

    enquiries.begin(restricted, by=broker)
    assert Enquiry.objects.visible_to(broker).exists()
    assert not Enquiry.objects.visible_to(other_broker).exists()


def test_lists_and_letters_say_restricted_where_its_initials_stood(restricted):
    assert WorkItem.objects.get(referral=restricted).initials == "Restricted"
    assert set(Clock.objects.filter(case=restricted.reference).values_list("initials", flat=True)) == {"Restricted"}
    assert restricted.initials == "Restricted"


def test_those_named_are_told_by_its_reference_alone(case, broker, other_broker):
    actions.restrict(case, readers=[other_broker], because="At risk from a relative", by=broker)
    letter = Message.objects.get(address=other_broker.email, template="restricted-case-named")
    assert letter.subject == f"{case.reference}: you may open this restricted case"
    assert case.person.last_name not in letter.body


def test_a_case_is_restricted_once(restricted, broker):
    with pytest.raises(Refused, match="already restricted"):
        actions.restrict(restricted, readers=[], because="Again", by=broker)


def test_restricting_asks_why(case, broker):
    with pytest.raises(Refused, match="Enter why"):
        actions.restrict(case, readers=[], because=" ", by=broker)
    assert not Referral.objects.get().is_restricted


def test_somebody_who_can_work_on_it_is_named(manager):
    case = ReferralFactory(received=True)
    with pytest.raises(Refused, match="at least one broker"):
        actions.restrict(case, readers=[], because="Works here", by=manager)


def test_another_teams_broker_restricts_nothing(case, stranger):
    with pytest.raises(NotAllowed, match="another team"):
        actions.restrict(case, readers=[], because="Works here", by=stranger)


def test_a_broker_who_is_not_named_cannot_name_themselves(restricted, other_broker):
    with pytest.raises(NotAllowed, match="Only a team manager or a head of service"):
        actions.name(restricted, reader=other_broker, because="I would like to look", by=other_broker)


def test_a_manager_names_somebody_and_everybody_named_hears_why(restricted, broker, other_broker, manager):
    actions.name(restricted, reader=other_broker, because="Tom is on leave", by=manager)
    assert Referral.objects.visible_to(other_broker).filter(pk=restricted.pk).exists()
    assert "Tom is on leave" in Message.objects.get(address=broker.email, template="restricted-case-reader").body
    assert Event.objects.filter(verb="case.reader_named", case=restricted.reference).exists()


def test_somebody_of_another_team_cannot_be_named(restricted, stranger, manager):
    with pytest.raises(Refused, match="not of this case"):
        actions.name(restricted, reader=stranger, because="Curious", by=manager)


def test_whoever_is_taken_off_finds_it_no_more(restricted, other_broker, manager):
    actions.name(restricted, reader=other_broker, because="Covers", by=manager)
    actions.take_off(restricted, reader=other_broker, by=manager)
    assert not Referral.objects.visible_to(other_broker).exists()


def test_whoever_works_on_it_is_not_taken_off(restricted, broker, manager):
    with pytest.raises(Refused, match="works on this case"):
        actions.take_off(restricted, reader=broker, by=manager)


def test_a_restricted_case_given_to_somebody_is_theirs_to_open(restricted, other_broker, manager):
    actions.name(restricted, reader=manager, because="To give it out", by=manager)
    intake.assign(restricted, to=other_broker, by=manager)
    assert NamedReader.objects.filter(referral=restricted, user=other_broker).exists()


def test_lifted_it_is_the_teams_again_with_its_initials(restricted, other_broker, manager):
    actions.lift(restricted, because="No longer works here", by=manager)
    assert Referral.objects.visible_to(other_broker).filter(pk=restricted.pk).exists()
    assert WorkItem.objects.get(referral=restricted).initials == restricted.person.initials


def test_a_manager_sees_that_a_case_is_restricted_and_nothing_of_it(client, restricted, manager):
    client.force_login(manager)
    page = client.get(reverse("restricted_cases")).content.decode()
    assert restricted.reference in page
    assert restricted.person.last_name not in page and restricted.pathway.name not in page


def test_another_teams_manager_does_not_see_that_it_exists(client, restricted, childrens_team):
    from brokerage.tests.factories import UserFactory

    client.force_login(UserFactory(manager=True, teams=[childrens_team]))
    assert restricted.reference not in client.get(reverse("restricted_cases")).content.decode()
    assert client.get(reverse("name_reader", args=[restricted.reference])).status_code == 404


def test_a_case_is_restricted_on_a_page(client, case, broker, other_broker):
    client.force_login(broker)
    address = reverse("restrict_case", args=[case.reference])
    assert "Works for the council" not in client.get(address).content.decode()
    client.post(address, {"readers": [other_broker.pk], "because": "Works for the council"})
    assert Referral.objects.get(pk=case.pk).is_restricted
    assert set(NamedReader.objects.values_list("user", flat=True)) == {
        broker.pk, other_broker.pk, case.coordinator_id,
    }  # fmt: skip


def test_a_manager_names_takes_off_and_lifts_on_pages(client, restricted, other_broker, manager):
    client.force_login(manager)
    client.post(
        reverse("name_reader", args=[restricted.reference]), {"reader": other_broker.pk, "because": "Covers for Tom"}
    )
    assert NamedReader.objects.filter(user=other_broker).exists()
    client.post(reverse("take_off_reader", args=[restricted.reference, other_broker.pk]))
    assert not NamedReader.objects.filter(user=other_broker).exists()
    client.post(reverse("lift_restriction", args=[restricted.reference]), {"because": "Left the council"})
    assert not Referral.objects.get(pk=restricted.pk).is_restricted


# -- who opened what


@pytest.mark.parametrize("name", ["casefile", "case_needs", "case_history"])
def test_every_opening_of_a_case_is_written_down(client, case, broker, name):
    client.force_login(broker)
    client.get(reverse(name, args=[case.reference]))
    client.get(reverse(name, args=[case.reference]))
    assert Opening.objects.filter(referral=case, user=broker).count() == 2


def test_a_case_that_is_not_theirs_to_see_counts_as_no_opening(client, case, stranger):
    client.force_login(stranger)
    client.get(reverse("casefile", args=[case.reference]))
    assert not Opening.objects.exists()


def test_its_referrer_looking_is_written_down_too_but_not_while_it_is_a_draft(client, case):
    client.force_login(case.coordinator)
    client.get(reverse("referral_tasks", args=[case.reference]))
    draft = ReferralFactory(referred_by=case.coordinator, coordinator=case.coordinator)
    client.get(reverse("referral_tasks", args=[draft.reference]))
    assert list(Opening.objects.values_list("case", "page")) == [(case.reference, "referral")]


def test_what_was_opened_is_neither_changed_nor_taken_away(case, broker):
    opened(case, by=broker, page="case")
    for change in (lambda: Opening.objects.update(page="needs"), lambda: Opening.objects.all().delete()):
        with pytest.raises(InternalError, match="opening_stays_as_it_was"), transaction.atomic():
            change()


def test_the_case_lists_who_opened_it(client, case, broker, other_broker):
    opened(case, by=other_broker, page="history")
    client.force_login(broker)
    page = client.get(reverse("case_openings", args=[case.reference])).content.decode()
    assert other_broker.full_name in page


def test_an_auditor_lists_what_somebody_opened(client, case, broker, other_broker, auditor):
    opened(case, by=broker, page="case")
    opened(case, by=other_broker, page="case")
    client.force_login(auditor)
    page = client.get(reverse("openings"), {"person": other_broker.pk})
    assert [row.user for row in page.context["rows"]] == [other_broker]


def test_an_auditors_list_downloads(client, case, broker, auditor):
    opened(case, by=broker, page="case")
    client.force_login(auditor)
    assert case.reference in client.get(reverse("openings"), {"download": "csv"}).content.decode()


def test_openings_of_a_restricted_case_are_for_those_named(client, restricted, broker, auditor):
    opened(restricted, by=broker, page="case")
    client.force_login(auditor)
    assert restricted.reference not in client.get(reverse("openings")).content.decode()


# -- who is close to it now


def test_others_at_the_case_are_seen_and_oneself_is_not(case, broker, other_broker):
    opened(case, by=broker, page="case")
    opened(case, by=other_broker, page="case")
    assert close_by(case, but=broker) == [(other_broker.full_name, True)]


def test_somebody_who_left_minutes_ago_was_here_lately(case, broker, other_broker):
    with time_machine.travel(clock.now(), tick=False) as now:
        opened(case, by=other_broker, page="case")
        now.shift(timedelta(minutes=5))
        assert close_by(case, but=broker) == [(other_broker.full_name, False)]
        now.shift(timedelta(minutes=6))
        assert close_by(case, but=broker) == []


def test_a_page_left_open_says_so_and_learns_who_else_is_there(client, case, broker, other_broker):
    opened(case, by=other_broker, page="case")
    client.force_login(broker)
    page = client.post(reverse("still_here", args=[case.reference]))
    assert "has this case open now" in page.content.decode()
    assert close_by(case, but=other_broker) == [(broker.full_name, True)]


def test_a_stranger_is_close_to_nothing(client, case, stranger):
    client.force_login(stranger)
    assert client.post(reverse("still_here", args=[case.reference])).status_code == 404
