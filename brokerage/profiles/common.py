"""The kinds of support every council knows, as far as they agree. A council's own module says where it differs."""

from referrals.pathways.questions import Page, Question, ShownWhen
from referrals.pathways.terms import MORE_SHEET, MUST, PAGES, SHEET, Terms

PERSON, NEED, ACT = "About the person", "What is needed", "So that we can act"
NO_VISITS = tuple(page for page in PAGES if page != "timetable")
MUST_WITHOUT_VISITS = tuple(answer for answer in MUST if answer != "timetable")
WITH_ANSWERS = SHEET + MORE_SHEET


def pages(*, before: str = "", own: tuple[str, ...] = (), among: tuple[str, ...] = PAGES) -> tuple[str, ...]:
    """These pages, with a council's own put in before one of them."""
    place = among.index(before)
    return (*among[:place], *own, *among[place:])


def when(question: str, *answers: str) -> ShownWhen:
    return ShownWhen(question, answers)


# -- at home

HOME_CARE = Terms(
    service_kind="home_care",
    service_in_words="home care",
    papers=("assessment", "care_plan", "home_care_referral"),
    within_miles=12,
    guidance=(
        "Give as much notice as you can: a new provider needs time to visit, and the person needs time to choose.",
    ),
)

# -- somewhere else to live

STAY = Page("stay", "The stay", NEED)
STAY_QUESTIONS = (
    Question(
        "stay_length",
        "Is the place short-term or permanent?",
        "stay",
        "one_of",
        choices=(("short_term", "Short-term"), ("permanent", "Permanent")),
        none_is_an_answer=False,
        for_providers=True,
    ),
    Question(
        "stay_until",
        "When should the stay end?",
        "stay",
        "date",
        hint="An estimate will do",
        shown_when=when("stay_length", "short_term"),
        for_providers=True,
    ),
)

RESIDENTIAL = Terms(
    service_kind="residential_home",
    service_in_words="a residential home place",
    pages=pages(before="when", own=("stay",), among=NO_VISITS),
    own_pages=(STAY,),
    questions=STAY_QUESTIONS,
    must=MUST_WITHOUT_VISITS,
    papers=("assessment", "care_plan"),
    agreement_above_rate=True,
    plan_before_start=False,
    unit="week",
    timetable=False,
    within_miles=25,
    sheet=tuple(fact for fact in WITH_ANSWERS if fact != "timetable"),
)

# A specialist placement and supported living ask whether the NHS should pay, in whole or in part (MED-12, MED-13).
NHS = Page(
    "nhs_funding", "NHS funding", ACT, guidance="Think of this before you ask for a search, and say what came of it."
)


def nhs_questions(*kinds: tuple[str, str]) -> tuple[Question, ...]:
    return (
        Question(
            "nhs_considered",
            "Which NHS funding have you considered?",
            "nhs_funding",
            "some_of",
            choices=kinds,
            none_is_an_answer=False,
            why="A person whose need is mainly for health care should not be charged for it.",
        ),
        Question(
            "nhs_outcome",
            "What came of it?",
            "nhs_funding",
            hint="A decision, its date, or who is asking for it",
            most=500,
        ),
    )


CHC, FNC, JOINT = (
    ("chc", "Continuing Healthcare"),
    ("fnc", "Funded Nursing Care"),
    ("joint", "Joint funding"),
)

SUPPORTED_LIVING = Terms(
    service_kind="supported_living",
    service_in_words="supported living",
    pages=pages(before="when", own=("nhs_funding",), among=NO_VISITS),
    own_pages=(NHS,),
    questions=nhs_questions(CHC, JOINT),
    must=MUST_WITHOUT_VISITS,
    papers=("assessment", "care_plan", "working_age_referral"),
    agreement_above_rate=True,
    negotiate_first=True,
    plan_before_start=False,
    unit="week",
    timetable=False,
    within_miles=40,
    sheet=tuple(fact for fact in SHEET if fact != "timetable"),
)

# -- a break for whoever cares

RESPITE_STAY = Page("respite_stay", "The break", NEED, guidance="The broker arranges the move-in by these dates.")
RESPITE_QUESTIONS = (
    Question(
        "respite_dates",
        "Which dates are asked for?",
        "respite_stay",
        "dates",
        hint="For example 26/10/2026 to 30/10/2026",
        none_is_an_answer=False,
        for_providers=True,
        most=12,
    ),
    Question(
        "respite_flexible",
        "Could the dates move?",
        "respite_stay",
        "line",
        hint="By a few days, or only at certain times",
        for_providers=True,
        most=200,
    ),
)
RESPITE = Terms(
    service_kind="respite",
    service_in_words="a short stay while the usual carer has a break",
    pages=pages(before="when", own=("respite_stay",), among=NO_VISITS),
    own_pages=(RESPITE_STAY,),
    questions=RESPITE_QUESTIONS,
    must=MUST_WITHOUT_VISITS,
    papers=("assessment", "care_plan", "respite_form"),
    plan_before_start=False,
    unit="week",
    timetable=False,
    within_miles=25,
    sheet=tuple(fact for fact in WITH_ANSWERS if fact != "timetable"),
)

# -- by day

SOUGHT = Page("sought", "What is looked for", NEED)


def sought_question(*kinds: tuple[str, str]) -> Question:
    return Question(
        "sought_kinds",
        "What is looked for?",
        "sought",
        "some_of",
        choices=kinds,
        none_is_an_answer=False,
        for_providers=True,
    )


DAY_AND_COMMUNITY = Terms(
    service_kind="day_service",
    service_in_words="something to do by day",
    pages=pages(before="timetable", own=("sought",)),
    own_pages=(SOUGHT,),
    questions=(),
    plan_before_start=False,
    within_miles=10,
    papers=(),
    papers_if_urgent=(),
    priorities=("routine", "urgent"),
    guidance=("Something that costs nothing may be the best answer: the broker looks at groups and clubs too.",),
    sheet=WITH_ANSWERS,
)

DIRECT_PAYMENT_HELP = Terms(  # a broker's own help: no provider is asked
    service_kind="",
    service_in_words="help with a direct payment",
    pages=("person", "contact", "decisions", "outcomes", "preferences", "direct_payment", "when"),
    own_pages=(Page("direct_payment", "The help wanted", NEED),),
    questions=(),
    must=("person", "postcode", "capacity", "outcomes", "wanted_start"),
    papers=(),
    papers_if_urgent=(),
    priorities=("routine", "urgent"),
    plan_before_start=False,
    unit="week",
    timetable=False,
    rounds=(),
    sheet=("need_in_brief", "area", "outcomes"),
)

# -- children

CHILDRENS_PAGES = (
    "worker",
    "person",
    "also_for",
    "contact",
    "needs",
    "outcomes",
    "preferences",
    "timetable",
    "dates",
    "school_holidays",
    "bank_holidays",
    "travel",
    "provider_wishes",
    "when",
    "approval",
)
CHILDRENS_MUST = (
    "person",
    "postcode",
    "contact",
    "needs",
    "bands",
    "health",
    "behaviour",
    "mobility",
    "equipment",
    "current_support",
    "outcomes",
    "timetable",
    "wanted_start",
)
CHILDRENS_HINTS = {
    "health": "The diagnosis, and what makes moving about hard. Behaviour has a place of its own below.",
    "behaviour": "What others find hard, when it happens and what helps. “None” if there is none.",
    "equipment": "Which equipment, and when it is used. “None” if there is none.",
    "outcomes": "The three that matter most",
    "current_support": "What is given now, how often and since when, if this changes or replaces it. Otherwise “None”.",
    "needs": "Only what matters for the support. Say Mum, Dad, carer or sibling, and nobody’s name.",
}
CHILDRENS = Terms(
    service_kind="short_break",
    service_in_words="a short break for a child",
    pages=CHILDRENS_PAGES,
    must=CHILDRENS_MUST,
    hints=CHILDRENS_HINTS,
    no_names=True,
    papers=(),
    papers_if_urgent=(),
    plan_before_start=False,
    approval="resource_panel",
    discuss_if_urgent=True,
    notice_working_days=10,
    reply_rule="children_standard",
    reply_rule_if_urgent="children_urgent",
    bank_holidays=False,
    sheet=WITH_ANSWERS,
    sheet_needs_release=True,
)
