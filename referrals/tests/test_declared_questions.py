"""Declared questions: each kind is asked, read, said again; None is an answer; conditions; what is kept and not counted."""

import pytest
from django.http import QueryDict

from referrals.pathways.questions import Page, Question, ShownWhen
from referrals.pathways.terms import Terms
from referrals.questions.answers import Answers, Said, for_providers
from referrals.questions.forms import QuestionsForm

CHOICES = (("a", "Apples"), ("b", "Pears"))
ONE = {kind: Question("it", "Which one?", "own", kind, choices=CHOICES if kind in ("one_of", "some_of") else ())
       for kind in ("line", "words", "yes_no", "one_of", "some_of", "number", "date", "dates", "person")}  # fmt: skip
TYPED = {
    "line": ({"q_it": "Red"}, "Red", "Red"),
    "words": ({"q_it": "Red\nand blue"}, "Red\nand blue", "Red\nand blue"),
    "yes_no": ({"q_it": "yes"}, "yes", "Yes"),
    "one_of": ({"q_it": "b"}, "b", "Pears"),
    "some_of": ({"q_it": ["a", "b"]}, ["a", "b"], "Apples, Pears"),
    "number": ({"q_it": "12"}, 12, "12"),
    "date": ({"q_it_0": "3", "q_it_1": "Nov", "q_it_2": "2026"}, "2026-11-03", "3 November 2026"),
    "dates": (
        {"q_it_0": "Half term", "q_it_1": "26/10/2026", "q_it_2": "30 Oct 2026", "q_it_4": "2.11.26"},
        [{"name": "Half term", "from": "2026-10-26", "to": "2026-10-30"},
         {"name": "", "from": "2026-11-02", "to": "2026-11-02"}],
        "Half term: 26 to 30 October 2026\n2 November 2026",
    ),
    "person": (
        {"q_it": "Jo Reed", "q_it_relationship": "aunt", "q_it_phone": "01632 960111"},
        {"name": "Jo Reed", "relationship": "aunt", "phone": "01632 960111"},
        "Jo Reed, aunt\n01632 960111",
    ),
}  # fmt: skip
TAKES_NONE = [kind for kind in ONE if kind not in ("yes_no", "one_of")]


def terms_of(*questions):
    return Terms("home_care", "home care", pages=("own",), own_pages=(Page("own", "Own", "Own"),), questions=questions)


def form_of(*questions, typed=None, said=None, **more):
    data = None
    if typed is not None:
        data = QueryDict(mutable=True)
        for name, value in typed.items():
            data.setlist(name, value if isinstance(value, list) else [value])
    return QuestionsForm(data, questions=questions, earlier=Answers(terms_of(*questions), said or {}), **more)


def errors_of(form):
    return [error for errors in form.errors.values() for error in errors]


@pytest.mark.parametrize("kind", ONE)
def test_each_kind_of_answer_is_read_as_data_and_said_in_words(kind):
    typed, value, words = TYPED[kind]
    form = form_of(ONE[kind], typed=typed)

    assert form.is_valid(), form.errors
    assert form.said == {"it": Said(value=value)}
    assert Answers(terms_of(ONE[kind]), form.said).words("it") == words


@pytest.mark.parametrize("kind", ONE)
def test_an_answer_is_still_there_when_its_page_is_opened_again(kind):
    _, value, _ = TYPED[kind]
    again = form_of(ONE[kind], said={"it": Said(value=value)})
    shown = {name: again[name].value() for name in again.fields}
    sent = form_of(ONE[kind], typed=_as_sent(again, shown))

    assert sent.is_valid(), sent.errors
    assert sent.said == {"it": Said(value=value)}


@pytest.mark.parametrize("kind", ONE)
def test_a_blank_is_no_answer_and_the_sentence_names_the_question(kind):  # LEI-13
    form = form_of(ONE[kind], typed={})

    assert not form.is_valid()
    [sentence] = errors_of(form)
    assert "“Which one?”" in sentence
    assert ("tick “None”" in sentence) == (kind in TAKES_NONE)


@pytest.mark.parametrize("kind", TAKES_NONE)
def test_none_is_an_answer(kind):  # LEI-13
    form = form_of(ONE[kind], typed={"q_it_none": "on"})

    assert form.is_valid(), form.errors
    assert form.said == {"it": Said(is_none=True)}
    assert Answers(terms_of(ONE[kind]), form.said).words("it") == "None"


@pytest.mark.parametrize("kind", TAKES_NONE)
def test_an_answer_and_none_together_are_asked_about(kind):
    form = form_of(ONE[kind], typed=TYPED[kind][0] | {"q_it_none": "on"})

    assert errors_of(form) == ["Enter the answer to “Which one?”, or tick “None”: not both"]


@pytest.mark.parametrize("typed", ["None", "n/a", "N/A", "nil", "Not applicable"])
def test_none_may_be_typed_as_well(typed):
    form = form_of(ONE["words"], typed={"q_it": typed})

    assert form.is_valid()
    assert form.said == {"it": Said(is_none=True)}


@pytest.mark.parametrize("kind", ONE)
def test_left_for_later_a_blank_is_let_through_and_nothing_is_kept(kind):
    form = form_of(ONE[kind], typed={}, is_partial=True)

    assert form.is_valid()
    assert form.said == {"it": None}


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("number", {"q_it": "a dozen"}, "whole number"),
        ("date", {"q_it_0": "31", "q_it_1": "2", "q_it_2": "2026"}, "real date"),
        ("dates", {"q_it_0": "Half term"}, "Row 1: enter the first day"),
        ("dates", {"q_it_1": "26 October"}, "Row 1: enter the first day like 26/10/2026"),
        ("dates", {"q_it_4": "30/10/2026", "q_it_5": "26/10/2026"}, "Row 2: the last day is before the first"),
        ("person", {"q_it_relationship": "aunt"}, "Enter the name as well"),
        ("person", {"q_it": "Jo Reed"}, "Enter who they are to the person as well"),
        ("line", {"q_it": "x" * 201}, "200 characters or fewer"),
        ("one_of", {"q_it": "c"}, "Select an answer from the list"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_in_words(kind, typed, sentence):
    form = form_of(ONE[kind], typed=typed)

    assert not form.is_valid()
    assert any(sentence in error for error in errors_of(form)), form.errors


def test_more_than_the_most_is_refused():
    question = Question("it", "Which?", "own", "some_of", choices=(*CHOICES, ("c", "Plums")), most=2)

    assert errors_of(form_of(question, typed={"q_it": ["a", "b", "c"]})) == ["Select or enter 2 at most"]


def test_an_optional_question_offers_no_none_and_may_stay_blank():
    form = form_of(Question("it", "Anything else?", "own", must=False), typed={})

    assert form.is_valid()
    assert form.said == {"it": None}
    assert "q_it_none" not in form.fields
    assert form.fields["q_it"].label == "Anything else? (optional)"


def test_why_it_is_asked_stands_beside_it():
    form = form_of(Question("it", "Pets?", "own", hint="Cats and dogs", why="Some carers are allergic"))

    assert form.fields["q_it"].help_text == "Cats and dogs. Some carers are allergic."


# -- conditions

FIRST = Question("swims", "Do they swim?", "own", "yes_no")
THEN = Question("where", "Where?", "own", "line", shown_when=ShownWhen("swims", ("yes",)))
AFTER = Question("how_often", "How often?", "own", "line", shown_when=ShownWhen("swims", ("yes",)))


def test_a_question_is_asked_only_after_the_answer_it_follows():
    assert form_of(FIRST, THEN, typed={"q_swims": "no"}).is_valid()
    assert "Enter an answer to “Where?”, or tick “None”" in errors_of(form_of(FIRST, THEN, typed={"q_swims": "yes"}))


def test_without_a_script_the_condition_is_said():
    from django.template import Context, Template

    form = form_of(FIRST, THEN)
    drawn = Template("{% load crispy_forms_tags %}{% crispy form %}").render(Context({"form": form}))

    assert "Only if you answered “Yes” to “Do they swim?”." in drawn
    assert 'data-shown-by="q_swims"' in drawn


def test_what_somebody_declared_is_no_template():
    from django.template import Context, Template

    odd = Question("odd", "{{ secret }} {% endverbatim %}?", "own", shown_when=ShownWhen("swims", ("yes",)))
    drawn = Template("{% load crispy_forms_tags %}{% crispy form %}").render(
        Context({"form": form_of(FIRST, odd), "secret": "leaked"})
    )

    assert "leaked" not in drawn


def test_an_answer_to_a_question_no_longer_asked_is_kept_and_not_counted():
    said = {"swims": Said(value="no"), "where": Said(value="The baths")}
    answers = Answers(terms_of(FIRST, THEN), said)

    assert answers.get("where") is None
    assert [line.key for line in answers.lines()] == ["swims"]
    assert answers.unanswered() == []
    assert Answers(terms_of(FIRST, THEN), said | {"swims": Said(value="yes")}).get("where") == "The baths"


def test_a_question_after_one_that_is_not_asked_is_not_asked_either():
    last = Question("deep", "Is it deep?", "own", "yes_no", shown_when=ShownWhen("where", ("x",)))
    answers = Answers(terms_of(FIRST, THEN, last), {"swims": Said(value="no"), "where": Said(value="x")})

    assert not answers.is_asked(last)


def _as_sent(form, shown):
    """What a browser would send of a page as it was drawn."""
    sent = {}
    for name, value in shown.items():
        field = form.fields[name]
        if hasattr(field.widget, "widgets"):
            sent |= {f"{name}_{at}": str(part or "") for at, part in enumerate(field.widget.decompress(value))}
        elif isinstance(value, list):
            sent[name] = [str(each) for each in value]
        elif value not in (None, False):
            sent[name] = str(value)
    return sent


@pytest.mark.django_db
def test_providers_read_only_what_the_pathway_lets_them(coordinator):  # LEI-07
    from referrals.tests.childrens_factories import childrens_referral

    read = {key: words for key, _, words in for_providers(childrens_referral(by=coordinator))}

    assert read["activity"] == "Play in the park"
    assert read["travel_miles"] == "6"
    assert not {"worker_phone", "worker_team", "provider_wishes", "notes"} & set(read)
