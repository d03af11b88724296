"""What somebody at a provider's says, as plain values: no database."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal

from providers.replies.models import OFFERS, ReplyKind

LINES = ("by_name", "by_role", "phone")  # each on one line, because letters quote them
TEXTS = ("changes", "who_will_come", "conditions", "would_say_yes_if")
OF_AN_OFFER = ("rate", "start_on", "who_will_come", "conditions")
OF_A_KIND = {  # what only this kind of answer says
    "visits": ReplyKind.PART,
    "changes": ReplyKind.DIFFERENT,
    "why_not": ReplyKind.NO,
    "would_say_yes_if": ReplyKind.NO,
    "phone": ReplyKind.INTERESTED,
}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """
    Args:
        kind: one of `ReplyKind`.
        rate: pounds for one unit of the sheet, an hour or a week.
        visits: for a part, the positions in the sheet's timetable.
        phone: where to call somebody who is interested.
    """

    kind: str
    by_name: str
    by_role: str
    rate: Decimal | None = None
    start_on: date | None = None
    visits: tuple[int, ...] = ()
    changes: str = ""
    who_will_come: str = ""
    conditions: str = ""
    why_not: str = ""
    would_say_yes_if: str = ""
    phone: str = ""

    @property
    def offers(self) -> bool:
        return self.kind in OFFERS

    def tidied(self) -> "Answer":
        """Only what belongs to this kind of answer, without stray blanks."""
        empty = {} if self.offers else dict.fromkeys(OF_AN_OFFER)
        empty |= {name: None for name, kind in OF_A_KIND.items() if kind != self.kind}
        defaults = {name: type(self).__dataclass_fields__[name].default for name in empty}
        words = {name: getattr(self, name).strip() for name in TEXTS}
        words |= {name: " ".join(getattr(self, name).split()) for name in LINES}
        return replace(self, **{**words, "visits": tuple(sorted(set(self.visits))), **defaults})

    def to_data(self) -> dict:
        plain = {"rate": str(self.rate) if self.rate is not None else None, "visits": list(self.visits)}
        return asdict(self) | plain | {"start_on": self.start_on.isoformat() if self.start_on else None}

    @classmethod
    def from_data(cls, data: dict) -> "Answer":
        rate, start_on = data["rate"], data["start_on"]
        typed = {
            "rate": Decimal(rate) if rate is not None else None,
            "start_on": date.fromisoformat(start_on) if start_on else None,
            "visits": tuple(data["visits"]),
        }
        return cls(**{**data, **typed})
