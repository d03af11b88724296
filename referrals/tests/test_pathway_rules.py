"""What makes a definition unusable, each in a sentence."""

from dataclasses import replace

import pytest

from referrals.pathways import in_words
from referrals.pathways.questions import Page, Question, ShownWhen
from referrals.pathways.rules import Known, reasons_not_to_follow
from referrals.pathways.terms import ANSWERS, MORE_PAGES, MORE_SHEET, PAGES, SHEET, Terms, Waiver
from referrals.questions.library import PAGES as LIBRARY
from referrals.tests.factories import HOME_CARE

KNOWN = Known(
    services={"home_care": "Home care", "nursing_home": "Nursing home"},
    papers={"assessment": "Assessment", "care_plan": "Care plan", "home_care_referral": "Referral"}
    | {"funding_agreement": "Funding agreement", "pen_picture": "Pen picture"},
    routes={"coordinator": "Case co-ordinator"},
    signposts={"shared-lives": "Shared lives"},
    answered=frozenset({"worker_phone"}),
)
EXTRA = Page("extra", "Extra", "What is needed")
ASKED = Question("pets", "Are there pets?", "extra", "yes_no")
GOOD = replace(HOME_CARE, pages=(*PAGES, "extra"), own_pages=(EXTRA,), questions=(ASKED,))


def why_not(name="Home care", **facts):
    return " ".join(reasons_not_to_follow(name, replace(GOOD, **facts), KNOWN))


def test_a_whole_definition_has_nothing_against_it():
    assert why_not() == ""


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"pages": (*PAGES, "extra", "attic")}, "“attic” is listed but nowhere declared"),
        ({"pages": PAGES}, "declared but not listed"),
        ({"pages": (*PAGES, "extra", "needs")}, "“needs” is listed twice"),
        ({"pages": tuple(p for p in (*PAGES, "extra") if p != "timetable")}, "visits in a week must be listed"),
        ({"pages": tuple(p for p in (*PAGES, "extra") if p != "papers")}, "page of papers must be listed"),
        ({"own_pages": (EXTRA, Page("needs", "Needs", "x"))}, "key of a page written in code"),
        ({"questions": (ASKED, replace(ASKED, key="cats", page="cellar"))}, "a page that is not declared: cellar"),
        ({"questions": (ASKED, ASKED)}, "Two questions have the key “pets”"),
        ({"questions": (replace(ASKED, kind="riddle"),)}, "a kind nobody can answer: riddle"),
        ({"questions": (replace(ASKED, kind="one_of"),)}, "at least two answers"),
        ({"questions": (replace(ASKED, key="postcode"),)}, "asked for already: postcode"),
        ({"questions": (replace(ASKED, key="worker_phone"),)}, "asked for already: worker_phone"),
        ({"questions": (replace(ASKED, key="Pets!"),)}, "small letters"),
        (
            {"questions": (ASKED, Question("dog", "Dog?", "extra", shown_when=ShownWhen("cat", ("yes",))))},
            "nobody asks",
        ),
        (
            {"questions": (Question("dog", "Dog?", "extra", shown_when=ShownWhen("pets", ("yes",))), ASKED)},
            "“pets”, which is asked after it",
        ),
        (
            {"questions": (ASKED, Question("dog", "Dog?", "extra", shown_when=ShownWhen("pets", ("maybe",))))},
            "does not offer",
        ),
        ({"papers": ("spell",)}, "No such paper is known: spell"),
        ({"service_kind": "magic"}, "No provider is asked for “magic”"),
        ({"service_kind": ""}, "say what kind of service"),
        ({"approval": "granny"}, "Nobody approves as “granny”"),
        ({"search_agreed_by": "granny"}, "Nobody agrees a search as “granny”"),
        ({"negotiate_first": True}, "panel is not asked about prices"),
        ({"waivers": (Waiver("moon", "team_manager"),)}, "go without “moon”"),
        ({"waivers": (Waiver("notice", "wizard"),)}, "that is no role"),
        ({"waivers": (Waiver("notice", "administrator"),)}, "approves nothing"),
        ({"waivers": (Waiver("search_agreement", "team_manager"),)}, "which it does not need"),
        ({"priorities": ()}, "no priority"),
        ({"priorities": ("whenever",)}, "no priority “whenever”"),
        ({"response_rules": {"urgent": "soonish"}}, "Enter a rule such as"),
        ({"response_rules": {"soon": "working_hours:3"}}, "“soon”, which is no priority"),
        ({"reply_rule": "ages"}, "no such window for providers’ replies: ages"),
        ({"reply_rule_if_urgent": "ages"}, "when urgent: ages"),
        ({"rounds": ("framework", "seance")}, "no such round: seance"),
        ({"rounds": ("flex",)}, "first round asks providers"),
        ({"unit": "bushel"}, "not a bushel"),
        ({"unit": "week"}, "paid by the week has no timetable"),
        ({"timetable": False}, "needs a timetable"),
        ({"sheet": ("name",)}, "no such fact"),
        ({"questions": (replace(ASKED, for_providers=True),)}, "the sheet must show them"),
        ({"signposts": ("gone",)}, "no signpost “gone”"),
        ({"routes": ("pigeon",)}, "route “pigeon”"),
        ({"must": ("person", "shoe_size")}, "no page asks for: shoe_size"),
        ({"hints": {"shoe_size": "Large"}}, "no page asks for: shoe_size"),
        ({"within_miles": 0}, "1 to 200 miles"),
        ({"guidance": (" ",)}, "guidance is empty"),
        ({"start_within_minutes": 1}, "5 minutes"),
    ],
)
def test_what_nobody_could_follow_is_refused_in_a_sentence(facts, said):
    assert said in why_not(**facts)


def test_a_pathway_without_a_name_is_refused():
    assert "needs a name" in why_not(name=" ")


def test_every_page_answer_and_fact_has_words_for_whoever_edits():
    assert set(in_words.PAGES) == {*PAGES, *MORE_PAGES}
    assert set(in_words.ANSWERS) == set(ANSWERS)
    assert set(in_words.SHEET) == {*SHEET, *MORE_SHEET}
    assert {key: page.label for key, page in LIBRARY.items()}.items() <= in_words.PAGES.items()


def test_nothing_a_pathway_says_is_left_out_where_it_is_told():
    told = {name for line in in_words.LINES for name in line.fields}

    assert told | {"own_pages", "questions"} == set(Terms.__dataclass_fields__)
