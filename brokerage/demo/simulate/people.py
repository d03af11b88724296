"""Who somebody is: name, age, NHS number, where they live. All by chance, all from one stream of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from brokerage.demo.simulate.names import CULTURES, LANGUAGES, STREETS, TOWNS

_SHARES = list(accumulate(share for share, *_ in CULTURES))
_NAMES = [tuple(words.split() for words in culture) for _, *culture in CULTURES]
WEIGHTS = range(10, 1, -1)  # of the first nine digits of an NHS number


@dataclass(frozen=True, slots=True)
class Somebody:
    first_names: str
    last_name: str
    known_as: str
    born_on: date
    nhs_number: str
    record_id: str
    address: str
    postcode: str
    phone: str
    first_language: str
    format: str
    is_woman: bool

    @property
    def initials(self) -> str:
        words = f"{self.first_names} {self.last_name}".replace("-", " ").split()
        return "".join(word[0] for word in words).upper()[:10]


def somebody(chance: Random, *, on: date, is_child: bool, postcodes: list[str], record_id: str) -> Somebody:
    first, last, is_woman, is_british = name(chance)
    given = first if chance.random() < 0.8 else f"{first} {name(chance, like=is_woman)[0]}"
    return Somebody(
        first_names=given,
        last_name=last,
        known_as=first[:3].rstrip("-") + "y" if chance.random() < 0.05 else "",
        born_on=on - timedelta(days=_age(chance, is_child) * 365 + chance.randrange(365)),
        nhs_number=nhs_number(chance) if chance.random() < 0.92 else "",
        record_id=record_id,
        address=f"{chance.randrange(1, 180)} {chance.choice(STREETS)}, {chance.choice(TOWNS)}",
        postcode=chance.choice(postcodes),
        phone=f"01632 960{chance.randrange(1000):03d}",
        first_language="" if is_british or chance.random() < 0.6 else chance.choice(LANGUAGES),
        format="large_print" if chance.random() < 0.08 else "easy_read" if chance.random() < 0.03 else "standard",
        is_woman=is_woman,
    )


def name(chance: Random, like: bool | None = None) -> tuple[str, str, bool, bool]:
    """First name, last name, whether a woman's, whether from these islands. One in twelve has a last name of elsewhere."""
    culture = _culture(chance)
    is_woman = chance.random() < 0.57 if like is None else like
    women, men, last = _NAMES[culture]
    if chance.random() < 1 / 12:
        last = _NAMES[_culture(chance)][2]
    return chance.choice(women if is_woman else men), chance.choice(last), is_woman, culture < 3


def nhs_number(chance: Random) -> str:
    """From the range 999, which is for tests and is never given to a person, with its check digit."""
    while True:
        nine = f"999{chance.randrange(1_000_000):06d}"
        check = 11 - sum(int(digit) * weight for digit, weight in zip(nine, WEIGHTS, strict=True)) % 11
        if check != 10:
            return nine + str(check % 11)


def _culture(chance: Random) -> int:
    drawn = chance.randrange(_SHARES[-1])
    return next(number for number, upto in enumerate(_SHARES) if drawn < upto)


def _age(chance: Random, is_child: bool) -> int:
    if is_child:
        return chance.randrange(18)
    if chance.random() < 0.22:  # working age
        return chance.randrange(18, 65)
    return min(104, max(65, int(chance.gauss(82, 8))))
