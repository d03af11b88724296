"""Medway: adults. Papers before anything is arranged, panel before a search, and another word when it cannot wait."""

from dataclasses import replace

from brokerage.profiles import common
from brokerage.profiles.common import CHC, FNC, JOINT, NEED, nhs_questions, pages
from brokerage.profiles.profile import Declared, Post, Profile
from referrals.pathways.questions import Page, Question
from referrals.pathways.terms import Waiver

URGENT = (
    "Where it cannot wait, tell brokerage so. The funding agreement must be on record, "
    "and a pen picture stands in for the assessment until that is there."
)
CHANGES = "A change to a package that runs already is not a referral: ask for it on the case, with its date."
NO_OPTIONS_YET = "Panel agrees the search first. Complete the panel document before you ask."
SIGNPOSTS = ("shared-lives", "sight-services", "deaf-services", "intermediate-care", "mental-health-outreach")

HOME_CARE = replace(
    common.HOME_CARE,
    papers=("assessment", "care_plan", "home_care_referral"),
    plan_before_start=False,
    guidance=(URGENT, CHANGES),
    signposts=SIGNPOSTS,
)

PLACEMENT = {
    "papers": ("assessment", "care_plan", "panel_document"),
    "agreement_to_search": True,
    "search_agreed_by": "panel",
    "agreement_above_rate": True,
}
RESIDENTIAL = replace(
    common.RESIDENTIAL, **PLACEMENT, guidance=(NO_OPTIONS_YET, URGENT), signposts=("shared-lives", "intermediate-care")
)
NURSING = replace(RESIDENTIAL, service_kind="nursing_home", service_in_words="a nursing home place")

WHY = Page("specialist", "Why a specialist placement", NEED)
SPECIALIST = replace(
    common.RESIDENTIAL,
    **PLACEMENT,
    service_in_words="a specialist placement",
    pages=pages(before="when", own=("specialist", "stay", "nhs_funding", "approval"), among=common.NO_VISITS),
    own_pages=(WHY, common.STAY, common.NHS),
    questions=(
        Question(
            "specialist_because",
            "Why can no generic placement meet the person’s needs?",
            "specialist",
            hint="What is complex about them, and what was tried or thought of",
            why="A specialist placement is only right where needs are complex and nothing generic can meet them.",
            none_is_an_answer=False,
            most=2000,
        ),
        *common.STAY_QUESTIONS,
        *nhs_questions(CHC, FNC, JOINT),
    ),
    approval="line_manager",
    papers_if_urgent=("assessment", "care_plan", "panel_document"),  # nothing may be missing here
    negotiate_first=True,
    within_miles=60,
    guidance=(
        "Talk to your line manager first, and go on only if they agree.",
        NO_OPTIONS_YET,
        "You arrange the move-in date with the provider.",
    ),
    signposts=("shared-lives",),
)

SUPPORTED_LIVING = replace(
    common.SUPPORTED_LIVING,
    agreement_to_search=True,
    search_agreed_by="panel",
    papers=("assessment", "care_plan", "panel_document", "working_age_referral"),
    papers_if_urgent=("out_of_panel_agreement",),
    waivers=(Waiver("search_agreement", "head_of_service"), Waiver("search_agreement", "assistant_director")),
    guidance=(
        NO_OPTIONS_YET,
        "Once panel has agreed the search, complete the referral form for adults of working age.",
        "Where it cannot wait, a head of service or the assistant director agrees the funding out of panel, on record.",
    ),
    signposts=("shared-lives", "mental-health-outreach"),
)

IN_PLAN = Question(
    "respite_in_plan",
    "Is respite agreed in the care and support plan?",
    "respite_stay",
    "one_of",
    choices=(("yes", "Yes"), ("urgent", "Not yet, and it cannot wait")),
    none_is_an_answer=False,
    why="Respite is arranged only as part of the plan.",
)
RESPITE = replace(
    common.RESPITE,
    questions=(IN_PLAN, *common.RESPITE_QUESTIONS),
    papers_if_urgent=("funding_agreement",),
    agreement_to_search=True,
    search_agreed_by="head_of_service",
    service_in_words="respite in a care home",
    guidance=("A head of service agrees the search for a bed in a residential or nursing home.",),
    signposts=("shared-lives",),
)
BLOCK_BED = replace(
    RESPITE,
    search_agreed_by="team_manager",
    service_in_words="respite in a bed the council holds",
    guidance=("A team manager agrees the use of a block bed.",),
)

PROFILE = Profile(
    name="medway",
    council="Medway Council",
    pathways=(
        Declared("home-care", "Home care", HOME_CARE),
        Declared("residential-home", "Residential home", RESIDENTIAL),
        Declared("nursing-home", "Nursing home", NURSING),
        Declared("specialist-placement", "Specialist placement", SPECIALIST),
        Declared("supported-living", "Supported living", SUPPORTED_LIVING),
        Declared("respite-block-bed", "Respite, block bed", BLOCK_BED),
        Declared("respite", "Respite, general", RESPITE),
    ),
    signposts=(
        Post(
            "shared-lives",
            "Shared lives",
            "Living with, or spending time in, a carer’s own household, family and neighbourhood, and learning to do more for oneself.",
            "Adults who cannot live alone: learning disability, autism, older people, mental ill health, after hospital, "
            "long-term conditions, young people coming into adult services",
            "Through the council’s shared lives scheme",
        ),
        Post(
            "sight-services",
            "Sight loss services",
            "Advice, a specialist’s assessment, training to get about, equipment on loan, help with low vision aids and computers, "
            "registration, work and leisure.",
            "People who are losing their sight or have lost it, and those newly told so",
            "Kent Association for the Blind",
        ),
        Post(
            "deaf-services",
            "Deaf services",
            "A specialist’s assessment, equipment, interpreters, help with benefits, housing and work, registration.",
            "People who are deaf, hard of hearing or deafblind",
            "The advice line, weekdays from 9am, to 5pm and on Fridays to 4pm",
            phone="0800 132 320",
        ),
        Post(
            "intermediate-care",
            "Intermediate care and Home First",
            "A short time of rehabilitation after an illness, in a community bed or at home, with care and small equipment while it lasts.",
            "People getting over an acute illness or a stay in hospital",
            "Through the hospital team or the intermediate care service",
        ),
        Post(
            "mental-health-outreach",
            "Mental health outreach",
            "Flexible support every day of the year, evenings and weekends too: daily living, confidence, friends and family.",
            "People who need support because of their mental health",
            "Through the council’s community support outreach team",
        ),
    ),
)
