"""A referrer's own list and page: what is happening, what they owe, and what they and the broker write to each other."""

import pytest
from django.urls import reverse

from brokerage.errors import Refused
from brokerage.notify.models import Message
from brokerage.tests.factories import UserFactory
from referrals.documents import actions as papers
from referrals.intake import actions as intake
from referrals.intake import messages
from referrals.models import Referral
from referrals.tests.factories import PathwayFactory, PersonFactory, ReferralFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(coordinator, broker):
    draft = ReferralFactory(referred_by=coordinator)
    return intake.start_work(intake.submit(draft, by=coordinator), by=broker)


def page_of(client, user, name="my_referrals", *args, **query):
    client.force_login(user)
    return client.get(reverse(name, args=args), query).content.decode()


def test_the_list_says_what_is_happening_and_who_has_it(client, case, coordinator, broker):
    type(broker).objects.filter(pk=broker.pk).update(phone="01632 960777")
    page = page_of(client, coordinator)

    assert "It is with brokerage. Next: write the enquiry." in page
    assert broker.full_name in page and "01632 960777" in page


def test_the_list_says_what_they_owe(client, case, coordinator, broker):
    case.papers.filter(kind="care_plan").delete()
    papers.ask_for_papers(Referral.objects.get(pk=case.pk), kinds=["care_plan"], words="The newest", by=broker)

    assert "You owe: care and support plan" in page_of(client, coordinator)
    assert "The newest" in page_of(client, coordinator, "referral_tasks", case.reference)


@pytest.mark.parametrize(("which", "shown"), [("open", "case"), ("drafts", "draft"), ("closed", "closed"), ("", "all")])
def test_the_list_is_filtered(client, case, coordinator, which, shown):
    rows = {
        "case": case,
        "draft": ReferralFactory(referred_by=coordinator),
        "closed": ReferralFactory(referred_by=coordinator, received=True),
    }
    Referral.objects.filter(pk=rows["closed"].pk).update(status="closed")

    page = page_of(client, coordinator, which=which, words="")

    for name, row in rows.items():
        assert (row.reference in page) is (shown in (name, "all")), name


@pytest.mark.parametrize("words", ["winifred", "OKAFOR", "Winifred Okafor", "M900001", "pl48aa"])
def test_ones_own_are_found_by_what_one_remembers(client, coordinator, words):
    wanted = ReferralFactory(referred_by=coordinator, person=PersonFactory(record_id="M900001"))
    other = ReferralFactory(
        referred_by=coordinator, person=PersonFactory(first_names="Stanley", last_name="Obuya", postcode="ZX1 4RT")
    )

    page = page_of(client, coordinator, words=words, which="")

    assert wanted.reference in page and other.reference not in page


def test_nobody_finds_anothers_by_searching(client, case):
    page = page_of(client, UserFactory(coordinator=True), words=case.reference, which="")

    assert reverse("referral_tasks", args=[case.reference]) not in page


def test_the_list_costs_the_same_however_long(client, coordinator, django_assert_max_num_queries):
    for _ in range(12):
        ReferralFactory(referred_by=coordinator, received=True)
    client.force_login(coordinator)
    with django_assert_max_num_queries(16):
        client.get(reverse("my_referrals"))


# -- writing to each other


def test_a_message_reaches_the_broker_by_letter_without_its_words(client, case, coordinator, broker):
    client.force_login(coordinator)
    client.post(reverse("write_to_broker", args=[case.reference]), {"words": "Her daughter Chika is away until Monday"})

    letter = Message.objects.get(template="message")
    assert letter.address == broker.email
    assert f"/cases/{case.reference}/" in letter.body
    for secret in ("Chika", "Winifred", "Okafor"):
        assert secret not in letter.subject + letter.body
    assert "Her daughter Chika" in page_of(client, coordinator, "referral_tasks", case.reference)


def test_the_answer_reaches_the_referrer(client, case, coordinator, broker):
    messages.write(case, words="Would mornings at nine do?", by=broker)

    assert Message.objects.get(template="message").address == coordinator.email
    assert "Would mornings at nine do?" in page_of(client, coordinator, "referral_tasks", case.reference)


def test_notes_of_brokerage_are_not_the_referrers(client, case, coordinator, broker):
    from referrals.work import actions as work

    work.add_note(case, words="The last provider was slow to pay", by=broker)

    assert "slow to pay" not in page_of(client, coordinator, "referral_tasks", case.reference)


def test_nobody_writes_about_a_draft_nor_an_empty_message(client, case, coordinator):
    draft = ReferralFactory(referred_by=coordinator)
    with pytest.raises(Refused, match="nobody would read it"):
        messages.write(draft, words="Hello", by=coordinator)
    client.force_login(coordinator)
    assert (
        "Enter your message"
        in client.post(reverse("write_to_broker", args=[case.reference]), {"words": " "}).content.decode()
    )


def test_nobody_else_writes_on_it(client, case):
    client.force_login(UserFactory(coordinator=True))
    assert client.post(reverse("write_to_broker", args=[case.reference]), {"words": "Hello"}).status_code == 404


# -- routes, and a duty officer for a co-ordinator (DER-03, DER-17)


def test_a_duty_officers_draft_is_the_co_ordinators_too(client, coordinator, team):
    officer = UserFactory(coordinator=True, full_name="Dee Officer")
    client.force_login(officer)
    client.post(
        reverse("new_referral"), {"pathway": PathwayFactory().pk, "team": team.pk, "coordinator": coordinator.pk}
    )

    draft = Referral.objects.get()
    letter = Message.objects.get(template="referral-begun-for-you")
    assert (letter.address, draft.referred_by, draft.coordinator) == (coordinator.email, officer, coordinator)
    for somebody in (officer, coordinator):
        client.force_login(somebody)
        assert client.get(reverse("referral_needs", args=[draft.reference])).status_code == 200


def test_a_hospital_says_which_ward_and_is_asked_only_once(client, coordinator, team):
    client.force_login(coordinator)
    answers = {"pathway": PathwayFactory().pk, "team": team.pk, "route": "hospital", "contact_name": "Ama Boateng"}
    assert "Enter the ward, team or organisation" in client.post(reverse("new_referral"), answers).content.decode()

    client.post(reverse("new_referral"), answers | {"organisation": "Ward 7"})

    draft = Referral.objects.get()
    assert (draft.route, draft.organisation, draft.contact_name) == ("hospital", "Ward 7", "Ama Boateng")
    again = client.get(reverse("new_referral")).context["form"]
    assert (again["route"].value(), again["organisation"].value()) == ("hospital", "Ward 7")


def test_only_pathways_that_serve_ones_teams_are_offered(client, coordinator):
    adults, children = PathwayFactory(), PathwayFactory(code="short-break", name="Short break", serves="children")
    client.force_login(coordinator)

    offered = client.get(reverse("new_referral")).context["form"].fields["pathway"].queryset

    assert adults in offered and children not in offered


def test_a_pathway_that_is_not_referred_this_way_is_refused(client, coordinator, team):
    pathway = PathwayFactory()
    type(pathway).objects.filter(pk=pathway.pk).update(definition={**pathway.definition, "routes": ["hospital"]})
    client.force_login(coordinator)
    answers = {"pathway": pathway.pk, "team": team.pk, "route": "coordinator"}

    assert "is not referred this way" in client.post(reverse("new_referral"), answers).content.decode()
    with pytest.raises(Refused, match="referred only by"):
        intake.open_draft(pathway=type(pathway).objects.get(), team=team, by=coordinator)


def test_adults_support_is_not_asked_of_the_childrens_team(coordinator, childrens_team):
    with pytest.raises(Refused, match="is for adults"):
        intake.open_draft(pathway=PathwayFactory(), team=childrens_team, by=coordinator)


def test_a_new_broker_is_told_of_to_the_referrer(case, coordinator, other_broker, duty_broker):  # MED-09
    intake.assign(case, to=other_broker, by=duty_broker)

    assert Message.objects.get(template="broker-changed").address == coordinator.email


def test_the_worker_hears_that_it_was_put_to_panel(coordinator, broker):  # MED-09
    from placements.panel import actions as panel

    draft = ReferralFactory(referred_by=coordinator, nursing=True)
    case = intake.start_work(intake.submit(draft, by=coordinator), by=broker)
    panel.ask_to_search(case, recommendation="Care at home no longer keeps her safe", by=broker)

    letter = Message.objects.get(template="with-panel")
    assert letter.address == coordinator.email
    assert "Okafor" not in letter.subject + letter.body
