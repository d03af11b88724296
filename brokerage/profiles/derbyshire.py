"""Derbyshire: adults, all of the county; phone first where it cannot wait; who pays, and how, is asked of everybody."""

from dataclasses import replace
from datetime import time

from brokerage.profiles import common
from brokerage.profiles.common import ACT, NEED, when
from brokerage.profiles.profile import Declared, Profile
from referrals.pathways.questions import Page, Question
from referrals.pathways.terms import Waiver

PAYING = Page("paying", "How it is paid for", ACT)
PAYING_QUESTIONS = (
    Question(
        "council_pays_by",
        "How does the council pay its part?",
        "paying",
        "one_of",
        choices=(
            ("nothing", "It pays nothing"),
            ("direct_payment", "By direct payment"),
            ("virtual_budget", "By virtual budget"),
            ("both", "By both"),
        ),
        none_is_an_answer=False,
        why="It decides who signs with the provider and who is charged.",
    ),
    Question(
        "paid_split",
        "How is it split?",
        "paying",
        "line",
        hint="How much of a week by direct payment, how much by virtual budget",
        shown_when=when("council_pays_by", "both"),
        none_is_an_answer=False,
        most=200,
    ),
)
SHORT_TERM = Page("short_term", "Short-term support", NEED)
SHORT_TERM_QUESTIONS = (
    Question(
        "short_term_now",
        "Is a short-term service supporting the person now?",
        "short_term",
        "yes_no",
        none_is_an_answer=False,
        why="Who will need support for long is referred as soon as that is known, so that nobody falls between two teams.",
    ),
    Question(
        "short_term_which", "Which one?", "short_term", "line", shown_when=when("short_term_now", "yes"), most=120
    ),
    Question(
        "short_term_ends",
        "When should it hand over?",
        "short_term",
        "date",
        shown_when=when("short_term_now", "yes"),
        for_providers=True,
    ),
)
SELF_FUNDERS = (
    "Nobody needs an assessment to be helped. Where somebody pays for themselves and has no support plan, "
    "a duty broker can let the case go on without one."
)
PHONE_FIRST = (
    "Ring brokerage first if you are away from a computer and it cannot wait, if support must start today or tomorrow, "
    "or in the week before a bank holiday. Your duty officer can send the paperwork for you."
)
WITHOUT_A_PLAN = (Waiver("care_plan", "duty_broker"), Waiver("care_plan", "team_manager"))


def _paid(terms, *, questions=(), own_pages=(), before="when", **more):
    """Every pathway here asks how it is paid for, after whatever else it asks."""
    own = (*own_pages, PAYING)
    listed = tuple(page for page in terms.pages if page not in {page.key for page in own})
    place = listed.index(before)
    return replace(
        terms,
        pages=(
            *listed[:place],
            *(page.key for page in own_pages),
            *listed[place : place + 1],
            "paying",
            *listed[place + 1 :],
        ),
        own_pages=own,
        questions=(*questions, *PAYING_QUESTIONS),
        **more,
    )


HOME_CARE = _paid(
    common.HOME_CARE,
    own_pages=(SHORT_TERM,),
    questions=SHORT_TERM_QUESTIONS,
    papers=("care_plan",),
    papers_if_urgent=("interim_support_step",),
    waivers=WITHOUT_A_PLAN,
    plan_before_start=True,
    guidance=(PHONE_FIRST, SELF_FUNDERS, *common.HOME_CARE.guidance),
    sheet=common.WITH_ANSWERS,
)
CARE_HOME = {
    "own_pages": (common.STAY,),
    "questions": common.STAY_QUESTIONS,
    "papers": ("care_plan",),
    "papers_if_urgent": ("interim_support_step",),
    "waivers": WITHOUT_A_PLAN,
    "agreement_above_rate": False,
    "guidance": (SELF_FUNDERS,),
}
RESIDENTIAL = _paid(common.RESIDENTIAL, **CARE_HOME)
NURSING = replace(RESIDENTIAL, service_kind="nursing_home", service_in_words="a nursing home place")
DAY_AND_COMMUNITY = _paid(
    common.DAY_AND_COMMUNITY,
    own_pages=(common.SOUGHT,),
    questions=(
        common.sought_question(
            ("day_service", "A day service"),
            ("group", "A group"),
            ("club", "A club"),
            ("organisation", "A support organisation"),
        ),
        Question(
            "sought_beyond",
            "Is it beyond what the person was assessed as needing?",
            "sought",
            "yes_no",
            none_is_an_answer=False,
        ),
    ),
)

PROFILE = Profile(
    name="derbyshire",
    council="Derbyshire County Council",
    settings={"working_days": [0, 1, 2, 3, 4], "opens_at": time(9), "closes_at": time(17)},
    pathways=(
        Declared("home-care", "Home care", HOME_CARE),
        Declared("residential-home", "Residential home", RESIDENTIAL),
        Declared("nursing-home", "Nursing home", NURSING),
        Declared("day-and-community", "Day and community service", DAY_AND_COMMUNITY),
    ),
)
