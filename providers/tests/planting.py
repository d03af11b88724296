"""Texts with something planted in them that would say who a person is, in every disguise people use unawares."""

import csv
import json
import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from brokerage.naming.nicknames import also_called
from brokerage.naming.numbers import is_nhs_number
from providers.enquiries.check import Known

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
TODAY = date(2026, 11, 3)
MONTHS = "January February March April May June July August September October November December".split()
STREETS = "Hoe Acacia Station Victoria Kestrel Larkhill Brunel Penrose Tamar Alma".split()
STREET_KINDS = ["Road", "Street", "Avenue", "Close", "Lane"]
ACCENTS = str.maketrans("aeiouAEIOU", "àéîöùÀÉÎÖÙ")
DIGIT_WORDS = "zero one two three four five six seven eight nine".split()

CARE = """
She walks to the wood by the green most mornings with a frame, and hopes to go on doing so.
He needs two people and a hoist for every transfer, and a sling in medium size.
Breakfast is porridge with honey; lunch is a sandwich or soup, and tea a hot meal from the freezer.
They may need help at night. Will need prompting to drink enough, mark the chart and wash hands.
She was a keen baker, likes a brisk stroll on a sunny day, and grows roses and ivy in pots.
He lives alone in a ground floor flat with a level-access shower and a key safe.
A calm, patient approach works best; loud voices and a hard tone make her anxious.
Would like the same small group of carers, Monday to Friday, and a rest day on Sundays.
She has dementia and diabetes. Insulin is given by the district nurse at 8am and 6pm.
He speaks Polish and some English, and would rather have a man help him to wash.
Her daughter visits at the weekend and does the shopping; a neighbour collects the post.
Transfers with one carer and a walking frame. Needs a reminder to use the rail.
Eats halal food; prays five times a day and needs time to wash before each prayer.
Has a long cane, reads braille and listens to the news on the radio at six.
Enjoys bingo, church on a Sunday and a trip to the shops for a new dress in May.
In bed by nine, turned every four hours; heels checked and cream put on both legs.
The little dog must be let out; she will not let carers take it to the park.
He is waiting for a stairlift, and sleeps in a riser chair in the front room for now.
Three visits of 30 minutes and one of 45 each day, 4 weeks to begin with, from 9 November 2026.
A ward discharge is planned. Wound dressing is changed by the nurse on Tuesdays and Fridays.
""".strip().splitlines()


@dataclass(frozen=True)
class Planted:
    form: str
    words: str  # as it stands in the text
    text: str
    known: Known
    blocks: bool  # what the form calls for: a block, or a warning at least

    @property
    def start(self):
        return self.text.index(self.words)


def clean_texts() -> list[str]:
    """Care prose with nobody in it: our own lines, and the consultation notes."""
    notes = (DATA / "redaction_texts" / "primock57_notes.jsonl").read_text().splitlines()
    return CARE + [
        paragraph.strip() for note in notes for paragraph in json.loads(note)["note"].split("\n\n") if paragraph.strip()
    ]


def somebody(rng: random.Random) -> Known:
    """A record of an invented person, from lists of real names and the NHS's own test people."""
    first, last, other = rng.choice(_given()), rng.choice(_surnames()), rng.choice(_given())
    tester = rng.choice(_test_people())
    born = date(1930, 1, 1) + timedelta(days=rng.randrange(60 * 365))
    return Known(
        own=(f"{first} {last}",),
        others=(f"{other} {last}", f"{rng.choice(_given())} {rng.choice(_surnames())}"),
        record_id=f"M{rng.randrange(10**6, 10**7)}",
        reference=f"R{rng.randrange(1, 99999):06d}",
        nhs_number=_nhs_number(rng),
        phones=(tester["phone"].replace("+44", "0").replace(" ", "") or "07700900123",),
        emails=(f"{first}.{last}{rng.randrange(99)}@example.com".lower().replace(" ", ""),),
        born_on=born,
        address=f"{rng.randrange(1, 300)} {rng.choice(STREETS)} {rng.choice(STREET_KINDS)}, Plymouth",
        postcode=f"PL{rng.randrange(1, 9)} {rng.randrange(1, 9)}{rng.choice('ABDEFGHJ')}{rng.choice('LNPQRSTU')}",
        school=f"{rng.choice(STREETS)} Primary School",
        area="PL4",
        today=TODAY,
    )


def planted(rng: random.Random, clean: list[str]) -> list[Planted]:
    """One clean text for each of two forms, with the form put in between two sentences or two words."""
    known, text = somebody(rng), rng.choice(clean)
    forms = forms_of(known, rng)
    out = []
    for name in rng.sample(sorted(forms), 2):
        words, blocks = forms[name]
        spaces = [i for i, letter in enumerate(text) if letter == " "] or [0]
        place = rng.choice(spaces)
        whole = f"{text[:place]} {words} {text[place + 1 :]}"
        if whole.count(words) == 1:
            out.append(Planted(name, words, whole, known, blocks))
    return out


def forms_of(known: Known, rng: random.Random) -> dict[str, tuple[str, bool]]:
    """form: (how it reads, whether it must block)"""
    first, last = known.own[0].split(" ", 1)
    other = known.others[0].split(" ", 1)[0]
    short = sorted(also_called(first.lower())) or [first.lower()]
    cut = rng.randrange(2, max(3, len(last) - 1))
    swap = rng.randrange(1, max(2, len(last) - 2))
    nhs, born, phone, record = known.nhs_number, known.born_on, known.phones[0], known.record_id
    house, street = known.address.split(",")[0].split(" ", 1)
    user, domain = known.emails[0].split("@")
    spaced = " ".join(nhs)
    ni = f"AB{rng.randrange(10**5, 10**6)}C"
    forms = {
        "first name": first,
        "surname": last,
        "whole name": f"{first} {last}",
        "surname first": f"{last}, {first}",
        "upper case": f"{first} {last}".upper(),
        "possessive": f"{last}'s",
        "possessive, curly": f"{first}’s",
        "plural": f"the {last}s",
        "nickname": rng.choice(short).title(),
        "relative": f"{other} {last}",
        "relative by title": f"Mrs {last}",
        "accents": f"{first} {last}".translate(ACCENTS),
        "double space": f"{first}  {last}",
        "no-break space": f"{first}\u00a0{last}",
        "entity": f"{first}&nbsp;{last}",
        "zero width": f"{last[:cut]}\u200b{last[cut:]}",
        "soft hyphen": f"{first[:2]}\u00ad{first[2:]}",
        "hyphen": f"{last[:cut]}-{last[cut:]}",
        "line break": f"{last[:cut]}\n{last[cut:]}",
        "spelled out": " ".join(first.upper()),
        "underscore": f"{first}_{last}",
        "camel": f"{first}{last}",
        "initial and surname": f"{first[0]}. {last}",
        "slug": f"{first}-{last}".lower(),
        "nhs 3-3-4": f"{nhs[:3]} {nhs[3:6]} {nhs[6:]}",
        "nhs solid": nhs,
        "nhs hyphens": f"{nhs[:3]}-{nhs[3:6]}-{nhs[6:]}",
        "nhs dots": f"{nhs[:3]}.{nhs[3:6]}.{nhs[6:]}",
        "nhs odd spaces": f"{nhs[:2]} {nhs[2:7]}  {nhs[7:]}",
        "nhs digit by digit": spaced,
        "nhs no-break spaces": f"{nhs[:3]}\u00a0{nhs[3:6]}\u2009{nhs[6:]}",
        "nhs in words": " ".join(DIGIT_WORDS[int(digit)] for digit in nhs),
        "national insurance": ni,
        "national insurance, spaced": f"{ni[:2]} {ni[2:4]} {ni[4:6]} {ni[6:8]} {ni[8]}",
        "record number": record,
        "record number, lower": record.lower(),
        "record number, said": f"Mosaic {record[1:]}",
        "our reference": known.reference,
        "born, slashes": f"{born:%d/%m/%Y}",
        "born, short": f"{born.day}.{born.month}.{born:%y}",
        "born, iso": f"{born:%Y-%m-%d}",
        "born, words": f"{born.day} {MONTHS[born.month - 1]} {born.year}",
        "born, american": f"{MONTHS[born.month - 1]} {born.day}, {born.year}",
        "born, year": f"born in {born.year}",
        "postcode": known.postcode,
        "postcode, squashed": known.postcode.replace(" ", "").lower(),
        "postcode, wide": known.postcode.replace(" ", "\u00a0 "),
        "address": f"{house} {street}",
        "street": street,
        "address, lower": f"{house} {street}".lower(),
        "phone": phone,
        "phone, spaced": f"{phone[:5]} {phone[5:8]} {phone[8:]}",
        "phone, +44": f"+44 {phone[1:5]} {phone[5:]}",
        "email": known.emails[0],
        "email, in words": f"{user} at {domain.replace('.', ' dot ')}",
        "email, brackets": f"{user}[at]{domain.replace('.', '[dot]')}",
        "school": known.school,
    }
    if len(last) > 5:
        swapped = last[:swap] + last[swap + 1] + last[swap] + last[swap + 2 :]
        if swapped != last:
            forms["two letters swapped"] = swapped
    warned = {
        "other school": "Kingsbridge Academy",
        "surgery": "Larkhill Surgery",
        "doctor": "Dr Petrov",
        "file": f"{first}_plan.docx",
        "initials": f"{first[0]}.{last[0]}.",
    }
    return {name: (words, True) for name, words in forms.items()} | {
        name: (words, False) for name, words in warned.items()
    }


def _lines(name: str) -> list[str]:
    return [line.strip() for line in (DATA / "names" / name).read_text().splitlines() if line.strip()]


@cache
def _given() -> list[str]:
    others = json.loads((DATA / "names" / "names_other_locales_latin_script.json").read_text())
    more = [
        name
        for code in ("pl_PL", "en_NG", "en_PK", "en_IN")
        for name in others[code]["given"]
        if name.isalpha() and len(name) > 2
    ]
    return _lines("given_names_female_en_GB.txt") + _lines("given_names_male_en_GB.txt") + _plain(more)


@cache
def _surnames() -> list[str]:
    others = json.loads((DATA / "names" / "names_other_locales_latin_script.json").read_text())
    more = [
        name
        for code in ("en_NG", "en_PK", "en_IN", "en_IE")
        for name in others[code]["surname"]
        if name.isalpha() and len(name) > 2
    ]
    return _lines("surnames_en_GB.txt") + _plain(more)


def _plain(names: list[str]) -> list[str]:
    return [name for name in names if name.isalpha() and len(name) > 2][::8]


@cache
def _test_people() -> list[dict]:
    with (DATA / "nhs_numbers" / "nhs_test_people.csv").open() as file:
        return [row for row in csv.DictReader(file) if len(row["phone"].replace("+44", "0").replace(" ", "")) == 11]


def _nhs_number(rng: random.Random) -> str:
    while True:
        first = f"999{rng.randrange(10**6):06d}"
        for last in "0123456789":
            if is_nhs_number(first + last):
                return first + last
