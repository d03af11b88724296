"""The questions a pathway asks beyond those every referral has, as data."""

from dataclasses import dataclass

KINDS = ("line", "words", "yes_no", "one_of", "some_of", "number", "date", "dates", "person")


@dataclass(frozen=True)
class ShownWhen:
    """A question that is asked only where an earlier one was answered so."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One question. Its answer is kept under `key` for as long as the case is.

    Attributes:
        kind: line, words (several lines), yes_no, one_of, some_of, number, date, dates (several days or spans), or
            person (a contact: name, relationship, phone).
        choices: (value, label) pairs of one_of and some_of.
        must: has to be answered before the referral is submitted; "None" is an answer where `none_is_an_answer` (LEI-13).
        why: said beside the question where it is mandatory: why we ask.
        shown_when: asked only where an earlier question was answered so.
        for_providers: its answer may stand on the sheet that providers read (LEI-07, AMB-02).
        no_names: point out what looks like somebody's name (LEI-05).
        most: the most characters, choices, days, or the greatest number.
    """

    key: str
    label: str
    page: str
    kind: str = "words"
    hint: str = ""
    why: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    must: bool = True
    none_is_an_answer: bool = True
    shown_when: ShownWhen | None = None
    for_providers: bool = False
    no_names: bool = False
    most: int | None = None


@dataclass(frozen=True)
class Page:
    """A page of declared questions, in the task list under `section`."""

    key: str
    label: str
    section: str
    guidance: str = ""
