"""The one door from a referral to a sheet.

What a provider reads is put together from the fields a pathway allows, and from nothing else. Of the record's own
words only the outcomes, the preferences, the equipment and how far the start may move come through, and the broker may
say each of them differently; `check` reads every one of them before anything is sent.
"""

from dataclasses import dataclass, replace

from brokerage.clocks import saying
from providers.enquiries.check import Known
from providers.enquiries.sheet import Preferences, Sheet
from referrals.needs.models import CareBand, Task
from referrals.needs.week import hours_a_week, week_of
from referrals.questions.answers import for_providers

ADULT_BANDS = ((25, "18 to 24"), (35, "25 to 34"), (45, "35 to 44"), (55, "45 to 54"), (65, "55 to 64"))
CHILD_BANDS = ((2, "aged under 2"), (5, "aged 2 to 4"), (8, "aged 5 to 7"), (11, "aged 8 to 10"), (14, "aged 11 to 13"))
OLDEST = 85


@dataclass(frozen=True)
class Text:
    """Words that providers read and somebody wrote."""

    key: str
    label: str
    words: str
    on_record: str = ""
    allowed_by: str = ""  # the name under which a pathway allows it

    @property
    def is_reworded(self) -> bool:
        return self.words != self.on_record and self.key != "need_in_brief"


def texts_of(enquiry) -> list[Text]:
    """Every text of the sheet that somebody wrote, as the broker put it, in the order in which providers read them."""
    referral, allowed = enquiry.referral, set(enquiry.referral.pathway.terms.sheet)
    needs = referral.needs
    outcomes = [
        Text(f"outcome_{outcome.position}", f"Outcome {outcome.position}", "", outcome.words, "outcomes")
        for outcome in sorted(referral.outcomes.all(), key=lambda outcome: outcome.position)
    ]
    texts = [
        Text("need_in_brief", "The need in brief", enquiry.need_in_brief, allowed_by="need_in_brief"),
        *outcomes,
        Text("equipment", "Equipment", "", needs.equipment, "equipment"),
        Text("language", "Language carers should speak", "", needs.language, "preferences"),
        Text("faith_and_culture", "Faith and culture", "", needs.faith_and_culture, "preferences"),
        Text("diet", "Diet", "", needs.diet, "preferences"),
        *(Text(f"answer_{key}", label, "", words, "answers") for key, label, words in for_providers(referral)),
        Text("start_flexibility", "How far the start may move", "", referral.start_flexibility, "wanted_start"),
    ]
    return [_worded(text, enquiry.wording) for text in texts if text.allowed_by in allowed]


def sheet_of(enquiry, *, deadline=None) -> Sheet:
    """The sheet as it would go out now, with the deadline if one is given."""
    referral, terms = enquiry.referral, enquiry.referral.pathway.terms
    allowed, needs, person = set(terms.sheet), referral.needs, referral.person
    texts = texts_of(enquiry)
    said = {text.key: text.words for text in texts}
    lines = tuple(week_of(referral.visits.all())) if terms.timetable else ()
    sheet = Sheet(
        enquiry=enquiry.number,
        service=terms.service_in_words,
        unit=terms.unit,
        sealed=not enquiry.open_from_start,
        need_in_brief=said.get("need_in_brief", ""),
        outcomes=tuple(words for key, words in said.items() if key.startswith("outcome_") and words),
        equipment=said.get("equipment", ""),
        start_flexibility=said.get("start_flexibility", ""),
    )
    facts = {
        "age_band": lambda: {"age_band": age_bands(referral)},
        "answers": lambda: {"answers": _answers(texts)},
        "area": lambda: {"area": person.outward},
        "distance": lambda: {"shows_distance": True},
        "tasks": lambda: {"tasks": tuple(Task(task).label for task in needs.tasks)},
        "bands": lambda: {"bands": tuple(CareBand(band).label for band in needs.bands)},
        "mobility": lambda: {"mobility": needs.get_mobility_display() if needs.mobility else ""},
        "timetable": lambda: {"timetable": lines, "hours_a_week": hours_a_week(lines) if lines else None},
        "preferences": lambda: {"preferences": _preferences(said, needs)},
        "wanted_start": lambda: {"wanted_start_on": referral.wanted_start_on},
    }
    for name, read in facts.items():
        if name in allowed:
            sheet = replace(sheet, **read())
    if deadline:
        sheet = replace(sheet, reply_by=deadline.due_at, reply_by_sentence=deadline.sentence)
    return sheet


def known_of(referral, *, today) -> Known:
    """Everything on the record that the sheet's words must not hold."""
    person, contacts = referral.person, list(referral.person.contacts.all())
    handlers = {user.pk: user for user in (referral.referred_by, referral.coordinator, referral.broker) if user}
    others = [*(contact.name for contact in contacts), *(user.full_name for user in handlers.values())]
    children, approval = list(referral.also_for.all()), getattr(referral, "approval", None)
    others += [approval.manager_name] if approval else []
    return Known(
        own=tuple(filter(None, (person.full_name, person.known_as, *(child.full_name for child in children)))),
        other_record_ids=tuple(child.record_id for child in children if child.record_id),
        others_born_on=tuple(child.born_on for child in children),
        others=tuple(filter(None, others)),
        record_id=person.record_id,
        reference=referral.reference,
        nhs_number=person.nhs_number,
        phones=tuple(filter(None, (person.phone, *(contact.phone for contact in contacts)))),
        emails=tuple(filter(None, (person.email, *(contact.email for contact in contacts)))),
        born_on=person.born_on,
        address=person.address,
        postcode=person.postcode,
        school=person.school,
        area=person.outward,
        today=today,
    )


def withheld_from(referral) -> list[tuple[str, str]]:
    """What is on the record and not on the sheet: each fact, and what stands in its place."""
    person, needs, allowed = referral.person, referral.needs, set(referral.pathway.terms.sheet)
    contacts = len(referral.person.contacts.all())
    age = "Shown as an age band" if "age_band" in allowed else "Not shown"
    area = f"Only {person.outward}" if "area" in allowed and person.outward else "Not shown"
    facts = (
        ("Name", person.full_name, "Not shown"),
        ("Known as", person.known_as, "Not shown"),
        ("Date of birth", person.born_on, age),
        ("Address and postcode", person.address or person.postcode, area),
        ("Phone and e-mail", person.phone or person.email, "Not shown"),
        ("NHS number", person.nhs_number, "Not shown"),
        ("Case record number", person.record_id, "Not shown"),
        ("Our reference", referral.reference, "Providers read the enquiry’s own number"),
        ("School", person.school, "Not shown"),
        ("Further children’s names", ", ".join(map(str, referral.also_for.all())), "Shown as ages only"),
        ("Family and contacts", contacts, f"Not shown ({contacts})"),
        ("Co-ordinator and broker", referral.coordinator, "Not shown"),
        ("Who pays", referral.funding, "Not shown"),
        ("What is happening, in the referrer’s words", needs.summary, "Not shown: you write the need in brief"),
        ("Health conditions", needs.health, "Not shown"),
        ("Behaviour", needs.behaviour, "Not shown"),
        ("Support there is now", needs.current_support, "Not shown"),
    )
    return [(fact, instead) for fact, on_record, instead in facts if on_record]


def first_words(referral) -> str:
    """A need in brief to begin with, from coded answers alone, for the broker to put right."""
    terms, needs, person = referral.pathway.terms, referral.needs, referral.person
    band = age_band(person, referral.received_at.date())
    who = f"A person {band}" if band.startswith("aged") else f"A person aged {band}" if band else "A person"
    said = [f"{who} needs {terms.service_in_words}."]
    if needs.mobility:
        said.append(f"{needs.get_mobility_display()}.")
    if needs.tasks:
        said.append(f"Help is needed with: {'; '.join(Task(task).label.lower() for task in needs.tasks)}.")
    return " ".join(said)


def age_band(person, on) -> str:
    """'80 to 84', '85 or over'; of a child 'aged 8 to 10'. Nothing where the date of birth is not known."""
    age = person.age_on(on)
    if age is None:
        return ""
    if age < 18:
        return next((words for limit, words in CHILD_BANDS if age < limit), "aged 14 to 17")
    if age < 65:
        return next(words for limit, words in ADULT_BANDS if age < limit)
    return f"{OLDEST} or over" if age >= OLDEST else f"{age // 5 * 5} to {age // 5 * 5 + 4}"


def age_bands(referral) -> str:
    """Of the person; where several children share a referral, of each of them: no name, no number, no birth date."""
    day, children = referral.received_at.date(), list(referral.also_for.all())
    bands = [age_band(each, day) for each in (referral.person, *children)]
    return bands[0] if not children else f"{saying.number(len(bands))} children: {saying.listed(bands)}".capitalize()


def _answers(texts: list[Text]) -> tuple[tuple[str, str], ...]:
    return tuple((text.label, text.words) for text in texts if text.allowed_by == "answers" and text.words)


def _worded(text: Text, wording: dict) -> Text:
    if text.key == "need_in_brief":
        return text
    return replace(text, words=wording.get(text.key, text.on_record))


def _preferences(said: dict, needs) -> Preferences:
    return Preferences(
        language=said.get("language", ""),
        faith_and_culture=said.get("faith_and_culture", ""),
        diet=said.get("diet", ""),
        carer_gender=needs.get_carer_gender_display() if needs.carer_gender else "",
    )
