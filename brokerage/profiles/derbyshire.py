"""Derbyshire: adults, all of the county; phone first where it cannot wait; whoever has short-term support is thought of early."""

from dataclasses import replace
from datetime import time

from brokerage.profiles import common
from brokerage.profiles.common import NEED, pages, when
from brokerage.profiles.profile import Declared, Profile
from referrals.pathways.questions import Page, Question
from referrals.pathways.terms import Waiver

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


HOME_CARE = replace(
    common.HOME_CARE,
    pages=pages(before="when", own=("short_term",)),
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
    "papers": ("care_plan",),
    "papers_if_urgent": ("interim_support_step",),
    "waivers": WITHOUT_A_PLAN,
    "agreement_above_rate": False,
    "guidance": (SELF_FUNDERS,),
}
RESIDENTIAL = replace(common.RESIDENTIAL, **CARE_HOME)
NURSING = replace(RESIDENTIAL, service_kind="nursing_home", service_in_words="a nursing home place")
DAY_AND_COMMUNITY = replace(
    common.DAY_AND_COMMUNITY,
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
