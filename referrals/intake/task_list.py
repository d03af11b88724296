"""The referral as a list of short pages: which there are, and which are done."""

from dataclasses import dataclass

from django.urls import reverse

from referrals.documents.rules import missing_papers
from referrals.intake.completeness import unanswered


@dataclass(frozen=True)
class TaskLine:
    section: str
    key: str
    label: str
    href: str
    status: str  # "done", "to_do" or "optional"
    detail: str = ""


PAGES = (  # section, key, label, url name
    ("About the person", "person", "The person", "referral_person"),
    ("About the person", "contact", "Whom we may ring about them", "referral_contact"),
    ("About the person", "decisions", "Deciding about this support", "referral_decisions"),
    ("What is needed", "needs", "Needs", "referral_needs"),
    ("What is needed", "outcomes", "Outcomes and tasks", "referral_outcomes"),
    ("What is needed", "preferences", "What matters to the person", "referral_preferences"),
    ("What is needed", "timetable", "Visits in a week", "referral_timetable"),
    ("So that we can act", "when", "Start, urgency and funding", "referral_when"),
    ("So that we can act", "papers", "Papers on record", "referral_papers"),
)


def task_list(referral) -> list[TaskLine]:
    """Every page of this referral, in order, with what is missing said in words."""
    missing = {}
    for key, sentence in unanswered(referral):
        missing.setdefault(key, sentence)
    lines = []
    for section, key, label, name in PAGES:
        if key == "timetable" and not referral.pathway.terms.timetable:
            continue
        status, detail = _state(referral, key, missing)
        lines.append(TaskLine(section, key, label, reverse(name, args=[referral.reference]), status, detail))
    return lines


def _state(referral, key, missing):
    if key in missing:
        return "to_do", missing[key]
    if key == "papers":
        papers = missing_papers(referral)
        return (
            ("to_do", "Needed before we can arrange anything: " + ", ".join(papers).lower()) if papers else ("done", "")
        )
    if key == "contact":
        return ("done" if referral.person and referral.person.contacts.all() else "optional"), ""
    if key == "preferences":
        needs = referral.needs
        said = needs.language or needs.faith_and_culture or needs.diet or needs.carer_gender
        return ("done" if said else "optional"), ""
    return "done", ""
