"""The agreement as words: what the page shows, what the PDF prints and what both sides sign, all from here.

Arithmetic and wording, no "now". What it returns is plain data, frozen on the contract when it is issued.
"""

from itertools import groupby

from brokerage.money import four_weekly, pounds, yearly_estimate
from placements.contracts import terms
from referrals.needs.week import DAYS, Line

TITLE = "Individual placement agreement"


def words_of(placement, *, number, dated_on, council) -> dict:
    """
    Args:
        placement: with its referral, person, service and reply.
        number: the agreement's own, C000012.
        council: the council's settings.
    """
    enquiry = placement.reply.invitation.enquiry
    sections = [
        _parties(placement, council),
        _person(placement.referral),
        _support(placement, enquiry.sheet),
        _price(placement),
        _offer(placement.reply),
        {"heading": "Terms", "clauses": [list(clause) for clause in terms.clauses(placement.unit)]},
    ]
    return {
        "title": TITLE,
        "number": number,
        "enquiry": enquiry.number,
        "council": council.name,
        "dated_on": dated_on.isoformat(),
        "dated": day_in_words(dated_on),
        "terms_approved": terms.APPROVED_ON,
        "sections": [section for section in sections if section],
    }


def _parties(placement, council):
    service = placement.service
    organisation = service.provider.name if service.provider and service.provider.name != service.name else ""
    return {
        "heading": "Between",
        "facts": _given(
            ("The council", council.name),
            ("The provider", service.name),
            ("Run by", organisation),
            ("Registered location", service.location_id),
            ("Provider’s address", service.address),
            ("Enquiry", placement.reply.invitation.enquiry.number),
        ),
    }


def _person(referral):
    person = referral.person
    return {
        "heading": "For",
        "facts": _given(
            ("Name", person.full_name),
            ("Likes to be called", person.known_as),
            ("Date of birth", person.born_on and day_in_words(person.born_on)),
            ("Address", ", ".join(filter(None, [person.address, person.postcode]))),
            ("The council’s reference", referral.reference),
        ),
    }


def _support(placement, sheet):
    lines = [Line.read(line) for line in placement.timetable]
    return {
        "heading": "The support",
        "facts": _given(
            ("What it is", sheet.get("service", "").capitalize()),
            ("Starts on", day_in_words(placement.start_on)),
            ("Ends on", day_in_words(placement.ends_on) if placement.ends_on else "When either side ends it"),
            ("Hours a week", _plainly(placement.units_a_week) if lines else ""),
        ),
        "outcomes": list(sheet.get("outcomes", [])),
        "visits": visits_in_words(lines),
    }


def _price(placement):
    weekly = placement.weekly_cost
    by_the_hour = placement.unit == "hour"
    return {
        "heading": "What the council pays",
        "facts": _given(
            ("Rate", f"{pounds(placement.rate)} {placement.get_unit_display()}" if by_the_hour else ""),
            ("Each week", pounds(weekly)),
            ("Every four weeks", pounds(four_weekly(weekly))),
            ("In a year (estimate)", pounds(yearly_estimate(weekly))),
        ),
    }


def _offer(reply):
    """What the provider added to its offer is part of what was accepted."""
    facts = _given(
        ("What would be different", reply.changes),
        ("Who will come", reply.who_will_come),
        ("Conditions", reply.conditions),
    )
    return {"heading": "From the provider’s offer", "facts": facts} if facts else None


def visits_in_words(lines) -> list[dict]:
    """One row for visits alike but for the day: "Monday to Friday", "08:00", "45 minutes, two carers"."""
    alike = sorted(lines, key=lambda line: (line.order, line.cell_words, line.task_words, line.weekday))
    return [
        {"days": days_in_words([line.weekday for line in same]), "time": time, "length": length, "tasks": tasks}
        for (time, length, tasks), same in groupby(
            alike, key=lambda line: (line.time_words, ", ".join(line.cell_words), line.task_words)
        )
    ]


def days_in_words(weekdays) -> str:
    """Every day; Monday to Friday; Monday, Wednesday and Saturday."""
    days = sorted(set(weekdays))
    names = [DAYS[day] for day in days]
    if len(days) == 7:
        return "Every day"
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{names[0]} to {names[-1]}"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def day_in_words(day) -> str:
    return f"{day.day} {day:%B %Y}"


def _plainly(number) -> str:
    """10.50 is 10.5; 14.00 is 14."""
    return f"{number:f}".rstrip("0").rstrip(".")


def _given(*facts) -> list[list[str]]:
    return [[name, str(value)] for name, value in facts if value]
