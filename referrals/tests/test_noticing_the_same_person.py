"""The same person, or the same request, is noticed before it is submitted; and joined, not doubled."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from brokerage.audit.models import Event
from brokerage.deadlines.models import Clock
from brokerage.errors import Refused
from brokerage.notify.models import Message
from brokerage.tests.factories import TeamFactory, UserFactory
from referrals.intake import actions as intake
from referrals.intake import duplicates, joining
from referrals.joining.finding import looks
from referrals.joining.likeness import Description
from referrals.models import Opening, Person, Referral, Verdict
from referrals.tests.factories import PersonFactory, ReferralFactory

pytestmark = pytest.mark.django_db

STANLEY = {"first_names": "Stanley", "last_name": "Obuya", "born_on": date(1938, 6, 3), "postcode": "PL9 1AA"}


def somebody(**facts):
    return PersonFactory(**{"record_id": "", **STANLEY, **facts})


@pytest.fixture
def earlier(coordinator):
    """A case of the co-ordinator's own, received."""
    return ReferralFactory(referred_by=coordinator, received=True, person=somebody(record_id="M500001"))


@pytest.fixture
def draft(coordinator):
    return ReferralFactory(referred_by=coordinator, person=somebody(first_names="Stan", born_on=date(1938, 3, 6)))


@pytest.fixture
def received(earlier, coordinator, broker):
    """Two received cases of one person, and the broker of their team."""
    intake.submit(
        second := ReferralFactory(referred_by=UserFactory(coordinator=True), person=somebody()), by=second.referred_by
    )
    return earlier, second


def test_a_likely_earlier_case_keeps_a_draft_from_being_submitted_until_somebody_says(draft, earlier, coordinator):
    with pytest.raises(Refused, match="may be the same person"):
        intake.submit(draft, by=coordinator)

    joining.different(draft, earlier, because="Father and son, born the same day", by=coordinator)
    intake.submit(draft, by=coordinator)

    verdict = Verdict.objects.get()
    assert (verdict.referral, verdict.other, verdict.answer) == (draft, earlier, "different")
    assert verdict.because == "Father and son, born the same day"


def test_the_list_of_pages_says_that_somebody_is_known(client, draft, earlier, coordinator):
    client.force_login(coordinator)

    page = client.get(reverse("referral_tasks", args=[draft.reference])).content.decode()

    assert "Somebody on record may be the same person" in page
    assert reverse("alike_to_draft", args=[draft.reference]) in page


def test_the_same_person_with_another_need_is_one_row(draft, earlier, coordinator):
    draft.person.contacts.create(name="Ruth Obuya", relationship="daughter", phone="01632 960111")
    old = draft.person

    joining.same_person(draft, earlier, by=coordinator)

    draft.refresh_from_db()
    assert draft.person == earlier.person
    assert not Person.objects.filter(pk=old.pk).exists()
    assert earlier.person.contacts.get().name == "Ruth Obuya"
    earlier.person.refresh_from_db()
    assert earlier.person.born_on == STANLEY["born_on"]  # what was there stays
    assert draft.status == "draft"


def test_the_same_person_keeps_what_the_earlier_lacked(earlier, coordinator):
    draft = ReferralFactory(referred_by=coordinator, person=somebody(nhs_number="9434765919", phone="01632 960112"))

    joining.same_person(draft, earlier, by=coordinator)

    earlier.person.refresh_from_db()
    assert (earlier.person.nhs_number, earlier.person.phone) == ("9434765919", "01632 960112")
    assert earlier.person.record_id == "M500001"


def test_the_same_request_becomes_a_note_on_the_earlier_case_and_its_broker_is_told(
    draft, earlier, coordinator, broker
):
    intake.start_work(earlier, by=broker)
    joining.join(draft, earlier, by=coordinator)

    assert not Referral.objects.filter(pk=draft.pk).exists()
    assert "fell twice" in earlier.notes.get().words
    letter = Message.objects.get(template="request-came-again")
    assert letter.address == broker.email
    assert "Obuya" not in letter.subject + letter.body
    assert Event.objects.filter(verb="referral.joined_by", case=earlier.reference).exists()


def test_what_cannot_wait_is_not_joined_to_what_can(draft, earlier, coordinator):
    draft.priority, draft.priority_reason = "emergency", "Alone since last night"
    draft.save()

    with pytest.raises(Refused, match="so that its clock starts"):
        joining.join(draft, earlier, by=coordinator)

    assert Referral.objects.filter(pk=draft.pk).exists()


def test_a_case_that_somebody_may_not_open_is_told_of_without_a_word_of_it(client, draft, coordinator):
    other = TeamFactory(name="Hospital brokerage", slug="hospital", duty_phone="01632 960555")
    hidden = ReferralFactory(
        received=True,
        team=other,
        person=somebody(first_names="Stanislaw", nhs_number="9434765919"),
        referred_by=UserFactory(coordinator=True),
    )
    Person.objects.filter(pk=draft.person.pk).update(nhs_number="9434765919")
    client.force_login(coordinator)

    for name in ("referral_tasks", "alike_to_draft", "submit_referral"):
        page = client.get(reverse(name, args=[draft.reference])).content.decode()

        assert "Somebody is already known to brokerage under this NHS number" in page, name
        assert "01632 960555" in page
        for secret in (hidden.reference, "Stanislaw", "Hospital brokerage", "Home care, received"):
            assert secret not in page
    assert client.get(reverse("compare_draft", args=[draft.reference, hidden.reference])).status_code == 404


def test_a_restricted_case_is_told_of_no_differently(draft, coordinator, broker, team):
    ReferralFactory(received=True, person=somebody(), is_restricted=True)
    visible, told = duplicates.seen_by(draft, broker)

    assert visible == []
    assert [str(each) for each in told] == [
        "Somebody is already known to brokerage under this name and date of birth, on a case that you cannot open. "
        f"Ring {team.duty_phone} before you go on."
    ]


def test_what_somebody_cannot_decide_does_not_hold_them_up(draft, coordinator):
    ReferralFactory(received=True, person=somebody(), referred_by=UserFactory(coordinator=True))

    intake.submit(draft, by=coordinator)

    assert "It may be the same person" in Message.objects.get(template="referral-to-take").body


def test_a_draft_of_somebody_else_is_not_even_told_of(draft, coordinator):
    ReferralFactory(person=somebody(), referred_by=UserFactory(coordinator=True))

    assert duplicates.seen_by(draft, coordinator) == ([], [])


def test_an_open_case_of_the_same_person_for_the_same_thing_is_asked_about(earlier, coordinator):
    again = ReferralFactory(referred_by=coordinator, person=earlier.person)
    of_another_kind = ReferralFactory(referred_by=coordinator, person=earlier.person, nursing=True)

    assert [each.referral for each in duplicates.of(again)] == [earlier]
    assert duplicates.of(of_another_kind) == []


# -- afterwards, by a broker


def test_two_received_cases_are_joined_and_the_later_is_closed(received, broker):
    earlier, later = received

    joining.join(later, earlier, because="Both social workers referred after one visit", by=broker)

    later.refresh_from_db()
    assert (later.status, later.follows, later.follows_as) == ("closed", earlier, "joined")
    assert not Clock.objects.running().filter(case=later.reference).exists()
    assert {clock.stop_reason for clock in Clock.objects.filter(case=later.reference)} == {
        f"Joined to {earlier.reference}"
    }
    assert not later.work.is_open
    assert later.person == earlier.person
    letter = Message.objects.get(template="referral-joined")
    assert letter.address == later.coordinator.email
    assert "Obuya" not in letter.subject + letter.body


def test_its_papers_go_along(received, broker):
    earlier, later = received
    earlier.papers.filter(kind="care_plan").delete()

    joining.join(later, earlier, because="The same", by=broker)

    assert earlier.papers.filter(kind="care_plan").exists()


def test_joining_says_why(received, broker):
    earlier, later = received
    with pytest.raises(Refused, match="Enter how you know"):
        joining.join(later, earlier, by=broker)


def test_two_cases_are_joined_once(received, broker, other_broker):
    earlier, later = received
    joining.join(later, earlier, because="The same", by=broker)

    with pytest.raises(Refused):
        joining.join(later, earlier, because="The same", by=other_broker)
    with pytest.raises(Refused):
        joining.join(earlier, later, because="The same", by=other_broker)


def test_what_is_with_panel_is_not_closed_by_joining(received, broker):
    earlier, later = received
    Clock.objects.filter(case=later.reference, kind="response").update(kind="panel")

    with pytest.raises(Refused, match="with providers or panel"):
        joining.join(later, earlier, because="The same", by=broker)


def test_a_broker_of_another_team_joins_nothing(received, stranger):
    earlier, later = received
    with pytest.raises(Refused, match="belongs to another team"):
        joining.join(later, earlier, because="The same", by=stranger)


def test_a_broker_compares_and_joins_in_the_browser(client, received, broker):
    earlier, later = received
    client.force_login(broker)
    assert "Stanley Obuya" in client.get(reverse("alike_to_case", args=[later.reference])).content.decode()
    page = reverse("compare_cases", args=[later.reference, earlier.reference])
    assert client.get(page).status_code == 200
    assert Opening.objects.filter(user=broker, referral__in=received).count() == 2
    assert client.post(page, {"answer": "same_request"}).status_code == 200  # without why

    answer = client.post(page, {"answer": "same_request", "because": "The same visit"})

    assert answer.url == earlier.get_absolute_url()
    later.refresh_from_db()
    assert later.status == "closed"


def test_a_case_that_nothing_points_to_is_named_by_its_number(client, received, broker):
    _, later = received
    unlike = ReferralFactory(received=True)
    client.force_login(broker)

    answer = client.get(reverse("alike_to_case", args=[later.reference]), {"other": unlike.reference.lower()})
    assert answer.url == reverse("compare_cases", args=[later.reference, unlike.reference])
    assert (
        "you cannot see a case R000001"
        in client.get(reverse("alike_to_case", args=[later.reference]), {"other": "R000001"}).content.decode()
    )


@pytest.mark.parametrize("answer", ["same_person", "copy", "same_request", "different"])
def test_each_answer_on_a_draft_is_one_press(client, earlier, coordinator, answer):
    draft = ReferralFactory(referred_by=coordinator, person=somebody(), visits=0, papers=[])
    draft.outcomes.all().delete()
    type(draft.needs).objects.filter(pk=draft.needs.pk).update(summary="")
    client.force_login(coordinator)

    response = client.post(
        reverse("compare_draft", args=[draft.reference, earlier.reference]), {"answer": answer, "because": "Twins"}
    )

    assert response.status_code == 302
    assert client.get(response.url).status_code == 200
    assert Referral.objects.filter(pk=draft.pk).exists() is (answer in {"same_person", "different"})


# -- among a million


def test_each_look_goes_by_an_index():
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO referrals_person (first_names, last_name, known_as, born_on, record_id, nhs_number, address,
                   postcode, phone, email, first_language, format, format_detail, school)
               SELECT 'A' || n, 'B' || n, '', date '1930-01-01' + n % 20000, 'M' || n, lpad(n::text, 10, '0'), '',
                      'PL' || n % 20 || ' ' || n % 9 || 'AA', '', '', '', 'standard', '', ''
                 FROM generate_series(1, 20000) AS n"""
        )
        cursor.execute("ANALYZE referrals_person")
    described = Description("A1", "B1", "", date(1950, 3, 4), "M77", "0000000077", "PL1 1AA")

    for look in looks(described):
        plan = look.explain()
        assert "Seq Scan" not in plan, plan


def test_noticing_costs_the_same_however_many_are_like(draft, earlier, coordinator, django_assert_max_num_queries):
    for _ in range(8):
        ReferralFactory(referred_by=coordinator, received=True, person=somebody())

    with django_assert_max_num_queries(12):
        assert len(duplicates.seen_by(draft, coordinator)[0]) == 9
