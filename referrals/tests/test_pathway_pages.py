"""The pathways in the browser: everybody on a case reads them, an administrator changes them."""

import pytest
from django.urls import reverse

from brokerage.clocks import clock
from referrals.models import Pathway, PathwayDraft
from referrals.publishing import actions
from referrals.signposts.models import Signpost
from referrals.tests.factories import PathwayFactory, ReferralFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pathway(db):
    return PathwayFactory()


@pytest.fixture
def admin_client(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def draft(pathway, administrator):
    return actions.begin(pathway, by=administrator)


def page(client, name, *args):
    return client.get(reverse(name, args=args)).content.decode()


def keep(client, name, /, *args, **answers):
    return client.post(reverse(name, args=args), answers, follow=True)


def terms_now():
    return PathwayDraft.objects.get().terms


def form_of(client, name, *args) -> dict:
    """What the form holds when it is opened: a browser sends all of it back."""
    form = client.get(reverse(name, args=args)).context["form"]
    held = {}
    for field in form:
        value = field.value()
        if value is None or value == "" or value == []:
            continue
        held[field.html_name] = f"{value:%H:%M}" if hasattr(value, "hour") else value
    return held


@pytest.mark.parametrize("who", ["broker", "manager", "auditor", "coordinator", "administrator"])
def test_whoever_works_on_cases_reads_the_whole_of_a_pathway(request, client, pathway, who):
    client.force_login(request.getfixturevalue(who))

    said = page(client, "pathway", "home-care")

    assert "Care and support plan" in said
    assert "17:00 the same day if received in the morning" in said
    assert ("Change this pathway" in said) == (who == "administrator")
    assert "Home care" in page(client, "pathways")


def test_reading_changes_nothing_and_a_stranger_signs_in(client, pathway):
    answer = client.get(reverse("pathway", args=["home-care"]))

    assert answer.status_code == 302
    assert "/sign-in/" in answer["Location"]


def test_what_is_not_there_is_not_found(admin_client):
    for name in ("pathway", "pathway_versions", "pathway_draft"):
        assert admin_client.get(reverse(name, args=["nowhere"])).status_code == 404


def test_the_list_asks_the_database_as_often_for_many_as_for_one(admin_client, django_assert_num_queries, pathway):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    page(admin_client, "pathways")
    with CaptureQueriesContext(connection) as few:
        page(admin_client, "pathways")
    for number in range(6):
        PathwayFactory(code=f"another-{number}", name=f"Another {number}")
    with CaptureQueriesContext(connection) as many:
        page(admin_client, "pathways")

    assert len(many) == len(few)


def test_an_administrator_changes_a_clock_and_reads_what_it_would_have_done(admin_client, pathway):
    ReferralFactory(received=True, priority="urgent", priority_reason="Alone")
    keep(admin_client, "change_pathway", "home-care")
    held = form_of(admin_client, "pathway_draft_clocks", "home-care")

    said = keep(
        admin_client,
        "pathway_draft_clocks",
        "home-care",
        **held | {"urgent_span": "working_hours", "urgent_number": "3"},
    ).content.decode()

    assert "Answer by, for urgent: half a working day → 3 working hours" in said
    assert "What it would have done to the clocks" in said
    assert "Of the last <strong" in said
    done = keep(admin_client, "publish_pathway", "home-care", because="Hospitals cannot wait").content.decode()
    assert "Home care, version 2, is in force." in done
    assert Pathway.objects.in_force().get().terms.response_rule("urgent") == "working_hours:3"
    history = page(admin_client, "pathway_versions", "home-care")
    assert "Hospitals cannot wait" in history
    assert "Answer by, for urgent: half a working day → 3 working hours" in history


def test_a_clock_without_a_number_is_asked_for_again_with_all_that_was_typed(admin_client, draft):
    held = form_of(admin_client, "pathway_draft_clocks", "home-care")

    answer = keep(
        admin_client,
        "pathway_draft_clocks",
        "home-care",
        **held | {"urgent_span": "working_hours", "notice_working_days": "7"},
    )

    assert "Enter how many for urgent" in answer.content.decode()
    assert answer.context["form"]["notice_working_days"].value() == "7"
    assert terms_now().notice_working_days == 5


def test_publishing_needs_a_reason(admin_client, draft, administrator):
    actions.change(draft, within_miles=20, by=administrator)

    said = keep(admin_client, "publish_pathway", "home-care", because="").content.decode()

    assert "Enter why" in said
    assert Pathway.objects.get().version == 1


def test_a_page_of_its_own_with_a_question_that_waits_for_another(admin_client, draft):
    keep(admin_client, "pathway_draft_add_page", "home-care", which="own", label="Pets", section="What is needed")
    asked = {"must": "yes", "none_is_an_answer": "no", "for_providers": "no", "no_names": "no"}
    keep(
        admin_client, "pathway_draft_add_question", "home-care", "pets",
        label="Are there pets?", kind="yes_no", **asked,
    )  # fmt: skip
    keep(
        admin_client, "pathway_draft_add_question", "home-care", "pets",
        label="Which?", kind="some_of", choices="Dog\nCat", shown_when="are_there_pets|yes", **asked,
    )  # fmt: skip

    first, second = terms_now().questions
    assert (first.key, first.kind, first.none_is_an_answer) == ("are_there_pets", "yes_no", False)
    assert second.choices == (("dog", "Dog"), ("cat", "Cat"))
    assert (second.shown_when.question, second.shown_when.answers) == ("are_there_pets", ("yes",))
    said = page(admin_client, "pathway_draft", "home-care")
    assert "Question added: Are there pets?" in said
    assert "asked only where “Are there pets?” is answered “Yes”" in said


def test_an_answer_whose_words_stay_keeps_its_value(admin_client, draft):
    test_a_page_of_its_own_with_a_question_that_waits_for_another(admin_client, draft)
    held = form_of(admin_client, "pathway_draft_question", "home-care", "which")

    keep(admin_client, "pathway_draft_question", "home-care", "which", **held | {"choices": "Cat\nA large dog\nDog"})

    assert terms_now().questions[1].choices == (("cat", "Cat"), ("a_large_dog", "A large dog"), ("dog", "Dog"))


def test_a_question_that_another_waits_for_is_not_removed(admin_client, draft):
    test_a_page_of_its_own_with_a_question_that_waits_for_another(admin_client, draft)

    answer = admin_client.post(reverse("pathway_draft_remove_question", args=["home-care", "are_there_pets"]))

    assert answer.status_code == 409
    assert "“Which?” is asked only after “Are there pets?”" in answer.content.decode()
    keep(admin_client, "pathway_draft_remove_question", "home-care", "which")
    keep(admin_client, "pathway_draft_remove_question", "home-care", "are_there_pets")
    assert terms_now().questions == ()


def test_pages_and_questions_are_moved_and_removed(admin_client, draft):
    keep(admin_client, "pathway_draft_move_page", "home-care", "needs", "up")
    assert terms_now().pages[:4] == ("person", "contact", "needs", "decisions")
    keep(admin_client, "pathway_draft_remove_page", "home-care", "contact")
    assert "contact" not in terms_now().pages
    refused = admin_client.post(reverse("pathway_draft_remove_page", args=["home-care", "person"]))
    assert refused.status_code == 409


def test_a_draft_that_nobody_could_follow_says_what_to_put_right(admin_client, draft):
    keep(admin_client, "pathway_draft_remove_page", "home-care", "papers")

    said = page(admin_client, "pathway_draft", "home-care")

    assert "It needs papers, so the page of papers must be listed." in said
    assert "Check and publish" not in said


def test_papers_agreements_rounds_sheet_and_guidance_are_changed_in_their_sections(admin_client, draft, db):
    Signpost.objects.create(code="shared-lives", name="Shared lives", what="A home", changed_at=clock.now())
    keep(
        admin_client,
        "pathway_draft_papers",
        "home-care",
        papers=["assessment"],
        papers_if_urgent=["pen_picture"],
        plan_before_start="no",
    )
    held = form_of(admin_client, "pathway_draft_agreements", "home-care")
    keep(admin_client, "pathway_draft_agreements", "home-care", **held | {"search": "team_manager"})
    keep(admin_client, "pathway_draft_add_waiver", "home-care", what="search_agreement", role="head_of_service")
    held = form_of(admin_client, "pathway_draft_rounds", "home-care")
    held = {name: value for name, value in held.items() if not name.startswith("round_")}
    keep(admin_client, "pathway_draft_rounds", "home-care", **held | {"round_0": "framework", "within_miles": "9"})
    keep(admin_client, "pathway_draft_sheet", "home-care", sheet=["need_in_brief", "area"], sheet_needs_release="yes")
    keep(
        admin_client,
        "pathway_draft_guidance",
        "home-care",
        guidance="Ring first\n\nSay why",
        signposts=["shared-lives"],
    )

    terms = terms_now()
    assert (terms.papers, terms.papers_if_urgent, terms.plan_before_start) == (("assessment",), ("pen_picture",), False)
    assert (terms.agreement_to_search, terms.search_agreed_by) == (True, "team_manager")
    assert [(waiver.what, waiver.role) for waiver in terms.waivers] == [("search_agreement", "head_of_service")]
    assert (terms.rounds, terms.within_miles) == (("framework",), 9)
    assert (terms.sheet, terms.sheet_needs_release) == (("need_in_brief", "area"), True)
    assert (terms.guidance, terms.signposts) == (("Ring first", "Say why"), ("shared-lives",))
    assert "the agreement to search, if a head of service says so" in page(
        admin_client, "pathway_draft_agreements", "home-care"
    )
    keep(admin_client, "pathway_draft_remove_waiver", "home-care", 0)
    assert terms_now().waivers == ()


def test_bought_by_the_week_the_page_of_visits_goes(admin_client, draft):
    held = form_of(admin_client, "pathway_draft_offered", "home-care")

    keep(
        admin_client, "pathway_draft_offered", "home-care", **held | {"bought": "week", "service_kind": "nursing_home"}
    )

    terms = terms_now()
    assert (terms.unit, terms.timetable) == ("week", False)
    assert "timetable" not in terms.pages + terms.must


def test_of_two_administrators_at_once_the_second_is_told_who_was_first(admin_client, draft, administrator):
    read = admin_client.get(reverse("pathway_draft_rounds", args=["home-care"])).context["read_version"]
    actions.change(draft, within_miles=8, by=administrator)
    held = form_of(admin_client, "pathway_draft_rounds", "home-care")

    answer = keep(
        admin_client, "pathway_draft_rounds", "home-care", **held | {"within_miles": "30", "read_version": read}
    )

    assert "Sue Adeyemi changed this" in answer.content.decode()
    assert answer.context["form"]["within_miles"].value() == "30"
    assert terms_now().within_miles == 8


def test_a_draft_published_meanwhile_is_said_in_words(admin_client, draft, administrator):
    actions.publish(actions.change(draft, within_miles=8, by=administrator), because="Near", by=administrator)

    answer = admin_client.get(reverse("pathway_draft_rounds", args=["home-care"]))

    assert answer.status_code == 409
    assert "published or thrown away" in answer.content.decode()


def test_a_new_pathway_a_withdrawal_and_an_old_version_brought_back(admin_client, pathway):
    keep(admin_client, "new_pathway", "home-care", name="Night sitting", serves="adults")
    assert (
        "Night sitting, version 1, is in force"
        in keep(admin_client, "publish_pathway", "night-sitting", because="New").content.decode()
    )
    said = keep(admin_client, "withdraw_pathway", "night-sitting", because="Nobody offers it").content.decode()
    assert "nobody can refer by it any more" in said
    assert "Nobody offers it" in said
    back = keep(admin_client, "bring_back_pathway", "night-sitting", 1, because="Somebody does").content.decode()
    assert "it is now version 2" in back
    assert Pathway.objects.in_force().filter(code="night-sitting").exists()


def test_a_draft_referral_moved_to_a_new_version_says_what_changed(client, coordinator, draft, administrator):
    unsent = ReferralFactory(referred_by=coordinator)
    actions.publish(actions.change(draft, no_names=True, by=administrator), because="Privacy", by=administrator)
    client.force_login(coordinator)

    said = page(client, "referral_tasks", unsent.reference)

    assert "What is asked here changed after you began." in said
    assert "Other people by relationship only: No → Yes" in said
