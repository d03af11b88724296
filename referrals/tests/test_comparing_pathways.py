from dataclasses import replace

from referrals.pathways.comparing import changes
from referrals.pathways.questions import Page, Question
from referrals.tests.factories import HOME_CARE
from referrals.tests.test_pathway_rules import KNOWN

PAGE = Page("extra", "Extra", "What is needed")
PETS = Question("pets", "Are there pets?", "extra", "yes_no")


def said(after, before=HOME_CARE):
    return changes(before, after, KNOWN)


def test_the_same_has_no_differences():
    assert said(HOME_CARE) == []


def test_a_clock_is_told_as_it_was_and_as_it_is():
    assert said(replace(HOME_CARE, response_rules={"urgent": "working_hours:3"})) == [
        "Answer by, for urgent: half a working day → 3 working hours"
    ]


def test_a_question_added_changed_and_removed_is_told():
    asked = replace(HOME_CARE, pages=(*HOME_CARE.pages, "extra"), own_pages=(PAGE,), questions=(PETS,))

    assert "Question added: Are there pets? (yes or no; must be answered)" in said(asked)
    assert "Question removed: Are there pets?" in said(HOME_CARE, before=asked)
    changed = replace(asked, questions=(replace(PETS, must=False, hint="Dogs most of all"),))
    assert said(changed, before=asked) == [
        "Question “Are there pets?”, hint: none → Dogs most of all",
        "Question “Are there pets?”, must be answered: Yes → No",
    ]


def test_papers_added_and_removed_are_told_by_name():
    assert said(replace(HOME_CARE, papers=("assessment", "pen_picture"))) == [
        "On record before anything is arranged: added “Pen picture”",
        "On record before anything is arranged: removed “Care plan”, “Referral”",
    ]


def test_another_order_is_told():
    pages = ("when", *(page for page in HOME_CARE.pages if page != "when"))

    assert said(replace(HOME_CARE, pages=pages))[0].startswith(
        "Pages: now in the order Start, urgency and funding, The person"
    )
