"""On a children's referral nobody is named but the child and the principal contact; what is no reason is refused (LEI-05, LEI-09)."""

import pytest
from django.urls import reverse

from referrals.intake import about_the_person as people
from referrals.models import NotAName
from referrals.questions.names import allowed_in, look_like_names, sentence
from referrals.questions.reasons import says_only_that_it_works
from referrals.tests.childrens_factories import childrens_referral
from referrals.tests.factories import ReferralFactory


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sharon collects him on Fridays.", ["Sharon"]),
        ("He lives with his mother and sharon helps.", ["sharon"]),
        ("His uncle, Mr Patel, drives.", ["Mr Patel"]),
        ("Mum and Dad take turns; his carer comes on Monday.", []),
        ("He goes to Brownies and uses Makaton.", []),
        ("He was at Ashfield Primary School with Tyrone.", ["Tyrone"]),
        ("", []),
    ],
)
def test_what_looks_like_a_name_is_found(text, found):
    assert look_like_names(text) == found


def test_the_childs_own_name_its_short_form_and_the_contacts_may_stand():
    allowed = frozenset({"oliver", "ollie", "marsh"})

    assert look_like_names("Ollie likes swimming. Oliver Marsh is nine. Sharon drives.", allowed=allowed) == ["Sharon"]


def test_the_sentence_says_what_to_write_instead():
    assert sentence(["Sharon"]).startswith("“Sharon” looks like a name. Write “Mum”")
    assert sentence(["Sharon", "Tyrone"]).startswith("“Sharon” and “Tyrone” look like names")


@pytest.mark.parametrize(
    "words",
    [
        "The provider knows the child and the support works well.",
        "They know him well.",
        "She has worked with them before and it is going well",
        "Knows the family, good relationship",
        "He gets on with the staff there.",
        "The carers have built a strong bond with her over the years.",
        "Leo is used to them",
        "Continuity of care",
        "Mum is very happy with this agency; it works brilliantly.",
        "He likes it there and there are no problems",
        "familiar with his routines",
    ],
)
def test_that_they_know_each_other_and_it_works_is_no_reason(words):  # LEI-09
    assert says_only_that_it_works(words)


@pytest.mark.parametrize(
    "words",
    [
        "A change would cause such distress that he stops eating.",
        "They know him, and with anybody else he self-injures.",
        "Staff are trained to care for her tracheostomy.",
        "The only provider with a hydrotherapy pool within ten miles.",
        "He panics with strangers and would not leave the house.",
        "Carers there sign Makaton, which is how he speaks.",
    ],
)
def test_the_impact_on_the_child_is_a_reason(words):  # LEI-09
    assert not says_only_that_it_works(words)


# -- on the pages


@pytest.fixture
def draft(coordinator):
    return childrens_referral(by=coordinator)


@pytest.fixture
def signed_in(client, coordinator):
    client.force_login(coordinator)
    return client


def page_of(draft, key):
    return reverse("referral_questions", args=[draft.reference, key])


BREAK = {"q_activity": "Play with others while Sharon rests", "q_swims": "no"}


@pytest.mark.django_db
def test_a_name_is_pointed_out_and_nothing_typed_is_lost(signed_in, draft):
    page = signed_in.post(page_of(draft, "break"), BREAK).content.decode()

    assert "“Sharon” looks like a name. Write “Mum”" in page
    assert "“Sharon” is not a name" in page
    assert "Play with others while Sharon rests" in page
    draft.refresh_from_db()
    assert draft.answers.get(key="activity").value == "Play in the park"


@pytest.mark.django_db
def test_what_is_no_name_is_cleared_once_and_who_said_so_is_kept(signed_in, draft, coordinator):
    assert signed_in.post(page_of(draft, "break"), BREAK | {"not_a_name": "Sharon"}).status_code == 302

    assert NotAName.objects.get(referral=draft).said_by == coordinator
    assert draft.answers.get(key="activity").value == BREAK["q_activity"]
    assert signed_in.post(page_of(draft, "break"), BREAK).status_code == 302


@pytest.mark.django_db
def test_a_tick_does_not_clear_another_name(signed_in, draft):
    answer = signed_in.post(page_of(draft, "break"), BREAK | {"not_a_name": "Tyrone"})

    assert answer.status_code == 200
    assert not NotAName.objects.exists()


@pytest.mark.django_db
def test_names_are_pointed_out_on_the_pages_written_in_code_too(signed_in, draft):
    answer = signed_in.post(reverse("referral_outcomes", args=[draft.reference]), {"first": "To play with Tyrone"})

    assert "“Tyrone” looks like a name" in answer.context["form"].errors["first"][0]


@pytest.mark.django_db
def test_the_principal_contact_and_each_child_may_be_named(draft, coordinator):
    people.say_main_contact(draft, name="Sharon Marsh", relationship="mother", phone="", by=coordinator)
    facts = {"first_names": "Tyrone", "last_name": "Marsh", "born_on": "2018-02-03", "differs": "None"}
    people.add_child(draft, by=coordinator, **facts)

    assert {"leo", "sharon", "tyrone", "marsh"} <= allowed_in(type(draft).objects.get(pk=draft.pk))


@pytest.mark.django_db
def test_an_adults_referral_points_out_no_names(signed_in, coordinator):
    adults = ReferralFactory(referred_by=coordinator)

    address = reverse("referral_outcomes", args=[adults.reference])
    assert signed_in.post(address, {"first": "To visit Sharon"}).status_code == 302


@pytest.mark.django_db
def test_a_provider_wanted_alone_needs_the_impact_on_the_child(signed_in, draft):  # LEI-09
    wish = {
        "q_provider_wishes": ["only"], "q_provider_required": "Sunny Days Care",
        "q_provider_required_because": "They know him and it works well",
    }  # fmt: skip
    page = signed_in.post(page_of(draft, "provider_wishes"), wish).content.decode()
    assert "Say what a change of provider would do to the child" in page

    wish["q_provider_required_because"] = "With anybody else he stops eating."
    assert signed_in.post(page_of(draft, "provider_wishes"), wish).status_code == 302
    assert draft.answers.get(key="provider_required").value == "Sunny Days Care"
