"""A case is found by what somebody on the phone can say, and by nobody whose case it is not."""

import pytest
from django.urls import reverse

from brokerage.clocks import clock
from brokerage.home.search import find
from referrals.access.models import NamedReader
from referrals.tests.factories import ReferralFactory
from referrals.work.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, broker):
    client.force_login(broker)
    return client


def person(first, last, **facts):
    return ReferralFactory(
        received=True,
        person__first_names=first,
        person__last_name=last,
        **{f"person__{name}": value for name, value in facts.items()},
    )


def found(words, user):
    return [case.reference for case in find(words, user).cases]


def near(words, user):
    return [case.reference for case in find(words, user).near]


FINDS = [
    ("okafor", "a last name"),
    ("OKAF", "how it begins"),
    ("Winifred Okafor", "both names"),
    ("okafor winifred", "in any order"),
    ("Winnie", "what she is called"),
    ("M400777", "the record number"),
    ("m400777", "however it is typed"),
    ("943 476 5919", "the NHS number, spaced"),
    ("943-476-5919", "with hyphens"),
    ("9434765919", "or not"),
    ("PL4 8AA", "the postcode"),
    ("pl48aa", "without its space"),
    ("PL4", "its area"),
    ("okafor pl4", "a name in an area"),
    ("wo", "the initials"),
    ("W.O.", "with dots"),
]


@pytest.mark.parametrize(("words", "what"), FINDS, ids=[what for _, what in FINDS])
def test_a_case_is_found_by(broker, words, what):
    case = person("Winifred", "Okafor", known_as="Winnie", record_id="M400777", nhs_number="9434765919")
    person("George", "Ellery", postcode="EX1 1AA")

    assert found(words, broker) == [case.reference]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("Zoë", "Peña", "zoe pena"),
        ("Zoe", "Pena", "Zoë Peña"),
        ("Łukasz", "Wójcik", "lukasz wojcik"),
        ("Siobhán", "O’Connor", "oconnor"),
        ("Siobhan", "O'Connor", "O’Connor"),
        ("Anne-Marie", "Smith-Jones", "smith jones"),
        ("Anne Marie", "Smith Jones", "Anne-Marie Smith-Jones"),
        ("J.R.", "Hartley", "jr hartley"),
    ],
)
def test_accents_apostrophes_and_hyphens_do_not_matter(broker, first, last, words):
    case = person(first, last)

    assert found(words, broker) == [case.reference]


@pytest.mark.parametrize("words", ["Okafer", "Okaffor", "Okofor", "Okfor", "winfred okafor"])
def test_a_typing_mistake_is_forgiven(broker, words):
    case = person("Winifred", "Okafor")
    person("George", "Ellery")

    assert found(words, broker) == []
    assert near(words, broker) == [case.reference]


def test_what_fits_comes_before_what_is_like_it(broker):
    like, begins, whole = person("Ann", "Martyn"), person("Ann", "Martins"), person("Ann", "Martin")

    assert found("martin", broker) == [whole.reference, begins.reference]
    assert near("martin", broker) == [like.reference]


def test_an_area_is_not_another_that_begins_like_it(broker):
    case = person("Ann", "Lee", postcode="PL1 2AB")
    person("Bea", "Lee", postcode="PL11 2AB")

    assert found("PL1", broker) == [case.reference]


def test_a_reference_leads_straight_to_its_case(signed_in):
    case = ReferralFactory(received=True)

    assert signed_in.get(reverse("search"), {"q": case.reference.lower()}).url == case.get_absolute_url()


@pytest.mark.parametrize("words", ["okafor", "okafer", "M400777", "9434765919", "PL4", "wo", "{reference}"])
def test_another_teams_case_is_not_found_by_anything(client, stranger, words):
    case = person("Winifred", "Okafor", record_id="M400777", nhs_number="9434765919")
    client.force_login(stranger)

    page = client.get(reverse("search"), {"q": words.format(reference=case.reference)})

    assert "No case of yours matches" in page.content.decode()
    assert "Winifred" not in page.content.decode()


def test_a_restricted_case_is_found_by_those_it_names(broker, other_broker, manager):
    case = person("Winifred", "Okafor", record_id="M400777")
    type(case).objects.filter(pk=case.pk).update(is_restricted=True)
    WorkItem.objects.filter(referral=case).update(is_restricted=True)
    NamedReader.objects.create(referral=case, user=broker, named_at=clock.now(), named_by=manager, because="Theirs")

    for words in ("okafor", "okafer", "M400777", "wo", case.reference):
        assert found(words, other_broker) + near(words, other_broker) == []
        assert found(words, broker) + near(words, broker) == [case.reference]


def test_a_co_ordinator_finds_their_own(coordinator):
    own = ReferralFactory(received=True, referred_by=coordinator)
    ReferralFactory(received=True)

    assert found("okafor", coordinator) == [own.reference]


def test_a_case_among_thousands_of_that_name_elsewhere_is_found(broker, childrens_team, monkeypatch):
    monkeypatch.setattr("brokerage.home.search.LOOKED_AT", 3)
    for _ in range(8):
        person("Ann", "Lee").__class__.objects.update(team=childrens_team)
    case = person("Ann", "Lee")

    assert found("lee", broker) == [case.reference]


def test_more_than_fifty_are_said_to_be_more(signed_in, monkeypatch):
    monkeypatch.setattr("brokerage.home.search.AT_MOST", 2)
    for _ in range(3):
        person("Ann", "Lee")

    page = signed_in.get(reverse("search"), {"q": "lee"})

    assert len(page.context["found"].cases) == 2
    assert "Add a first name" in page.content.decode()


@pytest.mark.parametrize("words", ["", " ", "a", "%", "_ _", "'", "x" * 500, "-", "%s", "\\", "R", "^$", "“", "1"])
def test_what_means_nothing_is_answered_in_words(signed_in, words):
    person("Winifred", "Okafor")

    page = signed_in.get(reverse("search"), {"q": words})

    assert page.status_code == 200
    assert "Okafor" not in page.content.decode()


@pytest.mark.parametrize(("words", "asked"), [("okafor", 8), ("okafer", 8), ("wo", 8), ("PL4", 8)])
def test_a_search_asks_the_same_however_much_it_finds(signed_in, django_assert_max_num_queries, words, asked):
    for _ in range(5):
        person("Winifred", "Okafor")
    signed_in.get(reverse("search"))
    with django_assert_max_num_queries(asked) as few:
        signed_in.get(reverse("search"), {"q": words})
    for _ in range(10):
        person("Winifred", "Okafor")

    with django_assert_max_num_queries(len(few)):
        page = signed_in.get(reverse("search"), {"q": words})

    assert len(page.context["found"].cases + page.context["found"].near) == 15
