"""What the check finds, and what it has to know to find it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Known:
    """Everything on the record that would say who this is. Never shown; only looked for."""

    own: tuple[str, ...] = ()  # the person's names, "known as" included
    others: tuple[str, ...] = ()  # family, contacts, whoever referred or handles the case
    record_id: str = ""
    other_record_ids: tuple[str, ...] = ()  # of further children on the same referral
    reference: str = ""
    nhs_number: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    born_on: date | None = None
    others_born_on: tuple[date, ...] = ()
    address: str = ""
    postcode: str = ""
    school: str = ""
    area: str = ""  # as much of the postcode as providers read
    today: date | None = None


@dataclass(frozen=True)
class Finding:
    """Something in a text that may say who the person is, where it stands, and what to do about it."""

    kind: str
    found: str
    start: int
    end: int
    blocks: bool
    advice: str

    @property
    def where(self) -> tuple[int, int]:
        return self.start, self.end

    @property
    def key(self) -> tuple[str, str]:
        """What a clearance is for: the same words cleared once are cleared wherever they stand."""
        return self.kind, " ".join(self.found.lower().split())
