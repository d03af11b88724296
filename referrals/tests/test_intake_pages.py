"""The referrer's pages one by one: who opens them, what they keep, what they refuse."""

import pytest
from django.urls import reverse

from brokerage.clocks import clock
from brokerage.tests.factories import UserFactory
from referrals.intake import actions as intake
from referrals.models import Person, Referral, Visit
from referrals.tests.factories import PathwayFactory, ReferralFactory

pytestmark = pytest.mark.django_db

SHORT_PAGES = [
    "referral_person",
    "referral_contact",
    "referral_decisions",
    "referral_needs",
    "referral_outcomes",
    "referral_preferences",
    "referral_timetable",
    "referral_papers",
    "referral_when",
]
PAGES = ["referral_tasks", "submit_referral", *SHORT_PAGES]
NEW_PERSON = {
    "first_names": "Stanley",
    "last_name": "Obuya",
    "born_on_0": "3",
    "born_on_1": "June",
    "born_on_2": "1941",
    "postcode": "pl48aa",
    "format": "large_print",
}
VISIT = {"rows": "1", "r0_starts_at": "8am", "r0_d0": "45", "r0_d6": "45", "r0_carers": "1"}
TO_THE_LIST = {"then": "list"}


@pytest.fixture
def draft(coordinator):
    return ReferralFactory(referred_by=coordinator)


@pytest.fixture
def submitted(coordinator, draft):
    return intake.submit(draft, by=coordinator)


@pytest.fixture
def signed_in(client, coordinator):
    client.force_login(coordinator)
    return client


def at(name, referral):
    return reverse(name, args=[referral.reference])


def everything_kept():
    return list(Referral.objects.values()), list(Person.objects.values()), list(Visit.objects.values())


@pytest.mark.parametrize("name", PAGES)
def test_each_page_of_a_draft_opens_and_opening_it_changes_nothing(signed_in, draft, name):
    before = everything_kept()

    assert signed_in.get(at(name, draft)).status_code == 200

    assert everything_kept() == before


@pytest.mark.parametrize("name", PAGES)
def test_nobody_opens_a_referral_without_signing_in(client, draft, name):
    answer = client.get(at(name, draft))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", PAGES)
def test_somebody_elses_draft_is_not_found(client, draft, name):
    client.force_login(UserFactory(coordinator=True))

    assert client.get(at(name, draft)).status_code == 404
    assert client.post(at(name, draft), NEW_PERSON).status_code in {404, 405}


@pytest.mark.parametrize("name", [name for name in SHORT_PAGES if name != "referral_papers"])
def test_what_was_submitted_can_no_longer_be_written(signed_in, submitted, name):
    before = everything_kept()

    assert "was submitted, so its answers stand" in signed_in.get(at(name, submitted)).content.decode()
    assert signed_in.post(at(name, submitted), NEW_PERSON | VISIT).status_code == 409

    assert everything_kept() == before


@pytest.mark.parametrize("name", ["referral_contact", "referral_decisions"])
def test_who_it_is_about_comes_before_whom_to_ring(signed_in, coordinator, name):
    nameless = ReferralFactory(referred_by=coordinator, person=None)

    assert "Say who the person is first." in signed_in.get(at(name, nameless)).content.decode()


def test_a_short_page_keeps_its_answers_and_leads_back_to_the_list(signed_in, draft):
    answer = signed_in.post(at("referral_person", draft), NEW_PERSON | TO_THE_LIST)

    assert answer.url == at("referral_tasks", draft)
    draft.person.refresh_from_db()
    assert (draft.person.full_name, draft.person.postcode) == ("Stanley Obuya", "PL4 8AA")


def test_a_wrong_answer_is_named_and_everything_typed_is_still_there(signed_in, draft):
    answer = signed_in.post(
        at("referral_person", draft),
        NEW_PERSON | {"postcode": "PL4", "nhs_number": "943 476 5918", "born_on_1": "Jarch"},
    )

    page = answer.content.decode()
    assert answer.context["form"].errors.keys() == {"postcode", "nhs_number", "born_on"}
    assert "Enter a full postcode, like PL4 8AA" in page
    for typed in ("Stanley", "Obuya", "943 476 5918", 'value="PL4"', 'value="Jarch"'):
        assert typed in page
    draft.person.refresh_from_db()
    assert draft.person.first_names == "Winifred"


def test_an_urgent_referral_says_why_it_cannot_wait(signed_in, draft):  # DER-05
    answer = signed_in.post(
        at("referral_when", draft),
        {
            "wanted_start_on_0": "1",
            "wanted_start_on_1": "12",
            "wanted_start_on_2": str(clock.now().year + 1),
            "priority": "urgent",
        }
        | {"is_interim": "no", "funding": "council", "paid_through": "virtual_budget"},
    )

    assert answer.context["form"].errors == {"priority_reason": ["Enter why it cannot wait"]}


def test_papers_may_follow_a_submitted_referral(signed_in, coordinator):  # MED-01
    case = intake.submit(ReferralFactory(referred_by=coordinator, papers=["assessment"]), by=coordinator)
    paper = {"kind": "care_plan", "dated_on_0": "3", "dated_on_1": "11", "dated_on_2": "2026", "where": "M400777/2"}

    signed_in.post(at("referral_papers", case), paper)

    assert case.papers.get(kind="care_plan").where == "M400777/2"


def test_the_task_list_says_what_is_left_and_offers_to_submit_only_then(signed_in, coordinator):
    draft = ReferralFactory(referred_by=coordinator, funding="", visits=0)

    page = signed_in.get(at("referral_tasks", draft))

    assert [line.key for line in page.context["to_do"]] == ["timetable", "when"]
    assert at("submit_referral", draft) not in page.content.decode()
    assert "2 pages to do" in page.content.decode()


def test_a_referral_begins_with_what_is_needed(signed_in, coordinator):
    pathway = PathwayFactory()

    answer = signed_in.post(reverse("new_referral"), {"pathway": pathway.pk, "team": coordinator.teams.get().pk})

    begun = Referral.objects.get()
    assert answer.url == at("referral_tasks", begun)
    assert (begun.status, begun.coordinator) == ("draft", coordinator)


def test_a_referral_is_submitted_from_its_page_and_then_shows_what_is_happening(signed_in, draft):
    page = signed_in.post(at("submit_referral", draft), follow=True)

    assert "In the brokers’ queue" in page.content.decode()
    draft.refresh_from_db()
    assert draft.status == "received"


def test_what_is_still_missing_leads_to_its_page_before_any_answer_is_promised(signed_in, coordinator):
    draft = ReferralFactory(referred_by=coordinator, funding="")

    page = signed_in.get(at("submit_referral", draft)).content.decode()

    assert f'href="{at("referral_when", draft)}?then=check"' in page
    assert "You will have an answer by" not in page


def test_an_unfinished_referral_is_not_submitted(signed_in, coordinator):
    draft = ReferralFactory(referred_by=coordinator, funding="")

    answer = signed_in.post(at("submit_referral", draft))

    assert answer.status_code == 409
    assert "cannot be submitted yet. Select who pays." in answer.content.decode()
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_a_draft_is_thrown_away_by_its_own_referrer(signed_in, draft):
    signed_in.post(at("discard_referral", draft))

    assert not Referral.objects.exists()


def test_what_was_submitted_is_not_thrown_away(signed_in, submitted):
    assert signed_in.post(at("discard_referral", submitted)).status_code == 409

    assert Referral.objects.exists()


def test_a_list_of_ones_own_referrals_and_nobody_elses(signed_in, draft):
    ReferralFactory(referred_by=UserFactory(coordinator=True))

    assert [row.pk for row in signed_in.get(reverse("my_referrals")).context["rows"]] == [draft.pk]


def test_my_referrals_cost_the_same_however_many(signed_in, coordinator, django_assert_max_num_queries):
    ReferralFactory(referred_by=coordinator, received=True)
    signed_in.get(reverse("my_referrals"))
    with django_assert_max_num_queries(12) as one:
        signed_in.get(reverse("my_referrals"))
    for _ in range(5):
        ReferralFactory(referred_by=coordinator, received=True)

    with django_assert_max_num_queries(len(one)):
        signed_in.get(reverse("my_referrals"))
