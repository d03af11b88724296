"""What a pathway declares, typed: what is asked, which papers and agreements, the clocks, the rounds, what may be shown."""

from dataclasses import dataclass, field

from referrals.pathways.questions import Page, Question
from referrals.pathways.reading import read, write

PAGES = (  # those every pathway may have; one of declared questions stands among them by its own key
    "person",
    "contact",
    "decisions",
    "needs",
    "outcomes",
    "preferences",
    "timetable",
    "when",
    "papers",
)
MORE_PAGES = (  # written in code as well, for the pathways that name them; the questions of all but three are in `questions.library`
    "worker",  # the allocated worker: how to reach them (LEI-13)
    "also_for",  # further children who receive the same support (LEI-13)
    "dates",  # when support ends, when the family is away (LEI-14)
    "school_holidays",  # the school's own dates (LEI-14)
    "travel",  # how far, how long, by bus or train (LEI-16); transport is arranged apart (LEI-04)
    "bank_holidays",  # support on bank holidays, where assessed (LEI-08)
    "provider_wishes",  # one to avoid, or the only one, and why (LEI-09)
    "approval",  # whose, on what day (LEI-13, MED-12); stands last wherever `approval` is set, named or not
    "play_scheme",  # the year, the days, the annex (LEI-06)
)
MUST = (  # what is needed unless a pathway says otherwise
    "person",
    "postcode",
    "capacity",
    "needs",
    "bands",
    "mobility",
    "outcomes",
    "timetable",
    "funding",
    "wanted_start",
)


ANSWERS = (  # every answer of the pages written in code that a pathway may insist on, or give a hint of its own
    *MUST,
    "contact",
    "nhs_number",
    "health",
    "behaviour",
    "equipment",
    "current_support",
    "tasks",
    "language",
    "faith_and_culture",
    "diet",
    "carer_gender",
    "start_flexibility",
    "school",
)
SHEET = (  # all that a sheet for providers can hold of what is written in code
    "need_in_brief",
    "age_band",
    "area",
    "distance",
    "outcomes",
    "timetable",
    "tasks",
    "bands",
    "mobility",
    "equipment",
    "preferences",
    "wanted_start",
)
MORE_SHEET = ("answers",)  # of the declared questions, the answers to those that are `for_providers`
ROUNDS = ("framework", "off_framework", "flex")
UNITS = ("hour", "week")
APPROVALS = ("", "line_manager", "resource_panel")
SEARCH_AGREED_BY = ("panel", "team_manager", "head_of_service")


@dataclass(frozen=True)
class Waiver:
    """Something a case needs that a person of this role may let it go on without, with a reason."""

    what: str  # a paper's kind, "search_agreement", "notice" or a question's key
    role: str


@dataclass(frozen=True)
class Terms:
    service_kind: str  # what is asked of providers: home_care, nursing_home …
    service_in_words: str  # for letters and sheets: "home care"

    # what is asked
    pages: tuple[str, ...] = PAGES  # in this order
    own_pages: tuple[Page, ...] = ()
    questions: tuple[Question, ...] = ()
    must: tuple[str, ...] = MUST  # of the answers every pathway knows, those that may not be left out
    hints: dict[str, str] = field(default_factory=dict)  # of ANSWERS: said beside the question in place of the usual
    no_names: bool = False  # people around the person by relationship only (LEI-05)
    routes: tuple[str, ...] = ()  # who may refer by it; empty: all routes
    priorities: tuple[str, ...] = ("routine", "urgent", "emergency")
    guidance: tuple[str, ...] = ()  # said on the task list: what this referral does not cover, what to do first
    signposts: tuple[str, ...] = ()  # other help worth thinking of, by the code of a Signpost (MED-17)

    # papers and agreements
    papers: tuple[str, ...] = ()  # document kinds that must be on record before arranging (MED-01, MED-06)
    papers_if_urgent: tuple[str, ...] = (
        "funding_agreement",
        "pen_picture",
    )  # instead, when urgent or interim (MED-02, MED-07)
    plan_before_start: bool = True  # no service starts until its plan is with the provider (DER-16)
    approval: str = (
        ""  # who approves before brokerage takes it up: "", "line_manager", "resource_panel" (LEI-02, MED-12)
    )
    discuss_if_urgent: bool = False  # an urgent case is talked over with brokerage on the phone first (LEI-03)
    agreement_to_search: bool = False  # the search is agreed first (MED-06)
    search_agreed_by: str = "panel"  # panel, team_manager or head_of_service (MED-15)
    agreement_above_rate: bool = False  # panel agrees a price above the contracted rate (MED-11)
    negotiate_first: bool = False  # the negotiation is recorded before panel sees the price (MED-11)
    waivers: tuple[Waiver, ...] = ()

    # clocks
    start_within_minutes: int = 120  # of working time, and never later than the answer is due (DER-04)
    # priority -> rule, where not "service_level"; see `brokerage.clocks.response_rules`
    response_rules: dict[str, str] = field(default_factory=dict)
    notice_working_days: int = 5  # fewer than this to the wanted start is short notice (DER-14)
    papers_within_minutes: int = 480  # of working time, that a referrer has for missing papers
    reply_rule: str = "adults_one_working_day"  # how long providers have; see brokerage.clocks
    reply_rule_if_urgent: str = ""  # where urgent is another (LEI-17)
    rounds: tuple[str, ...] = ("framework", "off_framework", "flex", "framework", "off_framework")

    # how it is bought, and what may be shown
    unit: str = "hour"  # what a rate buys
    timetable: bool = True  # visits by day and time, or a bed
    within_miles: int = 15  # how far to look when nothing narrower is asked
    bank_holidays: bool = True  # support on bank holidays unless said otherwise (LEI-08 says no for children)
    most_days: int | None = None  # of a scheme (LEI-06)
    sheet: tuple[str, ...] = SHEET  # the allow-list: what a provider may read (AMB-02)
    sheet_needs_release: bool = False  # a second person releases what providers read

    @classmethod
    def read(cls, definition: dict) -> "Terms":
        """
        Raises:
            ValueError: something in it is unknown or of the wrong shape; the sentence says what and where.
        """
        return read(cls, definition)

    def write(self) -> dict:
        return write(self)

    def asks(self, page: str) -> tuple[Question, ...]:
        """The questions of one page, in order."""
        return tuple(question for question in self.questions if question.page == page)

    def response_rule(self, priority: str) -> str:
        return self.response_rules.get(priority, "service_level")
