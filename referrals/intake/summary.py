"""Every answer of a referral, page by page, to be checked before it is submitted: what was said, and where to change it."""

from dataclasses import dataclass, field

from django.utils import timezone

from brokerage.clocks import clock
from brokerage.clocks.calendars import policy
from referrals.approval.rules import approval_of
from referrals.intake.notice import warning
from referrals.intake.page_list import pages_of
from referrals.needs.models import CareBand, Task
from referrals.needs.week import hours_a_week, in_brief, week_of
from referrals.playscheme.rules import kept_until, request_of
from referrals.questions.answers import answers_of
from referrals.questions.library import page_of

NO_PREFERENCE = "No preference"


@dataclass(frozen=True)
class SummaryPage:
    key: str
    label: str
    change: str  # its address, from which one comes back here
    rows: list[tuple[str, str]] = field(default_factory=list)  # (question, what was said); "" is not answered


def summary(referral) -> list[SummaryPage]:
    """The pages this referral has, but for the papers, which have a list of their own."""
    answers = answers_of(referral)
    pages = []
    for line in pages_of(referral):
        rows = list(_rows(referral, line.key, answers))
        if rows:
            pages.append(SummaryPage(line.key, line.label, f"{line.href}?then=check", rows))
    return pages


def warnings_of(referral) -> list[str]:
    """What may go on as it is, but whoever submits it should know."""
    today, terms = timezone.localdate(clock.now()), referral.pathway.terms
    warnings = []
    if referral.wanted_start_on and (
        short := warning(referral.wanted_start_on, today, policy(), terms.notice_working_days)
    ):
        warnings.append(short)
    if waits_until := kept_until(referral, today):
        warnings.append(
            f"This is kept on file until {waits_until.day} {waits_until:%B %Y}: the time to answer starts then"
        )
    return warnings


def _rows(referral, key, answers):
    if page_of(referral.pathway.terms, key):
        return [(line.label, line.words) for line in answers.lines(key) if line.words or line.question.must]
    look = LOOKS.get(key)
    return look(referral) if look else ()


def _day(day):
    return f"{day:%A} {day.day} {day:%B %Y}" if day else ""


def _person(referral):
    person = referral.person
    if person is None:
        yield "Name", ""
        return
    yield "Name", person.full_name
    yield "Date of birth", f"{person.born_on.day} {person.born_on:%B %Y}" if person.born_on else ""
    yield "Address", ", ".join(filter(None, (person.address, person.postcode)))
    for label, words in (
        ("Known as", person.known_as),
        ("Case record number", person.record_id),
        ("NHS number", person.nhs_number),
        ("School", person.school),
    ):
        if words:
            yield label, words
    yield "Takes in information as", person.get_format_display()


def _also_for(referral):
    children = list(referral.also_for.all())
    if not children:
        yield "Further children", "None"
    for child in children:
        yield child.full_name, f"Born {child.born_on.day} {child.born_on:%B %Y}\n{child.differs}"


def _contact(referral):
    main = [each for each in _contacts(referral) if each.is_main]
    yield "Whom we may ring", "\n".join(f"{each}, {each.phone}".rstrip(", ") for each in main) or "Nobody"


def _decisions(referral):
    yield "Can decide about this", referral.get_capacity_display()
    for each in _contacts(referral):
        if each.supports_best_interests:
            yield "Who supports best-interests decisions", f"{each}, {each.phone}".rstrip(", ")


def _needs(referral):
    needs, is_childs = referral.needs, referral.pathway.serves == "children"
    yield "What is happening" if not is_childs else "What support is needed", needs.summary
    yield "Kind of care", ", ".join(CareBand(band).label for band in needs.bands)
    yield "Diagnosis" if is_childs else "Health and disabilities", needs.health
    yield "Behaviour", needs.behaviour
    yield "Moving about", needs.get_mobility_display()
    yield "Equipment", needs.equipment
    paid = needs.get_current_support_paid_display()
    if needs.current_support or not is_childs or "current_support" in referral.pathway.terms.must:
        yield "Support there is now", "\n".join(filter(None, (needs.current_support, paid)))


def _outcomes(referral):
    yield "Outcomes", "\n".join(outcome.words for outcome in referral.outcomes.all())
    if referral.pathway.terms.service_kind:
        yield "Help with", ", ".join(Task(task).label for task in referral.needs.tasks) or "Nothing was selected"


def _preferences(referral):
    needs = referral.needs
    yield "Language carers should speak", needs.language or NO_PREFERENCE
    yield "Faith and culture", needs.faith_and_culture or NO_PREFERENCE
    yield "Diet", needs.diet or NO_PREFERENCE
    yield "Carers", needs.get_carer_gender_display()


def _timetable(referral):
    lines = week_of(referral.visits.all())
    yield "Visits", "\n".join(in_brief(lines, with_tasks=True))
    if lines:
        yield "Care hours a week", str(hours_a_week(lines))


def _when(referral):
    yield "Start", _day(referral.wanted_start_on)
    if referral.short_notice_because:
        yield "Why so soon", referral.short_notice_because
    if referral.start_flexibility:
        yield "Can that move", referral.start_flexibility
    yield "Priority", referral.get_priority_display()
    if referral.priority_reason:
        yield "Why it cannot wait", referral.priority_reason
    if referral.is_interim:
        yield "Interim service", "Yes"
    if referral.funding or "funding" in referral.pathway.terms.must:
        yield "Who pays", referral.get_funding_display()
    if referral.paid_through:
        yield "The council pays by", referral.get_paid_through_display()
    if referral.funding_split:
        yield "Who pays which part", referral.funding_split


def _approval(referral):
    approval = approval_of(referral)
    if approval is None:
        yield "Manager’s approval", ""
        return
    role = f", {approval.manager_role}" if approval.manager_role else ""
    yield "Manager", f"{approval.manager_name}{role}, on {_day(approval.signed_on)}"
    yield "Approval", f"{approval.get_approved_by_display()}, on {_day(approval.approved_on)}"
    if approval.because:
        yield "Conditions or reasons", approval.because


def _play_scheme(referral):
    request = request_of(referral)
    if request is None:
        yield "Play scheme", ""
        return
    yield "Scheme", f"{request.year}, {request.days_wanted} day{'' if request.days_wanted == 1 else 's'}"
    if request.more_days_because:
        yield "Identified need for more days", request.more_days_because
    yield "Case open before", "Yes" if request.case_is_open else "No"
    yield "In the care plan", "Yes" if request.in_care_plan else "No"
    yield "Last reviewed", _day(request.reviewed_on) or "Not reviewed"
    yield "Approved by panel", _day(request.panel_approved_on) or "No"
    yield "Preferred days", ", ".join(f"{day:%a} {day.day} {day:%b}" for day in request.preferred) or NO_PREFERENCE
    yield "Not required", ", ".join(f"{day:%a} {day.day} {day:%b}" for day in request.not_required) or "None"
    yield "Parents were told", _day(request.parents_told_on)


LOOKS = {
    "person": _person,
    "also_for": _also_for,
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
