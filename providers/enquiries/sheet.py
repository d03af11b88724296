"""All that a provider may know, as plain frozen values. No database, and no way back to the record."""

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from decimal import Decimal

from referrals.needs.week import Line, in_brief, timetable

JUDGED_BY = ("cost", "quality", "how well the offer fits what the person needs and wants")
DISTANCES = (
    (2, "under 2 miles"),
    (5, "2 to 5 miles"),
    (10, "5 to 10 miles"),
    (20, "10 to 20 miles"),
    (40, "20 to 40 miles"),
)


@dataclass(frozen=True)
class Preferences:
    language: str = ""
    faith_and_culture: str = ""
    diet: str = ""
    carer_gender: str = ""

    @property
    def in_words(self) -> tuple[tuple[str, str], ...]:
        said = (
            ("Language carers should speak", self.language),
            ("Faith and culture", self.faith_and_culture),
            ("Diet", self.diet),
            ("Carers", self.carer_gender),
        )
        return tuple((label, words) for label, words in said if words)

    def __bool__(self):
        return bool(self.in_words)


@dataclass(frozen=True)
class Sheet:
    """What every provider asked reads, word for word the same. What is not here is not shown.

    Made from a referral by `anonymise` alone, and kept as data on the enquiry when it is sent.
    """

    enquiry: str  # E000012
    service: str  # in general words: "home care"
    need_in_brief: str = ""
    age_band: str = ""
    area: str = ""  # the outward half of a postcode
    shows_distance: bool = False
    outcomes: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    mobility: str = ""
    equipment: str = ""
    preferences: Preferences = Preferences()
    answers: tuple[tuple[str, str], ...] = ()  # (question, answer) of those the pathway lets providers read
    timetable: tuple[Line, ...] = ()
    hours_a_week: Decimal | None = None
    wanted_start_on: date | None = None
    start_flexibility: str = ""
    unit: str = "hour"  # what a rate buys: "hour" or "week"
    reply_by: datetime | None = None
    reply_by_sentence: str = ""
    sealed: bool = True  # nobody reads offers before the deadline
    judged_by: tuple[str, ...] = JUDGED_BY

    def distance(self, miles) -> str:
        """How far the service is from the person, as a band; nothing where that may not be shown."""
        return distance_band(miles) if self.shows_distance else ""

    @property
    def rows(self) -> list[dict]:
        """The week for the timetable component. A reply names the visits it covers by their position in `timetable`."""
        return timetable(self.timetable)

    @property
    def visits_in_brief(self) -> list[str]:
        """The week in words, as it is read on a phone: "Every day 08:00, 45 minutes"."""
        return in_brief(self.timetable)

    def visits_at(self, positions) -> list[str]:
        """The same for some of the visits only, as a reply names them."""
        return in_brief([self.timetable[position] for position in positions])

    def to_data(self) -> dict:
        return json.loads(json.dumps(asdict(self), default=_plain))

    @classmethod
    def from_data(cls, data: dict) -> "Sheet":
        """A sheet as it was kept. A field that did not exist then is empty; one we gave up since is passed over."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: _typed(name, value) for name, value in data.items() if name in known})

    def digest(self) -> str:
        """One number for everything on it, the same for the same sheet on any machine."""
        return digest_of(self.to_data())


def digest_of(data: dict) -> str:
    """The number of a sheet kept as data: whatever was added, changed or taken out of it shows."""
    canonical = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def distance_band(miles) -> str:
    """'2 to 5 miles': near enough to plan a round, too coarse to find a door."""
    if miles is None:
        return ""
    return next((words for limit, words in DISTANCES if miles < limit), "over 40 miles")


def _plain(value):
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _typed(name: str, value):
    if value is None:
        return None
    match name:
        case "outcomes" | "tasks" | "bands" | "judged_by":
            return tuple(value)
        case "answers":
            return tuple((question, answer) for question, answer in value)
        case "timetable":
            return tuple(Line.read(line) for line in value)
        case "preferences":
            return Preferences(**value)
        case "hours_a_week":
            return Decimal(value)
        case "wanted_start_on":
            return date.fromisoformat(value)
        case "reply_by":
            return datetime.fromisoformat(value)
    return value
