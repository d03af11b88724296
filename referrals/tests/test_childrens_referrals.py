"""A children's referral from its pages to brokerage: all of part A, the approval, brothers and sisters, term and holidays."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from brokerage.clocks import clock
from brokerage.errors import Refused
from brokerage.tests.factories import UserFactory
from providers.enquiries import actions as enquiries
from providers.enquiries.anonymise import known_of, sheet_of
from providers.enquiries.check import check
from providers.enquiries.models import Enquiry
from providers.enquiries.wishes import Wishes
from referrals.approval.models import Approval
from referrals.approval.rules import kinds_allowed, reason_not_to_take_up
from referrals.intake import about_the_person as people
from referrals.intake import actions as intake
from referrals.intake.completeness import unanswered
from referrals.intake.task_list import task_list
from referrals.models import Referral
from referrals.questions.actions import answer, copy_answers
from referrals.questions.answers import Said, answers_of
from referrals.tests.childrens_factories import ANSWERS, SHORT_BREAK, ShortBreakFactory, childrens_referral
from referrals.tests.factories import PathwayFactory, ReferralFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(coordinator):
    return childrens_referral(by=coordinator)


@pytest.fixture
def signed_in(client, coordinator):
    client.force_login(coordinator)
    return client


def again(referral):
    return Referral.objects.get(pk=referral.pk)


def sentences(referral):
    return [sentence for _, sentence in unanswered(again(referral))]


def test_with_every_question_answered_it_is_submitted(draft, coordinator):  # LEI-13
    assert unanswered(draft) == []

    intake.submit(draft, by=coordinator)

    assert again(draft).status == "received"


def test_a_child_has_a_principal_contact(signed_in, coordinator):  # LEI-13
    terms = replace(SHORT_BREAK, must=(*SHORT_BREAK.must, "contact"))
    draft = childrens_referral(by=coordinator, pathway=ShortBreakFactory(definition=terms.write()))

    page = signed_in.post(reverse("referral_contact", args=[draft.reference]), {"name": ""})

    assert "Enter their name" in page.content.decode()


@pytest.mark.parametrize("key", sorted(ANSWERS))
def test_a_question_left_blank_keeps_it_from_brokerage_and_is_named(coordinator, key):  # LEI-13
    referral = childrens_referral(by=coordinator, answers={name: said for name, said in ANSWERS.items() if name != key})

    with pytest.raises(Refused, match="cannot be submitted yet. (Enter|Select) .*“"):
        intake.submit(referral, by=coordinator)


@pytest.mark.parametrize("name", ["health", "behaviour", "equipment"])
def test_diagnosis_behaviour_and_equipment_each_have_to_be_said(draft, name):  # LEI-14
    type(draft.needs).objects.filter(pk=draft.needs.pk).update(**{name: ""})

    assert any("or “None”" in sentence for sentence in sentences(draft))


def test_a_page_whose_questions_follow_from_another_waits_or_goes(draft, coordinator):
    keys = {line.key: line.status for line in task_list(draft)}

    assert keys["break"] == "done"
    assert keys["preferences"] == "optional"
    assert "papers" not in keys


def test_what_has_to_be_filled_in_says_why(coordinator):
    referral = childrens_referral(by=coordinator, answers={}, approved=False)
    lines = {line.key: line for line in task_list(referral)}

    assert lines["approval"].why == "Brokerage cannot take it up before"
    assert lines["school_holidays"].why
    assert lines["worker"].blocks


# -- the approval


def test_without_its_managers_approval_it_is_not_submitted(coordinator):  # LEI-02, LEI-13
    with pytest.raises(Refused, match="Enter the manager’s approval"):
        intake.submit(childrens_referral(by=coordinator, approved=False), by=coordinator)


def test_no_provider_hears_of_a_case_without_its_approval(coordinator):  # LEI-03
    case = childrens_referral(by=coordinator)
    broker = UserFactory(broker=True, teams=[case.team])
    intake.submit(case, by=coordinator)
    intake.start_work(again(case), by=broker)
    Approval.objects.all().delete()

    with pytest.raises(Refused, match="is not approved yet"):
        enquiries.begin(again(case), by=broker)


def test_a_plans_date_stands_for_panels_only_where_it_cannot_wait(draft):  # LEI-13
    Approval.objects.update(approved_by="child_protection")
    assert "Resource Allocation Panel" in reason_not_to_take_up(again(draft))

    Referral.objects.update(priority="urgent", priority_reason="He is not safe")
    assert reason_not_to_take_up(again(draft)) is None


def test_a_specialist_placement_needs_its_line_manager(coordinator):  # MED-12
    from dataclasses import replace

    from referrals.tests.factories import NURSING

    terms = replace(NURSING, approval="line_manager")
    pathway = PathwayFactory(code="specialist", name="Specialist", definition=terms.write())
    referral = ReferralFactory(referred_by=coordinator, pathway=pathway)

    assert [kind.value for kind in kinds_allowed(referral)] == ["line_manager"]
    assert "manager’s approval" in sentences(referral)[0]


def test_the_approval_is_recorded_on_its_page_with_name_date_and_approval_date(signed_in, coordinator):
    referral = childrens_referral(by=coordinator, approved=False)
    day = clock.now().date()
    said = {"manager_name": "Ruth Calder", "approved_by": "resource_panel"} | {
        f"{name}_{at}": part for name in ("signed_on", "approved_on") for at, part in enumerate((day.day, day.month, day.year))
    }  # fmt: skip

    signed_in.post(reverse("referral_approval", args=[referral.reference]), said)

    approval = Approval.objects.get()
    assert (approval.manager_name, approval.signed_on, approval.recorded_by) == ("Ruth Calder", day, coordinator)


def test_an_approval_of_tomorrow_is_refused(signed_in, coordinator):
    referral = childrens_referral(by=coordinator, approved=False)
    day = clock.now().date() + timedelta(days=2)
    said = {"manager_name": "Ruth", "approved_by": "resource_panel"} | {
        f"{name}_{at}": part for name in ("signed_on", "approved_on") for at, part in enumerate((day.day, day.month, day.year))
    }  # fmt: skip
    page = signed_in.post(reverse("referral_approval", args=[referral.reference]), said)

    assert "Enter today or a day that has been" in page.content.decode()
    assert not Approval.objects.exists()


# -- brothers and sisters


CHILD = {"first_names": "Tyrone", "last_name": "Marsh", "born_on": date(2019, 7, 2), "record_id": "M777001"}


def test_a_sibling_is_added_on_its_page_and_taken_away(signed_in, draft):  # LEI-13
    said = {"first_names": "Tyrone", "last_name": "Marsh", "born_on_0": "2", "born_on_1": "7", "born_on_2": "2019"}
    page = signed_in.post(reverse("referral_also_for", args=[draft.reference]), said | {"differs": "None"}, follow=True)
    assert "Tyrone Marsh" in page.content.decode()

    child = draft.also_for.get()
    signed_in.post(reverse("remove_child", args=[draft.reference, child.pk]))
    assert not draft.also_for.exists()


def test_a_seventh_child_needs_another_referral(draft, coordinator):
    for _ in range(5):
        people.add_child(draft, by=coordinator, differs="None", **CHILD)

    with pytest.raises(Refused, match="6 children at most"):
        people.add_child(draft, by=coordinator, differs="None", **CHILD)


def test_providers_read_the_ages_of_siblings_and_nothing_else(draft, coordinator):  # AMB-02
    people.add_child(draft, by=coordinator, differs="None", **CHILD)
    intake.submit(draft, by=coordinator)
    sheet = sheet_of(Enquiry(number="E1", referral=again(draft), need_in_brief="", wording={}))

    assert sheet.age_band == "Two children: aged 8 to 10 and aged 5 to 7"
    assert not any(
        secret in str(sheet.to_data()) for secret in ("Tyrone", "Leo", "Marsh", "M777001", "Ashfield", "Ruth")
    )


@pytest.mark.parametrize("secret", ["Tyrone", "M777001", "2 July 2019", "02/07/2019", "Ruth Calder", "Ashfield School"])
def test_what_would_say_who_a_sibling_is_blocks(draft, coordinator, secret):  # AMB-02
    people.add_child(draft, by=coordinator, differs="None", **CHILD)
    known = known_of(again(draft), today=date(2026, 11, 22))

    assert any(finding.blocks for finding in check(f"He goes with {secret} on Fridays.", known))


# -- on the sheet


def test_an_answer_for_providers_is_on_the_sheet_and_is_checked_like_every_word(draft, coordinator):  # LEI-07, AMB-02
    answer(draft, said={"activity": Said(value="To play with Leo")}, by=coordinator)
    intake.submit(draft, by=coordinator)
    case, broker = again(draft), UserFactory(broker=True, teams=[draft.team])
    intake.start_work(case, by=broker)
    enquiry = enquiries.begin(again(draft), by=broker)

    assert ("What should the child do there?", "To play with Leo") in sheet_of(enquiry).answers
    with pytest.raises(Refused, match="Leo"):
        enquiries.send(enquiry, by=broker)

    enquiry = enquiries.write(enquiry, need_in_brief="A break", wording={"answer_activity": "To play"}, by=broker)
    assert ("What should the child do there?", "To play") in sheet_of(enquiry).answers


def test_a_pathway_that_allows_no_answers_shows_none(draft, coordinator):
    from dataclasses import replace

    from referrals.pathways.terms import SHEET
    from referrals.tests.childrens_factories import SHORT_BREAK

    terms = replace(SHORT_BREAK, sheet=SHEET)
    other = childrens_referral(by=coordinator, pathway=ShortBreakFactory(code="other", definition=terms.write()))
    Referral.objects.filter(pk=other.pk).update(received_at=clock.now(), status="received")

    assert sheet_of(Enquiry(number="E1", referral=again(other), need_in_brief="", wording={})).answers == ()


# -- in the match


def test_a_provider_to_avoid_is_not_asked_and_the_reason_is_said(draft, coordinator):  # LEI-09
    said = {
        "provider_wishes": Said(value=["avoid"]),
        "provider_to_avoid": Said(value="Sunny Days"),
        "provider_to_avoid_because": Said(value="He was left alone"),
    }
    answer(draft, said=said, by=coordinator)
    wishes = Wishes.of(answers_of(again(draft)), ["Sunny Days Care Ltd", "Oak House"])

    assert wishes.reason_against("Sunny Days Care Ltd") == "The referrer asks not to ask them: He was left alone"
    assert wishes.reason_against("Oak House") is None


def test_the_only_provider_leaves_the_others_out_where_it_is_found():  # LEI-09
    class Said_:
        def get(self, key):
            return {"provider_required": "Oak House", "provider_required_because": "He stops eating elsewhere"}.get(key)

    wishes = Wishes.of(Said_(), ["Oak House", "Sunny Days"])
    assert "Oak House alone" in wishes.reason_against("Sunny Days")
    assert wishes.reason_against("Oak House") is None
    assert Wishes.of(Said_(), ["Sunny Days"]).reason_against("Sunny Days") is None


def test_travel_limits_are_kept_as_data(draft):  # LEI-16
    answers = answers_of(draft)

    assert (answers.get("travel_miles"), answers.get("travel_minutes"), answers.get("travel_public")) == (6, None, "no")


# -- saved page by page


def test_left_for_later_a_page_keeps_what_was_answered(signed_in, coordinator):
    referral = childrens_referral(by=coordinator, answers={})
    address = reverse("referral_questions", args=[referral.reference, "break"])

    assert signed_in.post(address, {"q_activity": "Painting", "then": "list"}).status_code == 302
    assert [row.key for row in referral.answers.all()] == ["activity"]
    assert any("Does the child swim?" in sentence for sentence in sentences(referral))


def test_going_on_leads_to_the_next_page_that_is_not_done(signed_in, coordinator):
    referral = childrens_referral(
        by=coordinator, answers={name: said for name, said in ANSWERS.items() if name != "bank_holiday_support"}
    )
    address = reverse("referral_questions", args=[referral.reference, "dates"])

    answer_ = signed_in.post(address, {"q_support_ends_on_none": "on", "q_family_away_none": "on"})

    assert answer_.url == reverse("referral_questions", args=[referral.reference, "bank_holidays"])


def test_from_the_check_page_one_comes_back_to_it(signed_in, draft):
    address = reverse("referral_questions", args=[draft.reference, "dates"])
    check_page = reverse("submit_referral", args=[draft.reference])

    assert f"{address}?then=check" in signed_in.get(check_page).content.decode()
    said = {"q_support_ends_on_none": "on", "q_family_away_none": "on", "then": "check"}
    assert signed_in.post(address, said).url == check_page


def test_the_check_page_shows_every_answer(signed_in, draft):
    page = signed_in.get(reverse("submit_referral", args=[draft.reference])).content.decode()

    for words in ("Leo Marsh", "Play in the park", "Half term: 26 to 30 October 2026", "Autism", "Ruth Calder",
                  "Saturday 10:00, 3 hours, term time", "Disabled children’s team"):  # fmt: skip
        assert words in page


def test_the_second_writer_of_a_page_is_told_who_was_first_and_loses_nothing(client, coordinator):
    duty = UserFactory(coordinator=True, full_name="Dele Akande")
    referral = childrens_referral(by=coordinator)
    Referral.objects.filter(pk=referral.pk).update(referred_by=duty, coordinator=coordinator)
    address = reverse("referral_questions", args=[referral.reference, "break"])
    said = {"q_swims": "no"}

    client.force_login(coordinator)
    read = client.get(address).context["read_version"]
    client.force_login(duty)
    assert client.post(address, said | {"q_activity": "Painting", "read_version": read}).status_code == 302
    client.force_login(coordinator)
    second = client.post(address, said | {"q_activity": "Music", "read_version": read})

    assert second.status_code == 409
    assert "Dele Akande changed this" in second.content.decode()
    assert "Music" in second.content.decode()
    assert referral.answers.get(key="activity").value == "Painting"


def test_two_who_write_different_pages_are_not_in_each_others_way(client, coordinator):
    referral = childrens_referral(by=coordinator)
    client.force_login(coordinator)
    address = reverse("referral_questions", args=[referral.reference, "break"])
    read = client.get(address).context["read_version"]
    client.post(reverse("referral_outcomes", args=[referral.reference]), {"first": "To swim"})

    answer_ = client.post(address, {"q_activity": "Music", "q_swims": "no", "read_version": read})

    assert answer_.status_code == 302


def test_answers_are_copied_to_a_later_referral_that_asks_the_same(draft, coordinator):
    later = childrens_referral(by=coordinator, answers={})

    copy_answers(draft, later, by=coordinator, leaving_out=frozenset({"support_ends_on"}))

    keys = set(later.answers.values_list("key", flat=True))
    assert keys == set(ANSWERS) - {"support_ends_on"}


@pytest.mark.parametrize("page", ["break", "worker", "travel", "provider_wishes", "school_holidays"])
def test_each_page_opens_changes_nothing_and_is_nobody_elses(client, draft, coordinator, page):
    address = reverse("referral_questions", args=[draft.reference, page])
    before = list(draft.answers.values())
    assert client.get(address).status_code == 302
    client.force_login(coordinator)
    assert client.get(address).status_code == 200
    assert list(draft.answers.values()) == before
    client.force_login(UserFactory(coordinator=True))
    assert client.get(address).status_code == 404


def test_a_page_that_the_pathway_does_not_have_is_not_found(signed_in, draft):
    assert signed_in.get(reverse("referral_questions", args=[draft.reference, "elsewhere"])).status_code == 404


def test_the_task_list_asks_the_database_as_often_for_many_answers(
    signed_in, draft, coordinator, django_assert_max_num_queries
):
    address = reverse("referral_tasks", args=[draft.reference])
    signed_in.get(address)
    with django_assert_max_num_queries(60) as whole:
        signed_in.get(address)
    draft.answers.all().delete()

    with django_assert_max_num_queries(len(whole)):
        signed_in.get(address)


def test_transport_is_said_to_be_arranged_apart(signed_in, draft):  # LEI-04
    page = signed_in.get(reverse("referral_questions", args=[draft.reference, "travel"])).content.decode()

    assert "Transport is not part of this referral" in page


def test_support_on_bank_holidays_is_for_those_for_whom_it_was_assessed(signed_in, draft):  # LEI-08
    address = reverse("referral_questions", args=[draft.reference, "bank_holidays"])
    assert "no support on bank holidays unless it was assessed" in signed_in.get(address).content.decode()

    page = signed_in.post(address, {"q_bank_holiday_support": "yes"}).content.decode()
    assert "Enter an answer to “Which bank holidays, and what was assessed?”" in page

    assert signed_in.post(address, {"q_bank_holiday_support": "no"}).status_code == 302
    assert answers_of(again(draft)).words("bank_holiday_support") == "No"


def test_a_provider_farther_than_the_child_can_travel_is_too_far(draft, coordinator):  # LEI-16
    from providers.enquiries.matching import reach_of

    assert reach_of(draft) == 6
    answer(draft, said={"travel_limited": Said(value="no")}, by=coordinator)
    assert reach_of(again(draft)) == draft.pathway.terms.within_miles
