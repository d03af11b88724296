"""What was answered, read by the questions that are asked now."""

from dataclasses import dataclass

from referrals.pathways.questions import Question
from referrals.questions.kinds import kind_of, spans_of
from referrals.questions.library import all_questions, page_of

NONE = "None"


@dataclass(frozen=True)
class Said:
    """One answer, as it is kept."""

    is_none: bool = False
    value: object = None


@dataclass(frozen=True)
class Line:
    """One question with its answer in words."""

    question: Question
    page: str  # its name
    words: str  # "" while it is not answered

    @property
    def label(self) -> str:
        return self.question.label

    @property
    def key(self) -> str:
        return self.question.key


class Answers:
    """The answers of one referral. One that is no longer asked for is kept and not counted."""

    def __init__(self, terms, said: dict[str, Said]):
        self.terms, self.said = terms, said
        self.questions = all_questions(terms)
        self._by_key = {question.key: question for question in self.questions}

    def is_asked(self, question: Question) -> bool:
        """Whether its condition holds; where it follows a question that is itself not asked, it is not."""
        if question.shown_when is None:
            return True
        earlier = self._by_key.get(question.shown_when.question)
        return earlier is not None and self.is_asked(earlier) and fits(question, self.said.get(earlier.key))

    def get(self, key: str, default=None):
        """The value as data; `default` where it is not asked, not answered or “None”."""
        question, said = self._by_key.get(key), self.said.get(key)
        if question is None or said is None or said.is_none or not self.is_asked(question):
            return default
        return said.value

    def spans(self, key: str):
        """(name, first, last) of an answer of several days."""
        return spans_of(self.get(key))

    def words(self, key: str) -> str:
        said, question = self.said.get(key), self._by_key.get(key)
        if said is None or question is None:
            return ""
        return NONE if said.is_none else kind_of(question).words(question, said.value)

    def unanswered(self, page: str | None = None) -> list[Question]:
        """Questions that have to be answered and are not, of one page or of all."""
        return [
            question
            for question in self.questions
            if page in (None, question.page)
            and question.must
            and question.key not in self.said
            and self.is_asked(question)
        ]

    def lines(self, page: str | None = None) -> list[Line]:
        """Every question asked with its answer in words, in order."""
        return [
            Line(question, self._called(question.page), self.words(question.key))
            for question in self.questions
            if page in (None, question.page) and self.is_asked(question)
        ]

    @property
    def by_page(self) -> list[tuple[str, list[Line]]]:
        """(name of the page, its lines), for a page to draw; questions not asked are left out."""
        pages: dict[str, list[Line]] = {}
        for line in self.lines():
            pages.setdefault(line.page, []).append(line)
        return list(pages.items())

    def __bool__(self):
        return bool(self.questions)

    def _called(self, key):
        page = page_of(self.terms, key)
        return page.label if page else key


def fits(question: Question, said: Said | None) -> bool:
    """Whether the answer to the earlier question is one that this question follows."""
    if said is None or said.is_none:
        return False
    given = said.value if isinstance(said.value, list) else [said.value]
    return bool(set(given) & set(question.shown_when.answers))


def answers_of(referral) -> Answers:
    """One query, or none where `answers` was fetched with the referral."""
    kept = {answer.key: Said(answer.is_none, answer.value) for answer in referral.answers.all()}
    return Answers(referral.pathway.terms, kept)


def for_providers(referral) -> list[tuple[str, str, str]]:
    """(key, label, words) of the answers that providers may read: the pathway says which (LEI-07, AMB-02)."""
    return [
        (line.key, line.label, line.words)
        for line in answers_of(referral).lines()
        if line.question.for_providers and line.question.kind != "person" and line.words and line.words != NONE
    ]
