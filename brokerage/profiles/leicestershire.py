"""Leicestershire: disabled children and young people. Part A whole, one name only, the resource panel first."""

from dataclasses import replace

from brokerage.profiles import common
from brokerage.profiles.common import NEED, pages
from brokerage.profiles.profile import Declared, Profile
from referrals.pathways.questions import Page, Question

PART_A = "Answer every question. Where there is nothing to say, “None” is an answer; a blank is not."
NAMES = "Name nobody but the child and the main contact: say Mum, Dad, carer or sibling."
RELEVANT = "Write only what matters for the support, as fact."
TRANSPORT = "Transport is not part of this: it is paid for and arranged apart, and brokerage does not deal with it."
PROVIDERS = "Leave all contact with providers to brokerage, so that each of them knows the same. If one rings you, send them to us."
URGENT = "If it is urgent, ring the duty line before you send this. A manager’s approval is needed before providers are asked."
CHANGED = "If the support is no longer needed, tell brokerage at once, even before anybody is chosen."
GUIDANCE = (PART_A, NAMES, RELEVANT, URGENT, TRANSPORT, PROVIDERS, CHANGED)

SHORT_BREAK_NOTES = Page("short_break", "About the short break", NEED)
SHORT_BREAK = replace(
    common.CHILDRENS,
    pages=pages(before="timetable", own=("short_break",), among=common.CHILDRENS_PAGES),
    own_pages=(SHORT_BREAK_NOTES,),
    questions=(
        Question(
            "break_activities",
            "What should the child do there?",
            "short_break",
            hint="Going to the park or the cinema, being with others of their age",
            for_providers=True,
            no_names=True,
            most=1000,
        ),
        Question(
            "break_flexible",
            "How far could the times move?",
            "short_break",
            "line",
            hint="Mornings if possible, any day of the week",
            for_providers=True,
            no_names=True,
            most=200,
        ),
    ),
    guidance=GUIDANCE,
    within_miles=15,
)

CARE_TASKS = Page("care_at_home", "About the care at home", NEED)
HOME_CARE = replace(
    SHORT_BREAK,
    service_kind="home_care",
    service_in_words="care at home for a child",
    pages=pages(
        before="timetable", own=("care_at_home",), among=tuple(p for p in common.CHILDRENS_PAGES if p != "travel")
    ),
    own_pages=(CARE_TASKS,),
    questions=(
        Question(
            "care_activities",
            "What will the carer be asked to do?",
            "care_at_home",
            hint="Each task, and what the child does alone",
            none_is_an_answer=False,
            for_providers=True,
            no_names=True,
            most=1500,
        ),
        Question(
            "care_flexible",
            "How far could the times move?",
            "care_at_home",
            "line",
            hint="For getting ready for school, say from when until when an hour may fall",
            for_providers=True,
            no_names=True,
            most=200,
        ),
    ),
    within_miles=20,
)

PLAY_SCHEME = replace(
    SHORT_BREAK,
    service_in_words="a place at a summer play scheme",
    pages=(
        "worker",
        "person",
        "also_for",
        "contact",
        "needs",
        "outcomes",
        "preferences",
        "play_scheme",
        "travel",
        "provider_wishes",
        "when",
        "approval",
    ),
    own_pages=(),
    questions=(),
    must=tuple(answer for answer in common.CHILDRENS_MUST if answer != "timetable"),
    priorities=("routine",),
    discuss_if_urgent=False,
    unit="week",
    timetable=False,
    most_days=5,
    sheet=tuple(fact for fact in common.WITH_ANSWERS if fact != "timetable"),
    guidance=(
        PART_A,
        NAMES,
        "A place is for one summer: ask again each year. What comes before January is kept on file until then.",
        "For a case that is open to you the closing date is 1 March, if the scheme is in a plan reviewed within six months.",
        "Otherwise panel approves it first, and late or new requests are taken until the middle of June, while there are places.",
        "Tell the parents what the annex asks of them.",
        TRANSPORT,
        PROVIDERS,
    ),
)

PROFILE = Profile(
    name="leicestershire",
    council="Leicestershire County Council",
    pathways=(
        Declared("short-break", "Short break", SHORT_BREAK, serves="children"),
        Declared("childrens-home-care", "Children’s home care", HOME_CARE, serves="children"),
        Declared("play-scheme", "Summer play scheme", PLAY_SCHEME, serves="children"),
    ),
)
