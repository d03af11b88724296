"""A pathway told in plain words, section by section: what its page shows and what a comparison compares."""

from collections.abc import Callable
from dataclasses import dataclass

from brokerage.accounts.roles import Role
from brokerage.clocks import saying
from brokerage.clocks.working_time import PRIORITIES
from referrals.pathways.questions import Question
from referrals.pathways.rules import Known, choices_of
from referrals.pathways.terms import Terms

PAGES = {
    "person": "The person",
    "contact": "Whom we may ring about them",
    "decisions": "Deciding about this support",
    "needs": "Needs",
    "outcomes": "Outcomes and tasks",
    "preferences": "What matters to the person",
    "timetable": "Visits in a week",
    "when": "Start, urgency and funding",
    "papers": "Papers on record",
    "worker": "Allocated worker",
    "also_for": "Others who receive the same support",
    "dates": "Until when, and when not",
    "school_holidays": "School holidays",
    "travel": "Travelling to a provider",
    "bank_holidays": "Bank holidays",
    "provider_wishes": "Providers to avoid, or one in particular",
    "approval": "Approval",
    "play_scheme": "Summer play scheme",
}
ANSWERS = {
    "person": "name and date of birth",
    "postcode": "postcode",
    "capacity": "whether the person can decide",
    "needs": "what is happening",
    "bands": "the kind of care",
    "mobility": "how the person moves about",
    "outcomes": "outcomes",
    "timetable": "visits in a week",
    "funding": "who pays",
    "wanted_start": "when support should start",
    "contact": "whom we may ring",
    "nhs_number": "NHS number",
    "health": "health conditions and disabilities",
    "behaviour": "behaviour",
    "equipment": "equipment",
    "current_support": "support there is now",
    "tasks": "tasks",
    "language": "language",
    "faith_and_culture": "faith and culture",
    "diet": "diet",
    "carer_gender": "men or women as carers",
    "start_flexibility": "how far the start may move",
    "school": "school",
}
SHEET = {
    "need_in_brief": "the need in brief, as the broker writes it",
    "age_band": "an age band",
    "area": "the first half of the postcode",
    "distance": "roughly how far away",
    "outcomes": "outcomes",
    "timetable": "visits in a week",
    "tasks": "tasks",
    "bands": "the kind of care",
    "mobility": "how the person moves about",
    "equipment": "equipment",
    "preferences": "language, faith and culture, diet, carers",
    "wanted_start": "when support should start",
    "answers": "the answers meant for providers",
}
KINDS = {
    "line": "one line of words",
    "words": "words",
    "yes_no": "yes or no",
    "one_of": "one of these",
    "some_of": "any of these",
    "number": "a number",
    "date": "a date",
    "dates": "dates",
    "person": "somebody’s name, relationship and phone",
}
PRIORITY = {"routine": "routine", "urgent": "urgent", "emergency": "emergency"}
REPLY_RULES = {
    "adults_one_working_day": "one working day, the same time of day",
    "children_standard": "17:00 on the 5th working day",
    "children_urgent": "17:00 on the 2nd working day",
}
SERVICE_LEVEL = {
    "routine": "17:00 the same day if received in the morning, 12:30 the next working day if in the afternoon",
    "urgent": "half a working day",
    "emergency": "an hour by the clock on the wall",
}
ROUNDS = {
    "framework": "providers on the framework",
    "off_framework": "providers off the framework",
    "flex": "the referrer is asked what may flex",
}
APPROVALS = {"": "Nobody", "line_manager": "The line manager", "resource_panel": "The resource panel"}
SEARCH_AGREED_BY = {"panel": "panel", "team_manager": "a team manager", "head_of_service": "a head of service"}
UNITS = {"hour": "by the hour", "week": "by the week"}


@dataclass(frozen=True)
class Line:
    """One thing a pathway says. `say` answers with words, or with a list of them."""

    section: str
    fields: tuple[str, ...]
    label: str
    say: Callable[[Terms, Known], str | list[str]]


SECTIONS = {
    "offered": "What it is",
    "asked": "What is asked",
    "papers": "Papers",
    "agreements": "Approvals and agreements",
    "clocks": "Clocks",
    "rounds": "How providers are asked",
    "sheet": "What providers may read",
    "guidance": "Guidance and signposts",
}


def yes_or_no(words: bool) -> str:
    return "Yes" if words else "No"


def rule(rule: str, priority: str) -> str:
    """When an answer is due: "half a working day", "3 working hours"."""
    if rule == "service_level":
        return SERVICE_LEVEL.get(priority, "the service level’s own")
    span, _, number = rule.partition(":")
    number, _, face = number.partition("@")
    many = "" if number == "1" else "s"
    return {
        "working_hours": f"{number} working hour{many}",
        "elapsed_hours": f"{number} hour{many} by the clock on the wall",
        "working_days": f"{face or 'closing'} on the {saying.ordinal(int(number or 0))} working day",
    }.get(span, rule)


def minutes(minutes: int) -> str:
    """Working time: "2 working hours", "90 working minutes"."""
    if minutes % 60:
        return f"{minutes} working minutes"
    return f"{minutes // 60} working hour{'' if minutes == 60 else 's'}"


def days(number: int) -> str:
    return "none" if number == 0 else f"{number} working day{'' if number == 1 else 's'}"


def question(asked: Question, terms: Terms) -> str:
    """One question as its page shows it, in brackets how it is answered."""
    said = [KINDS.get(asked.kind, asked.kind)]
    if asked.choices:
        said[0] += ": " + ", ".join(label for _, label in asked.choices)
    if asked.most is not None:
        said.append(f"{asked.most} at most")
    said.append("must be answered" if asked.must else "may be left out")
    if asked.must and not asked.none_is_an_answer:
        said.append("“None” is not an answer")
    if asked.shown_when:
        said.append(condition(asked, terms))
    if asked.for_providers:
        said.append("providers may read it")
    if asked.no_names:
        said.append("names are pointed out")
    return f"{asked.label} ({'; '.join(said)})"


def condition(asked: Question, terms: Terms) -> str:
    earlier = next((each for each in terms.questions if each.key == asked.shown_when.question), None)
    if earlier is None:
        return f"asked only after {asked.shown_when.question}"
    labels = dict(choices_of(earlier))
    answers = " or ".join(f"“{labels.get(value, value)}”" for value in asked.shown_when.answers)
    return f"asked only where “{earlier.label}” is answered {answers}"


def page(key: str, terms: Terms) -> str:
    own = next((each for each in terms.own_pages if each.key == key), None)
    return own.label if own else PAGES.get(key, key)


def waived(what: str, terms: Terms, known: Known) -> str:
    plain = {"search_agreement": "the agreement to search", "notice": "the notice"}
    asked = {each.key: f"“{each.label}”" for each in terms.questions}
    return plain.get(what) or asked.get(what) or known.papers.get(what, what)


def _answer_by(priority):
    return lambda terms, known: (
        rule(terms.response_rule(priority), priority) if priority in terms.priorities else "not offered"
    )


def _asked(terms, known):
    return [page(key, terms) for key in terms.pages]


def _reply_if_urgent(terms, known):
    return REPLY_RULES.get(terms.reply_rule_if_urgent, terms.reply_rule_if_urgent) or "the same"


def _search(terms, known):
    return f"Yes, by {SEARCH_AGREED_BY[terms.search_agreed_by]}" if terms.agreement_to_search else "No"


LINES = (
    Line("offered", ("service_kind",), "Asked of providers", lambda t, k: k.services.get(t.service_kind, "nothing")),
    Line("offered", ("service_in_words",), "In letters", lambda t, k: t.service_in_words),
    Line("offered", ("priorities",), "Priorities", lambda t, k: [PRIORITY.get(p, p) for p in t.priorities]),
    Line(
        "offered",
        ("routes",),
        "Who may refer by it",
        lambda t, k: [k.routes.get(each, each) for each in t.routes] or "Everybody who refers",
    ),
    Line("offered", ("timetable", "unit"), "Bought", lambda t, k: UNITS[t.unit]),
    Line("offered", ("bank_holidays",), "On bank holidays unless said otherwise", lambda t, k: yes_or_no(t.bank_holidays)),
    Line("offered", ("most_days",), "Days at most", lambda t, k: str(t.most_days or "No limit")),
    Line("asked", ("pages",), "Pages", _asked),
    Line("asked", ("must",), "Must be answered", lambda t, k: [ANSWERS.get(key, key) for key in t.must]),
    Line("asked", ("no_names",), "Other people by relationship only", lambda t, k: yes_or_no(t.no_names)),
    Line("asked", ("hints",), "Hints of its own", lambda t, k: [f"{ANSWERS.get(a, a)}: {h}" for a, h in t.hints.items()]),
    Line("papers", ("papers",), "On record before anything is arranged", lambda t, k: [k.papers.get(p, p) for p in t.papers]),
    Line("papers", ("papers_if_urgent",), "Instead, where it cannot wait", lambda t, k: [k.papers.get(p, p) for p in t.papers_if_urgent]),
    Line("papers", ("plan_before_start",), "Its plan is with the provider before it starts", lambda t, k: yes_or_no(t.plan_before_start)),
    Line("agreements", ("approval",), "Approves it before brokerage takes it up", lambda t, k: APPROVALS.get(t.approval, t.approval)),
    Line("agreements", ("discuss_if_urgent",), "Urgent is talked over by phone first", lambda t, k: yes_or_no(t.discuss_if_urgent)),
    Line("agreements", ("agreement_to_search", "search_agreed_by"), "The search is agreed first", _search),
    Line("agreements", ("agreement_above_rate",), "Panel agrees a price above the rate", lambda t, k: yes_or_no(t.agreement_above_rate)),
    Line("agreements", ("negotiate_first",), "The price is negotiated before panel sees it", lambda t, k: yes_or_no(t.negotiate_first)),
    Line(
        "agreements",
        ("waivers",),
        "May be gone without",
        lambda t, k: [f"{waived(w.what, t, k)}, if {_role(w.role)} says so" for w in t.waivers],
    ),
    Line("clocks", ("start_within_minutes",), "Work starts within", lambda t, k: minutes(t.start_within_minutes)),
    *(
        Line("clocks", ("response_rules",), f"Answer by, for {priority}", _answer_by(priority))
        for priority in reversed(PRIORITIES)
    ),
    Line("clocks", ("notice_working_days",), "Notice", lambda t, k: days(t.notice_working_days)),
    Line("clocks", ("papers_within_minutes",), "For missing papers", lambda t, k: minutes(t.papers_within_minutes)),
    Line("rounds", ("rounds",), "Rounds", lambda t, k: [ROUNDS.get(each, each) for each in t.rounds] or "No provider is asked"),
    Line("rounds", ("reply_rule",), "Providers have", lambda t, k: REPLY_RULES.get(t.reply_rule, t.reply_rule)),
    Line("rounds", ("reply_rule_if_urgent",), "When urgent they have", _reply_if_urgent),
    Line("rounds", ("within_miles",), "How far we look", lambda t, k: f"{t.within_miles} miles"),
    Line("sheet", ("sheet",), "On the sheet", lambda t, k: [SHEET.get(name, name) for name in t.sheet]),
    Line("sheet", ("sheet_needs_release",), "A second person releases it", lambda t, k: yes_or_no(t.sheet_needs_release)),
    Line("guidance", ("guidance",), "Said on the task list", lambda t, k: list(t.guidance)),
    Line("guidance", ("signposts",), "Other help worth thinking of", lambda t, k: [k.signposts.get(code, code) for code in t.signposts]),
)  # fmt: skip


def lines_of(section: str, terms: Terms, known: Known) -> list[tuple[str, str | list[str]]]:
    return [(line.label, line.say(terms, known)) for line in LINES if line.section == section]


def _role(role: str) -> str:
    label = Role(role).label.lower() if role in Role.values else role
    return f"{'an' if label[0] in 'aeiou' else 'a'} {label}"
