"""What a referral still lacks before it can be submitted."""

from referrals.approval.rules import reason_not_approved
from referrals.intake.models import Priority
from referrals.intake.page_list import pages_of
from referrals.needs.school_year import holidays_missing
from referrals.playscheme.rules import reasons_not_to_accept
from referrals.questions.answers import answers_of
from referrals.questions.kinds import please


def unanswered(referral) -> list[tuple[str, str]]:
    """(page, sentence) for everything still to answer before the referral can be submitted (LEI-13)."""
    answers, lines = answers_of(referral), pages_of(referral)
    missing = []
    for line in lines:
        sentences = [*_of_page(referral, line.key), *(please(each) for each in answers.unanswered(line.key))]
        if line.key in referral.unchecked_pages and not sentences:
            sentences = [f"Check what was copied to “{line.label}”"]
        missing += [(line.key, sentence) for sentence in sentences]
    return missing


def _of_page(referral, page):
    look = LOOKS.get(page)
    return look(referral, set(referral.pathway.terms.must)) if look else ()


# -- page by page


def _person(referral, must):
    person = referral.person
    they = "the child" if referral.pathway.serves == "children" else "the person"
    if person is None or not (person.first_names and person.last_name and person.born_on):
        yield f"Enter {they}’s name and date of birth"
        return
    if "postcode" in must and not person.postcode:
        yield f"Enter {they}’s postcode"
    if "nhs_number" in must and not person.nhs_number:
        yield "Enter their NHS number"
    if "school" in must and not person.school:
        yield "Enter their school, or “None”"


def _contact(referral, must):
    if "contact" in must and not any(each.is_main for each in _contacts(referral)):
        yield "Enter the principal contact" if referral.pathway.serves == "children" else "Enter whom we may ring"


def _decisions(referral, must):
    if "capacity" in must and not referral.capacity:
        yield "Select whether the person can decide about this support"
    elif referral.capacity == "no" and not person_has_best_interests_contact(referral.person):
        yield "Enter who supports decisions in the person’s best interests"  # GRN-08


def _needs(referral, must):
    needs = getattr(referral, "needs", None)
    if "needs" in must and not (needs and needs.summary):
        is_childs = referral.pathway.serves == "children"
        yield f"Enter what {'support is needed, and what for' if is_childs else 'is happening and what help is needed'}"
    if {"bands", "mobility"} & must and not (needs and needs.bands and needs.mobility):
        yield "Select the kind of care and how the person moves about"
    words = {"health": "the diagnosis", "behaviour": "the behaviour", "equipment": "the equipment"}
    words["current_support"] = "the support there is now"
    for name, what in words.items():
        if name in must and not (needs and getattr(needs, name)):
            yield f"Enter {what}, or “None”"


def _outcomes(referral, must):
    if "outcomes" in must and not referral.outcomes.all():
        yield "Enter at least one outcome"
    if "tasks" in must and not referral.needs.tasks:
        yield "Select what care workers should help with"


def _preferences(referral, must):
    names = {
        "language": "the language carers should speak",
        "faith_and_culture": "faith and culture",
        "diet": "the diet",
    }
    for name, what in names.items():
        if name in must and not getattr(referral.needs, name):
            yield f"Enter {what}, or “None”"


def _timetable(referral, must):
    visits = referral.visits.all()
    if not visits:
        yield "Add the visits that are needed"
    elif holidays_missing(visits, answers_of(referral)):
        yield "Enter the school’s holiday dates: some visits are for term time or holidays only"


def _when(referral, must):
    if "funding" in must and not referral.funding:
        yield "Select who pays"
    if "wanted_start" in must and referral.wanted_start_on is None:
        yield "Enter when support should start"
    if "start_flexibility" in must and not referral.start_flexibility:
        yield "Enter whether the start can move, or “None”"
    if referral.priority != Priority.ROUTINE and not referral.priority_reason:
        yield "Enter why it cannot wait"


def _approval(referral, must):
    if reason := reason_not_approved(referral):
        yield reason


def _play_scheme(referral, must):
    yield from reasons_not_to_accept(referral)


LOOKS = {
    "person": _person,
    "contact": _contact,
    "decisions": _decisions,
    "needs": _needs,
    "outcomes": _outcomes,
    "preferences": _preferences,
    "timetable": _timetable,
    "when": _when,
    "approval": _approval,
    "play_scheme": _play_scheme,
}


def _contacts(referral):
    return referral.person.contacts.all() if referral.person else []


def person_has_best_interests_contact(person) -> bool:
    return person is not None and any(contact.supports_best_interests for contact in person.contacts.all())
