"""What in a referral looks like the name of somebody who may not be named in it (LEI-05)."""

from collections.abc import Iterable

from brokerage.naming import likely, places
from brokerage.naming.findings import Known
from brokerage.naming.names import TITLES
from brokerage.naming.nicknames import also_called
from brokerage.naming.plain import Plain

WRITE_INSTEAD = "Write “Mum”, “Dad”, “carer”, “sibling” or whoever they are"


def allowed_in(referral) -> frozenset[str]:
    """The words of the names that may stand: the child's own, of each child it is for, and the principal contact's."""
    person = referral.person
    names = [each.full_name for each in referral.also_for.all()]
    if person:
        names += [person.full_name, person.known_as, person.school]
        names += [contact.name for contact in person.contacts.all() if contact.is_main]
    words = {word.low for name in names for word in Plain(name).words}
    return frozenset(words | {other for word in words for other in also_called(word)})


def said_not_to_be(referral) -> frozenset[str]:
    return frozenset(each.word for each in referral.not_names.all())


def look_like_names(text: str, *, allowed: Iterable[str] = (), cleared: Iterable[str] = ()) -> list[str]:
    """As they were typed, each once, in order. Places and whatever was cleared are passed over."""
    plain, found = Plain(text), {}
    elsewhere = [span for look in (places.schools, places.surgeries, places.streets, places.likely_streets) for span in
                 look(plain, Known())]  # fmt: skip
    for start, end in sorted(set(likely.names(plain, Known())), key=lambda span: (span[0], -span[1])):
        if any(first <= start and end <= last for first, last in elsewhere):
            continue
        if any(first <= start and end <= last for first, last in found.values()):
            continue
        words = [word.low for word in Plain(plain.text[start:end]).words if word.low not in TITLES]
        typed = plain.typed[slice(*plain.span(start, end))]
        if set(words) <= set(allowed) or typed.lower() in cleared or set(words) <= set(cleared):
            continue
        found.setdefault(typed, (start, end))
    return list(found)


def sentence(words: list[str]) -> str:
    quoted = [f"“{word}”" for word in words]
    if len(quoted) == 1:
        return f"{quoted[0]} looks like a name. {WRITE_INSTEAD}"
    return f"{', '.join(quoted[:-1])} and {quoted[-1]} look like names. {WRITE_INSTEAD}"
