"""Greenwich: adults, those who pay for themselves among them; what matters to the person, culture too; help with direct payments."""

from dataclasses import replace

from brokerage.profiles import common
from brokerage.profiles.common import ACT, pages, when
from brokerage.profiles.profile import Declared, Profile
from referrals.pathways.questions import Page, Question
from referrals.pathways.terms import Waiver

MATTERS = ("language", "faith_and_culture", "diet", "carer_gender")  # asked of everybody (GRN-01)
HELP = Page("broker_help", "The broker’s help", ACT)
HELP_QUESTIONS = (
    Question(
        "help_lasts",
        "Is the broker’s help wanted once, or for longer?",
        "broker_help",
        "one_of",
        choices=(("once", "Once"), ("ongoing", "For as long as it is needed")),
        none_is_an_answer=False,
    ),
    Question(
        "help_how",
        "How would the person like to talk?",
        "broker_help",
        "some_of",
        choices=(("in_person", "In person"), ("phone", "By phone"), ("online", "Online")),
        none_is_an_answer=False,
    ),
)
SELF_FUNDERS = (
    "People who pay for their own care are served alike. Where such a person has no care and support plan, "
    "a duty broker can let the case go on without one."
)
TOGETHER = "Go through this with the person, and leave them time to weigh what they are offered."
PHONED = "You may ring first. What was said by phone is followed by this referral, whole."
WITHOUT_A_PLAN = (Waiver("care_plan", "duty_broker"), Waiver("care_plan", "team_manager"))


def _helped(terms, **more):
    """Every pathway here asks what matters to the person and what help the broker should give."""
    own_pages, questions = more.pop("own_pages", terms.own_pages), more.pop("questions", terms.questions)
    must = tuple(dict.fromkeys((*terms.must, *MATTERS)))
    return replace(
        terms,
        pages=pages(before="when", own=("broker_help",), among=terms.pages),
        own_pages=(*own_pages, HELP),
        questions=(*questions, *HELP_QUESTIONS),
        must=must,
        **{"guidance": (TOGETHER, PHONED, SELF_FUNDERS)} | more,
    )


PLANNED = {"papers": ("care_plan",), "papers_if_urgent": ("pen_picture",), "waivers": WITHOUT_A_PLAN}
HOME_CARE = _helped(common.HOME_CARE, **PLANNED, plan_before_start=False)
RESPITE = _helped(common.RESPITE, **PLANNED, service_in_words="a short or respite stay")
RESIDENTIAL = _helped(common.RESIDENTIAL, **PLANNED, agreement_above_rate=False)
NURSING = replace(RESIDENTIAL, service_kind="nursing_home", service_in_words="a nursing home place")
DAY_AND_COMMUNITY = _helped(
    common.DAY_AND_COMMUNITY,
    questions=(
        common.sought_question(
            ("activity_group", "An activity group"),
            ("club", "A club"),
            ("support_group", "A support group"),
            ("day_centre", "A day care centre"),
        ),
    ),
    guidance=(TOGETHER, PHONED),
)
DIRECT_PAYMENT_HELP = _helped(
    common.DIRECT_PAYMENT_HELP,
    questions=(
        Question(
            "payment_running",
            "Does the person have a direct payment already?",
            "direct_payment",
            "yes_no",
            none_is_an_answer=False,
        ),
        Question(
            "payment_tasks",
            "What do they want help with?",
            "direct_payment",
            "some_of",
            choices=(
                ("recruiting", "Finding and interviewing personal assistants"),
                ("contract", "A draft contract of employment"),
                ("payroll", "Payroll forms and timesheets"),
                ("accountant", "Working with a payroll firm or accountant"),
                ("approved", "Spending only on what the plan approves"),
                ("records", "Keeping records of the budget"),
                ("account", "Opening a separate bank account"),
                ("insurance", "Insurance as an employer, and its certificate"),
                ("problems", "Putting right what has gone wrong"),
            ),
            none_is_an_answer=False,
        ),
        Question(
            "payment_insured_until",
            "Until when does the insurance run?",
            "direct_payment",
            "date",
            shown_when=when("payment_running", "yes"),
        ),
        Question("payment_more", "Anything else the broker should know", "direct_payment", must=False, most=1000),
    ),
    guidance=(TOGETHER, PHONED),
)

PROFILE = Profile(
    name="greenwich",
    council="Royal Borough of Greenwich",
    pathways=(
        Declared("home-care", "Home care", HOME_CARE),
        Declared("respite", "Respite", RESPITE),
        Declared("residential-home", "Residential home", RESIDENTIAL),
        Declared("nursing-home", "Nursing home", NURSING),
        Declared("day-and-community", "Day and community service", DAY_AND_COMMUNITY),
        Declared("direct-payment-help", "Direct payment help", DIRECT_PAYMENT_HELP),
    ),
)
