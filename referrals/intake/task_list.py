"""The referral as a list of short pages: which there are, and which are done."""

from dataclasses import dataclass

from referrals.documents.rules import missing_papers
from referrals.intake.completeness import unanswered
from referrals.intake.page_list import pages_of
from referrals.questions.answers import answers_of
from referrals.questions.library import page_of, questions_of

DONE, TO_DO, OPTIONAL, CANNOT_START, TO_FOLLOW, TO_CHECK = (
    "done", "to_do", "optional", "cannot_start", "to_follow", "to_check",
)  # fmt: skip
NEEDS_A_PERSON = {"contact", "decisions", "also_for"}
WHY = {  # a page has to be filled in because:
    "person": "Brokers look for somebody near the postcode, and nobody is referred twice",
    "decisions": "The law asks who decides, and how",
    "needs": "Brokers match providers by the kind of care",
    "outcomes": "Offers are compared by what the person wants",
    "timetable": "Providers price exactly these visits",
    "when": "The clocks, and the agreements that are needed, follow from it",
    "school_holidays": "Providers plan term time and holidays apart",
    "approval": "Brokerage cannot take it up before",
    "worker": "Brokers ring with questions",
}


@dataclass(frozen=True)
class TaskLine:
    section: str
    key: str
    label: str
    href: str
    status: str  # one of the words above
    detail: str = ""  # what is missing
    why: str = ""  # why it has to be filled in

    @property
    def is_done(self) -> bool:
        return self.status == DONE

    @property
    def blocks(self) -> bool:
        """It has to be done before the referral can be submitted."""
        return self.status in (TO_DO, TO_CHECK)


def task_list(referral) -> list[TaskLine]:
    """Every page of this referral, in order, with what is missing said in words."""
    missing, answers = {}, answers_of(referral)
    for key, sentence in unanswered(referral):
        missing.setdefault(key, sentence)
    saved = {each.page for each in referral.saved_pages.all()}
    lines = []
    for page in pages_of(referral):
        status, detail = _state(referral, page.key, missing, saved, answers)
        if status is None:
            continue
        why = WHY.get(page.key, "") if status in (TO_DO, CANNOT_START) else ""
        lines.append(TaskLine(page.section, page.key, page.label, page.href, status, detail, why))
    return lines


def next_page(referral, after: str) -> TaskLine | None:
    """The next one after this that is not done, or the first that blocks; None when all is done."""
    lines = task_list(referral)
    place = next((number for number, line in enumerate(lines) if line.key == after), -1)
    waiting = [line for line in lines[place + 1 :] if line.status in (TO_DO, TO_CHECK, OPTIONAL)]
    waiting += [line for line in lines[: max(place, 0)] if line.status in (TO_DO, TO_CHECK)]
    return waiting[0] if waiting else None


def _state(referral, key, missing, saved, answers):
    if key in NEEDS_A_PERSON and referral.person is None:
        return CANNOT_START, "Say who it is about first"
    if page_of(referral.pathway.terms, key):
        return _of_questions(referral, key, missing, saved, answers)
    if key in missing:
        return (TO_CHECK if _is_to_check(referral, key, missing) else TO_DO), missing[key]
    if key == "papers":
        papers = missing_papers(referral)
        return (
            (TO_FOLLOW, "Needed before we can arrange anything: " + ", ".join(papers).lower()) if papers else (DONE, "")
        )
    if key in saved:
        return DONE, ""
    if key == "contact":
        return (DONE if referral.person and referral.person.contacts.all() else OPTIONAL), ""
    if key == "also_for":
        return (DONE if referral.also_for.all() else OPTIONAL), ""
    if key == "preferences":
        needs = referral.needs
        said = needs.language or needs.faith_and_culture or needs.diet or needs.carer_gender
        return (DONE if said else OPTIONAL), ""
    return DONE, ""


def _of_questions(referral, key, missing, saved, answers):
    """A page whose every question follows from an earlier answer waits for it, and goes when the answer is another."""
    questions = questions_of(referral.pathway.terms, key)
    asked = [question for question in questions if answers.is_asked(question)]
    if not asked:
        earlier = {question.shown_when.question for question in questions}
        waits = [each for each in answers.questions if each.key in earlier and each.key not in answers.said]
        return (CANNOT_START, f"Answer “{waits[0].label}” first") if waits else (None, "")
    if key in missing:
        return (TO_CHECK if _is_to_check(referral, key, missing) else TO_DO), missing[key]
    if not any(question.must for question in asked) and key not in saved:
        return OPTIONAL, ""
    return DONE, ""


def _is_to_check(referral, key, missing):
    return key in referral.unchecked_pages and missing[key].startswith("Check what was copied")
