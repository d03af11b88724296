"""Which pages a referral has, in which order and under which names: the pathway's list, as addresses."""

from dataclasses import dataclass

from django.urls import reverse

from referrals.questions.library import ABOUT, NEEDED, TO_ACT, page_of

IN_CODE = {  # key: section, label, label on a children's pathway, name of its address
    "person": (ABOUT, "The person", "The child", "referral_person"),
    "also_for": (
        ABOUT,
        "Others who receive the same support",
        "Brothers and sisters on this referral",
        "referral_also_for",
    ),
    "contact": (ABOUT, "Whom we may ring about them", "Principal contact", "referral_contact"),
    "decisions": (ABOUT, "Deciding about this support", "", "referral_decisions"),
    "needs": (NEEDED, "Needs", "Diagnosis, behaviour and needs", "referral_needs"),
    "outcomes": (NEEDED, "Outcomes and tasks", "Desired outcomes", "referral_outcomes"),
    "preferences": (NEEDED, "What matters to the person", "What matters to the child", "referral_preferences"),
    "timetable": (NEEDED, "Visits in a week", "Support in a week", "referral_timetable"),
    "play_scheme": (NEEDED, "Summer play scheme", "", "referral_play_scheme"),
    "when": (TO_ACT, "Start, urgency and funding", "Start and urgency", "referral_when"),
    "papers": (TO_ACT, "Papers on record", "", "referral_papers"),
    "approval": (TO_ACT, "Manager’s approval", "", "referral_approval"),
}
CHILDRENS_SECTIONS = {ABOUT: "About the child"}


@dataclass(frozen=True)
class PageLine:
    key: str
    section: str
    label: str
    href: str


def pages_of(referral) -> list[PageLine]:
    """Those its pathway lists, each section once, in the order in which its first page stands."""
    lines = [line for key in _keys(referral.pathway.terms) if (line := _line(referral, key))]
    sections = list(dict.fromkeys(line.section for line in lines))
    return sorted(lines, key=lambda line: sections.index(line.section))


def line_of(referral, key) -> PageLine | None:
    return next((line for line in pages_of(referral) if line.key == key), None)


def _keys(terms):
    keys = [key for key in terms.pages if key != "approval" or terms.approval]
    keys = [key for key in keys if key != "timetable" or terms.timetable]
    return [*keys, "approval"] if terms.approval and "approval" not in keys else keys


def _line(referral, key):
    is_childs = referral.pathway.serves == "children"
    if key in IN_CODE:
        section, label, childs, name = IN_CODE[key]
        if key == "outcomes" and not referral.pathway.terms.service_kind:
            label = "Outcomes"  # nobody is asked to do a task
        label, href = (childs or label) if is_childs else label, reverse(name, args=[referral.reference])
    elif page := page_of(referral.pathway.terms, key):
        section, label = page.section, page.label
        href = reverse("referral_questions", args=[referral.reference, key])
    else:
        return None
    return PageLine(key, CHILDRENS_SECTIONS.get(section, section) if is_childs else section, label, href)
