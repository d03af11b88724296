"""Why a definition cannot be a pathway, in sentences. What each name may be is handed in: papers and services are later nouns."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from brokerage.accounts.roles import Role
from brokerage.clocks.response_rules import reason_not_a_rule
from brokerage.clocks.working_time import PRIORITIES, REPLY_RULES
from referrals.pathways import terms as known_terms
from referrals.pathways.questions import KINDS, Question
from referrals.pathways.terms import Terms

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
CHOOSES = ("one_of", "some_of")
FOLLOWED = ("yes_no", *CHOOSES)  # what a later question may wait for
YES_NO = (("yes", "Yes"), ("no", "No"))
PAGES = (*known_terms.PAGES, *known_terms.MORE_PAGES)
SHEET = (*known_terms.SHEET, *known_terms.MORE_SHEET)


@dataclass(frozen=True)
class Known:
    """What a definition may name that other parts of the service own."""

    services: Mapping[str, str]  # what a provider may be asked for -> its label
    papers: Mapping[str, str]
    routes: Mapping[str, str]
    signposts: Mapping[str, str]
    answered: frozenset[str] = frozenset()  # keys of questions written in code: their answers are kept under them


def reasons_not_to_follow(name: str, terms: Terms, known: Known) -> list[str]:
    """Every reason why nobody could refer by this, or arrange what was referred."""
    return [
        *_of_the_name(name, terms, known),
        *_of_the_pages(terms),
        *_of_the_questions(terms, known),
        *_of_the_papers(terms, known),
        *_of_the_agreements(terms),
        *_of_the_clocks(terms),
        *_of_what_is_bought(terms),
        *_of_the_guidance(terms, known),
    ]


def choices_of(question: Question) -> tuple[tuple[str, str], ...]:
    return YES_NO if question.kind == "yes_no" else question.choices


def _of_the_name(name, terms, known) -> Iterator[str]:
    if not name.strip():
        yield "The pathway needs a name."
    if not terms.service_in_words.strip():
        yield "Say in words what the service is: letters and sheets use it."
    if not terms.service_kind and terms.rounds:
        yield "Providers are asked, so say what kind of service they are asked for."
    if terms.service_kind and terms.service_kind not in known.services:
        yield f"No provider is asked for “{terms.service_kind}”: choose a kind of service from the list."


def _of_the_pages(terms) -> Iterator[str]:
    own = {page.key for page in terms.own_pages}
    for key in terms.pages:
        if key not in PAGES and key not in own:
            yield f"The page “{key}” is listed but nowhere declared."
    for page in terms.own_pages:
        if page.key in PAGES:
            yield f"The page “{page.label}” has the key of a page written in code: {page.key}."
        if not KEY.fullmatch(page.key):
            yield f"The key of the page “{page.label}” should be small letters, digits and underscores: {page.key!r}."
        if not page.label.strip() or not page.section.strip():
            yield f"The page “{page.key}” needs a name and a section of the task list."
        if page.key not in terms.pages:
            yield f"The page “{page.label}” is declared but not listed, so nobody would be asked it."
        if not terms.asks(page.key):
            yield f"The page “{page.label}” asks nothing."
    yield from (f"The page “{key}” is listed twice." for key in _twice(terms.pages))
    yield from (f"Two pages have the key “{key}”." for key in _twice(page.key for page in terms.own_pages))
    if "person" not in terms.pages or "when" not in terms.pages:
        yield "Every referral says who the person is and when support should start: both pages must be listed."
    if terms.timetable and "timetable" not in terms.pages:
        yield "It is bought by visits, so the page of visits in a week must be listed."
    if not terms.timetable and "timetable" in terms.must:
        yield "It insists on visits, but it has no timetable."
    if terms.timetable and "timetable" not in terms.must:
        yield "It is bought by visits, so it must insist on them."
    if (terms.papers or terms.papers_if_urgent) and "papers" not in terms.pages:
        yield "It needs papers, so the page of papers must be listed."
    for key in terms.must:
        if key not in known_terms.ANSWERS:
            yield f"It insists on an answer that no page asks for: {key}."
    for key in terms.hints:
        if key not in known_terms.ANSWERS:
            yield f"It has a hint for an answer that no page asks for: {key}."


def _of_the_questions(terms, known) -> Iterator[str]:
    pages = {page.key for page in terms.own_pages}
    order = {key: place for place, key in enumerate(terms.pages)}
    asked: dict[str, Question] = {}
    yield from (f"Two questions have the key “{key}”." for key in _twice(each.key for each in terms.questions))
    for question in sorted(terms.questions, key=lambda each: order.get(each.page, len(order))):
        said = f"The question “{question.label or question.key}”"
        if not question.label.strip():
            yield f"The question “{question.key}” needs words."
        if not KEY.fullmatch(question.key):
            yield f"{said} needs a key of small letters, digits and underscores, not {question.key!r}."
        if question.key in known_terms.ANSWERS or question.key in known.answered:
            yield f"{said} has the key of an answer that is asked for already: {question.key}."
        if question.page not in pages:
            yield f"{said} stands on a page that is not declared: {question.page}."
        if question.kind not in KINDS:
            yield f"{said} is of a kind nobody can answer: {question.kind}."
        if question.kind in CHOOSES and len(question.choices) < 2:
            yield f"{said} needs at least two answers to choose from."
        if question.kind not in CHOOSES and question.choices:
            yield f"{said} has answers to choose from, but is of another kind."
        if question.most is not None and question.most < 1:
            yield f"{said} allows nothing: its most should be 1 or more."
        if any(not value or not label.strip() for value, label in question.choices):
            yield f"{said} has an answer without words."
        yield from (f"{said} has the answer “{value}” twice." for value in _twice(v for v, _ in question.choices))
        if question.shown_when:
            yield from _of_the_condition(question, said, asked, terms)
        asked.setdefault(question.key, question)


def _of_the_condition(question, said, asked, terms) -> Iterator[str]:
    needed = question.shown_when
    earlier = asked.get(needed.question)
    if earlier is None:
        later = any(each.key == needed.question for each in terms.questions)
        why = "is asked after it" if later else "nobody asks"
        yield f"{said} waits for “{needed.question}”, which {why}."
    elif earlier.kind not in FOLLOWED:
        yield f"{said} waits for “{earlier.label}”, which is not answered by choosing."
    elif not needed.answers or not set(needed.answers) <= {value for value, _ in choices_of(earlier)}:
        yield f"{said} waits for an answer that “{earlier.label}” does not offer."


def _of_the_papers(terms, known) -> Iterator[str]:
    for kind in dict.fromkeys((*terms.papers, *terms.papers_if_urgent)):
        if kind not in known.papers:
            yield f"No such paper is known: {kind}."
    yield from (f"The paper “{known.papers.get(kind, kind)}” is listed twice." for kind in _twice(terms.papers))
    if not terms.papers and terms.papers_if_urgent:
        yield "It needs no papers as a rule, so none can stand in their place when it cannot wait."


def _of_the_agreements(terms) -> Iterator[str]:
    if terms.approval not in known_terms.APPROVALS:
        yield f"Nobody approves as “{terms.approval}”."
    if terms.search_agreed_by not in known_terms.SEARCH_AGREED_BY:
        yield f"Nobody agrees a search as “{terms.search_agreed_by}”."
    if terms.negotiate_first and not terms.agreement_above_rate:
        yield "It negotiates before panel sees a price, but panel is not asked about prices."
    waivable = {"search_agreement", "notice", *terms.papers, *terms.papers_if_urgent}
    waivable |= {question.key for question in terms.questions}
    for waiver in terms.waivers:
        if waiver.what not in waivable:
            yield f"It lets somebody go without “{waiver.what}”, which it does not ask for."
        if waiver.role not in Role.values:
            yield f"It lets “{waiver.role}” waive something, and that is no role."
        elif waiver.role == Role.ADMINISTRATOR:
            yield "An administrator approves nothing, so they cannot waive anything."
        if waiver.what == "search_agreement" and not terms.agreement_to_search:
            yield "It lets somebody go without an agreement to search, which it does not need."


def _of_the_clocks(terms) -> Iterator[str]:
    if not terms.priorities:
        yield "It allows no priority, so nobody could refer by it."
    for priority in terms.priorities:
        if priority not in PRIORITIES:
            yield f"There is no priority “{priority}”."
    for priority, rule in terms.response_rules.items():
        if priority not in PRIORITIES:
            yield f"It has a clock for “{priority}”, which is no priority."
        if reason := reason_not_a_rule(rule):
            yield reason
    if not 5 <= terms.start_within_minutes <= 60 * 40:
        yield "Work should start within 5 minutes to 40 hours of working time."
    if not 0 <= terms.notice_working_days <= 60:
        yield "Notice should be 0 to 60 working days."
    if not 30 <= terms.papers_within_minutes <= 60 * 100:
        yield "A referrer should have half an hour to 100 working hours for missing papers."
    if terms.reply_rule not in REPLY_RULES:
        yield f"There is no such window for providers’ replies: {terms.reply_rule}."
    if terms.reply_rule_if_urgent and terms.reply_rule_if_urgent not in REPLY_RULES:
        yield f"There is no such window for providers’ replies when urgent: {terms.reply_rule_if_urgent}."
    for each in terms.rounds:
        if each not in known_terms.ROUNDS:
            yield f"There is no such round: {each}."
    if terms.rounds[:1] == ("flex",):
        yield "The first round asks providers: what may flex is asked when they could not help."


def _of_what_is_bought(terms) -> Iterator[str]:
    if terms.unit not in known_terms.UNITS:
        yield f"A rate buys an hour or a week, not a {terms.unit}."
    if terms.timetable and terms.unit == "week":
        yield "Visits are paid by the hour; what is paid by the week has no timetable."
    if not terms.timetable and terms.unit == "hour":
        yield "What is paid by the hour needs a timetable."
    if not 1 <= terms.within_miles <= 200:
        yield "How far to look should be 1 to 200 miles."
    if terms.most_days is not None and not 1 <= terms.most_days <= 60:
        yield "The most days should be 1 to 60."
    for name in terms.sheet:
        if name not in SHEET:
            yield f"Providers cannot be shown “{name}”: the sheet has no such fact."
    if any(question.for_providers for question in terms.questions) and "answers" not in terms.sheet:
        yield "Some answers are meant for providers, so the sheet must show them."
    if terms.rounds and "need_in_brief" not in terms.sheet:
        yield "Providers are asked, so they must read the need in brief."


def _of_the_guidance(terms, known) -> Iterator[str]:
    for code in terms.signposts:
        if code not in known.signposts:
            yield f"There is no signpost “{code}”."
    for route in terms.routes:
        if route not in known.routes:
            yield f"Nobody refers by the route “{route}”."
    if any(not words.strip() for words in terms.guidance):
        yield "A piece of guidance is empty."


def _twice(keys) -> list[str]:
    return [key for key, count in Counter(keys).items() if count > 1]
