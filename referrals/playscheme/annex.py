"""The annex of a play scheme request: a page that stands without the rest of the referral. Plain values, no database."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from brokerage.council import settings
from referrals.playscheme.dates import days_of


@dataclass(frozen=True)
class Annex:
    POINTS: ClassVar[tuple[str, ...]] = (
        "A place is for this year’s scheme only. Next summer needs a new request.",
        "The days offered may not be the days preferred, and places are given as far as there are any.",
        "Bring the child on time and collect them on time; say at once when they cannot come.",
        "Transport is not part of the place. Where the council pays for it, it is arranged separately.",
        "Send what the child needs for the day, medication with written instructions, and a number that is answered.",
        "Tell the scheme about any change in health, behaviour or medication before the first day.",
    )

    reference: str
    year: int
    made_on: date
    child: tuple[tuple[str, str], ...]
    days: tuple[tuple[date, str], ...]  # each day of the scheme with "Preferred", "Not required" or ""
    days_wanted: int
    more_days_because: str
    parents_told_on: date | None
    council: str

    @classmethod
    def of(cls, referral, scheme, *, today: date) -> "Annex":
        request, person = referral.play_request, referral.person
        main = next((contact for contact in person.contacts.all() if contact.is_main), None)
        child = [
            ("Child’s name", person.full_name),
            ("Date of birth", f"{person.born_on.day} {person.born_on:%B %Y}" if person.born_on else ""),
            ("Case record number", person.record_id),
            ("Address", ", ".join(filter(None, (person.address, person.postcode)))),
            ("School", person.school),
            ("Principal contact", f"{main.name}, {main.relationship}, {main.phone}".rstrip(", ") if main else ""),
            *(
                (f"Also for, born {each.born_on.day} {each.born_on:%B %Y}", each.full_name)
                for each in referral.also_for.all()
            ),
        ]
        said = dict.fromkeys(request.preferred, "Preferred") | dict.fromkeys(request.not_required, "Not required")
        return cls(
            reference=referral.reference,
            year=request.year,
            made_on=today,
            child=tuple((label, words) for label, words in child if words),
            days=tuple((day, said.get(day, "")) for day in days_of(scheme)),
            days_wanted=request.days_wanted,
            more_days_because=request.more_days_because,
            parents_told_on=request.parents_told_on,
            council=settings.current().name,
        )

    def says(self) -> dict:
        """For the typesetter."""
        told = self.parents_told_on
        return {
            "title": f"Summer play scheme {self.year}: annex",
            "council": self.council,
            "dated": self.made_on.isoformat(),
            "foot": self.reference,
            "child": [list(row) for row in self.child],
            "wanted": f"{self.days_wanted} day{'' if self.days_wanted == 1 else 's'}",
            "because": self.more_days_because,
            "days": [[f"{day:%A} {day.day} {day:%B}", words or "No preference"] for day, words in self.days],
            "points": list(self.POINTS),
            "told": f"{told.day} {told:%B %Y}" if told else "not yet",
        }
