"""Pages of questions that are written in code, for the pathways that name them in their list of pages."""

from referrals.pathways.questions import Page, Question, ShownWhen
from referrals.pathways.terms import Terms

ABOUT, NEEDED, TO_ACT = "About the person", "What is needed", "So that we can act"

PAGES = {
    page.key: page
    for page in (
        Page(
            "worker",
            "Allocated worker",
            ABOUT,
            "Brokers ring the allocated worker with questions. The name and the e-mail address come from the account.",
        ),
        Page("dates", "Until when, and when not", NEEDED),
        Page(
            "school_holidays",
            "School holidays",
            NEEDED,
            "Schools set their own dates, and providers plan by them. Leave out the May Day bank holiday.",
        ),
        Page(
            "travel",
            "Travelling to a provider",
            NEEDED,
            "Transport is not part of this referral: brokers do not arrange it and its cost is not in the price. Where the "
            "council is to pay for transport, arrange it separately. We place people as near to home as we can.",
        ),
        Page(
            "bank_holidays",
            "Bank holidays",
            NEEDED,
            "There is no support on bank holidays unless it was assessed as a need and is said here.",
        ),
        Page(
            "provider_wishes",
            "Providers to avoid, or one in particular",
            NEEDED,
            "Every suitable provider is asked, unless there is a reason to leave one out or to ask one alone.",
        ),
    )
}

QUESTIONS = (
    Question("worker_team", "Team and office", "worker", kind="line", none_is_an_answer=False, most=120),
    Question(
        "worker_phone", "Phone number", "worker", kind="line", none_is_an_answer=False, most=40,
        hint="One that is answered, or a duty number",
    ),
    Question(
        "support_ends_on", "When should support end?", "dates", kind="date", for_providers=True,
        hint="Tick “None” where it goes on until it is reviewed",
    ),
    Question(
        "family_away", "Days the family is not available", "dates", kind="dates", for_providers=True, most=6,
        hint="Holidays and other days without support. For example 26/10/2026",
    ),
    Question(
        "school_holidays", "Holiday dates of the child’s school", "school_holidays", kind="dates",
        for_providers=True, most=8, hint="For example October half term, 26/10/2026 to 30/10/2026",
    ),
    Question(
        "travel_limited", "Is there a limit on how far they can travel to a provider?", "travel", kind="yes_no",
        hint="For example no car, or travel that causes distress",
    ),
    Question(
        "travel_miles", "At most how many miles?", "travel", kind="number", most=100, for_providers=True,
        shown_when=ShownWhen("travel_limited", ("yes",)), hint="From home, as the crow flies",
    ),
    Question(
        "travel_minutes", "At most how many minutes?", "travel", kind="number", most=180, for_providers=True,
        shown_when=ShownWhen("travel_limited", ("yes",)),
    ),
    Question(
        "travel_public", "Does it have to be reached by public transport?", "travel", kind="yes_no", for_providers=True,
        shown_when=ShownWhen("travel_limited", ("yes",)),
    ),
    Question(
        "bank_holiday_support", "Was support on bank holidays assessed as a need?", "bank_holidays", kind="yes_no",
        for_providers=True,
    ),
    Question(
        "bank_holiday_need", "Which bank holidays, and what was assessed?", "bank_holidays", none_is_an_answer=False,
        for_providers=True, shown_when=ShownWhen("bank_holiday_support", ("yes",)), most=600,
    ),
    Question(
        "provider_wishes", "Does either of these apply?", "provider_wishes", kind="some_of",
        choices=(
            ("avoid", "There is a provider that should not be asked"),
            ("only", "Only one provider should be asked"),
        ),
    ),
    Question(
        "provider_to_avoid", "Which provider should not be asked?", "provider_wishes", kind="line",
        none_is_an_answer=False, shown_when=ShownWhen("provider_wishes", ("avoid",)),
    ),
    Question(
        "provider_to_avoid_because", "What was the bad experience?", "provider_wishes", none_is_an_answer=False,
        shown_when=ShownWhen("provider_wishes", ("avoid",)), most=1000,
    ),
    Question(
        "provider_required", "Which provider should be asked alone?", "provider_wishes", kind="line",
        none_is_an_answer=False, shown_when=ShownWhen("provider_wishes", ("only",)),
    ),
    Question(
        "provider_required_because", "Why should nobody else be asked?", "provider_wishes", none_is_an_answer=False,
        hint="Say what a change of provider would do to the person. That they know them and it works well is no reason: "
        "another provider can get to know them too",
        shown_when=ShownWhen("provider_wishes", ("only",)), most=1000,
    ),
)  # fmt: skip

NOT_ABOUT_PEOPLE = frozenset({"provider_to_avoid", "provider_required", "worker_team", "worker_phone"})  # names belong


def questions_of(terms: Terms, page: str) -> tuple[Question, ...]:
    """All that one page asks: what is written in code, then what the pathway declares."""
    built_in = tuple(question for question in QUESTIONS if question.page == page)
    return (*built_in, *terms.asks(page))


def all_questions(terms: Terms) -> tuple[Question, ...]:
    """Of every page the pathway lists, in the order in which they are asked."""
    return tuple(question for page in terms.pages for question in questions_of(terms, page))


def page_of(terms: Terms, key: str) -> Page | None:
    """The page of questions with this key, where the pathway lists it."""
    if key not in terms.pages:
        return None
    return PAGES.get(key) or next((page for page in terms.own_pages if page.key == key), None)
