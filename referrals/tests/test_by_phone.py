"""A referral taken over the phone: received now, on one page, and its paperwork follows."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from brokerage.audit.models import Event
from brokerage.clocks import clock
from brokerage.deadlines.models import Clock
from brokerage.errors import Refused
from brokerage.notify.models import Message
from brokerage.tests.factories import UserFactory
from referrals.documents import rules as papers
from referrals.intake import actions as intake
from referrals.intake import paperwork, rules
from referrals.models import Paper, Person, Referral
from referrals.tests.factories import PathwayFactory, PersonFactory, ReferralFactory

pytestmark = pytest.mark.django_db

TWO_MINUTES = 24  # questions on the page, most of them with one short answer
CALL = {
    "contact_name": "Ama Boateng",
    "route": "hospital",
    "organisation": "Ward 7, Marlham General",
    "contact_phone": "01632 960333",
    "contact_email": "a.boateng@hospital.example",
    "first_names": "Stanley",
    "last_name": "Obuya",
    "about_age": "82",
    "postcode": "pl48aa",
    "summary": "Home from hospital tonight; needs help to get to bed and up again.",
    "starts": "today",
    "priority": "urgent",
    "priority_reason": "The ward closes his bed",
    "pen_picture": "Lives alone, walks with a frame, forgets his tablets.",
    "funding_agreed_by": "Ruth Calder",
}


@pytest.fixture
def pathway(db):
    return PathwayFactory()


@pytest.fixture
def rings(client, broker, team, pathway):
    """The page as a broker fills it in at the phone."""
    client.force_login(broker)

    def ring(**answers):
        form = {**CALL, "team": team.pk, "pathway": pathway.pk, **answers}
        return client.post(reverse("phone_in"), {name: said for name, said in form.items() if said is not None})

    return ring


@pytest.fixture
def phoned(rings):
    assert rings().status_code == 302
    return Referral.objects.get()


def test_it_is_received_while_they_are_on_the_phone_and_its_clocks_run(phoned, broker):  # DER-16
    assert (phoned.status, phoned.phone_first, phoned.route) == ("received", True, "hospital")
    assert phoned.received_at <= clock.now()
    assert set(Clock.objects.running().filter(case=phoned.reference).values_list("kind", flat=True)) >= {
        "start",
        "response",
    }
    assert (phoned.person.full_name, phoned.person.about_age, phoned.person.postcode) == (
        "Stanley Obuya",
        82,
        "PL4 8AA",
    )
    assert phoned.wanted_start_on == timezone.localdate(clock.now())
    assert phoned.work.next_step == "Start work"


def test_what_was_said_stands_in_for_the_papers(phoned):  # MED-02, MED-07
    assert set(Paper.objects.values_list("kind", flat=True)) == {"pen_picture", "funding_agreement"}
    assert Paper.objects.get(kind="funding_agreement").where == "By phone: agreed by Ruth Calder"
    assert papers.missing_papers(phoned) == []


def test_its_paperwork_is_chased(phoned):  # GRN-09
    assert phoned.chases.open().count() == 1


def test_no_service_starts_before_its_plan_is_with_the_provider(phoned):  # DER-16
    assert "came by phone, so no service starts" in papers.reason_not_to_start(phoned)


def test_a_caller_without_an_account_hears_what_to_send_and_where(phoned):
    letter = Message.objects.get(template="referral-by-phone")

    assert letter.address == CALL["contact_email"]
    assert phoned.team.mailbox in letter.body
    assert "support plan" in letter.body
    assert "/referrals/" not in letter.body  # nothing to sign in to
    for name in ("Stanley", "Obuya", "Boateng"):
        assert name not in letter.subject + letter.body


def test_a_co_ordinator_with_an_account_finishes_it_here(rings, client, coordinator, broker):
    rings(coordinator=coordinator.pk, contact_name=None, contact_phone=None, contact_email=None, route=None)
    referral = Referral.objects.get()
    assert (referral.coordinator, referral.referrer_is_outside) == (coordinator, False)
    assert (
        f"/referrals/{referral.reference}/paperwork/"
        in Message.objects.get(template="referral-by-phone", address=coordinator.email).body
    )
    client.force_login(coordinator)

    assert "Finish the paperwork" in client.get(reverse("referral_tasks", args=[referral.reference])).content.decode()
    assert client.get(reverse("referral_paperwork", args=[referral.reference])).status_code == 200
    assert client.get(reverse("referral_needs", args=[referral.reference])).status_code == 200
    assert rules.reason_not_to_edit(referral, coordinator) is None


def test_any_broker_of_the_team_writes_down_what_comes_in(phoned, other_broker, stranger, client):
    client.force_login(other_broker)
    assert client.get(reverse("referral_paperwork", args=[phoned.reference])).status_code == 200
    client.force_login(stranger)
    assert client.get(reverse("referral_paperwork", args=[phoned.reference])).status_code == 404


def test_the_paperwork_is_finished_when_every_question_is_answered(phoned, broker):
    with pytest.raises(Refused, match="first"):
        paperwork.finish(phoned, by=broker)
    whole = ReferralFactory(received=True, phone_first=True, referred_by=UserFactory(coordinator=True), broker=broker)

    paperwork.finish(whole, by=whole.referred_by)

    whole.refresh_from_db()
    assert whole.paperwork_at and not whole.owes_paperwork
    assert Message.objects.filter(template="paperwork-there", address=broker.email).exists()
    with pytest.raises(Refused, match="does not wait"):
        paperwork.finish(whole, by=whole.referred_by)


def test_its_pages_close_when_the_paperwork_is_there(client, broker, coordinator):
    whole = ReferralFactory(received=True, phone_first=True, referred_by=coordinator, broker=broker)
    client.force_login(coordinator)
    client.post(reverse("finish_paperwork", args=[whole.reference]))

    whole.refresh_from_db()
    assert "its answers stand" in rules.reason_not_to_edit(whole, coordinator)


def test_how_soon_an_answer_is_needed_stands_once_the_clocks_run(phoned, broker):
    with pytest.raises(Refused, match="received as urgent"):
        intake.say_when(phoned, by=broker, priority="routine")
    intake.say_when(phoned, by=broker, priority="urgent", funding="council")
    assert Referral.objects.get().funding == "council"


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"contact_name": ""}, "Enter the name of who is ringing"),
        ({"contact_phone": "", "contact_email": ""}, "Enter a phone number or an email address"),
        ({"about_age": ""}, "Enter their date of birth, or how old they are roughly"),
        ({"postcode": "PL4"}, "Enter a full postcode"),
        ({"summary": ""}, "Enter what is needed"),
        ({"starts": "before_holiday"}, "Enter the day on which it must start"),
        ({"starts": ""}, "Select when it must start"),
        ({"priority_reason": ""}, "Enter why it cannot wait"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(rings, answers, said):
    response = rings(**answers)

    assert response.status_code == 200
    assert said in response.content.decode()
    assert "The ward closes his bed" in response.content.decode() or "priority_reason" in answers
    assert not Referral.objects.exists() and not Person.objects.exists()


def test_it_takes_two_minutes(client, broker, team, pathway):
    client.force_login(broker)
    page = client.get(reverse("phone_in"))

    form = page.context["form"]
    assert sum(not field.is_hidden for field in form if field.name != "known") <= TWO_MINUTES


def test_somebody_known_already_is_noticed_on_the_same_page(rings, broker, team):
    earlier = ReferralFactory(
        received=True, person=PersonFactory(first_names="Stan", last_name="Obuya", postcode="PL4 8AA", born_on=None)
    )

    asked = rings()
    assert "Select whether it is one of these people" in asked.content.decode()
    assert earlier.reference in asked.content.decode()
    assert Referral.objects.count() == 1

    assert rings(known=earlier.reference).status_code == 302
    assert Referral.objects.latest("pk").person == earlier.person


def test_somebody_else_of_the_same_name_is_written_down_anew(rings):
    earlier = ReferralFactory(received=True, person=PersonFactory(first_names="Stan", last_name="Obuya", born_on=None))

    assert rings(known="none").status_code == 302
    assert Referral.objects.latest("pk").person != earlier.person


def test_somebody_known_to_another_team_is_told_of_and_no_more(rings, stranger):
    hidden = ReferralFactory(
        received=True,
        team=stranger.teams.get(),
        person=PersonFactory(first_names="Stan", last_name="Obuya", born_on=None),
    )
    page = rings().content.decode()

    assert "Somebody is already known to brokerage under this name and postcode" in page
    assert hidden.reference not in page and "Winifred" not in page
    assert rings(known="none").status_code == 302


def test_it_is_told_why_it_did_not_wait_for_paper(rings):
    day = timezone.localdate(clock.now()) + timedelta(days=3)
    rings(starts="later", start_on_0=str(day.day), start_on_1=str(day.month), start_on_2=str(day.year))

    referral = Referral.objects.get()
    assert referral.wanted_start_on == day
    assert Event.objects.get(verb="referral.phoned_because").because == "No computer to hand"


def test_an_urgent_childrens_case_has_been_talked_over_by_ringing(rings, pathway, broker):  # LEI-03
    PathwayFactory._meta.model.objects.filter(pk=pathway.pk).update(
        definition={**pathway.definition, "discuss_if_urgent": True}
    )
    rings()

    assert Referral.objects.get().discussed_with == broker.full_name


def test_an_urgent_case_on_the_web_says_whom_it_was_talked_over_with(client, coordinator, pathway):  # LEI-03
    type(pathway).objects.filter(pk=pathway.pk).update(definition={**pathway.definition, "discuss_if_urgent": True})
    draft = ReferralFactory(
        referred_by=coordinator, priority="urgent", priority_reason="Respite ended", pathway=type(pathway).objects.get()
    )
    with pytest.raises(Refused, match="talked this over"):
        intake.submit(draft, by=coordinator)
    client.force_login(coordinator)
    page = reverse("submit_referral", args=[draft.reference])

    assert "Enter whom in brokerage you talked this over with" in client.post(page).content.decode()
    assert client.post(page, {"discussed_with": "Tom Birch"}).status_code == 302

    draft.refresh_from_db()
    assert (draft.status, draft.discussed_with) == ("received", "Tom Birch")
    assert Event.objects.get(verb="referral.discussed").said == "Talked over on the phone with Tom Birch"


def test_the_contact_centre_may_take_a_call_too_and_a_commissioner_not(client, coordinator, commissioner):
    client.force_login(coordinator)
    assert client.get(reverse("phone_in")).status_code == 200
    client.force_login(commissioner)
    assert client.get(reverse("phone_in")).status_code == 403
