"""Who would be asked, and who would not and why: everybody near enough to be looked at is in one list or the other."""

from dataclasses import dataclass
from decimal import Decimal

from providers.directory.queries import could_meet, place_of
from providers.enquiries.wishes import Wishes
from referrals.questions.answers import answers_of

LOOKED_AT = 200


@dataclass(frozen=True)
class Candidate:
    """One service looked at for an enquiry."""

    service_id: int
    name: str
    is_in: bool
    because: str
    miles: Decimal
    mailbox: str
    is_left_out: bool = False  # by the broker, who may put it back

    def to_data(self) -> dict:
        """As the enquiry keeps it for good."""
        facts = {"service": self.service_id, "name": self.name, "in": self.is_in, "because": self.because}
        return facts | {"miles": str(self.miles), "left_out": self.is_left_out}


def candidates(enquiry, *, on) -> list[Candidate]:
    """Nearest first. Nobody at all where we do not know where the person lives."""
    terms, person = enquiry.referral.pathway.terms, enquiry.referral.person
    here = place_of(person.postcode) or place_of(person.outward)
    if here is None:
        return []
    left_out = {row["service"]: row["because"] for row in enquiry.left_out}
    found = could_meet(terms.service_kind, here, on, within_miles=reach_of(enquiry.referral), limit=LOOKED_AT)
    wishes = Wishes.of(answers_of(enquiry.referral), [one.service.name for one in found])
    return [_candidate(one, left_out, wishes) for one in found]


def reach_of(referral) -> int:
    """How far to look, in miles: as far as the person can travel, where that was said and is nearer (LEI-16)."""
    usual = referral.pathway.terms.within_miles
    return min(usual, answers_of(referral).get("travel_miles") or usual)


def _candidate(one, left_out: dict, wishes: Wishes) -> Candidate:
    miles = Decimal(one.miles).quantize(Decimal("0.1"))
    against = wishes.reason_against(one.service.name) if one.in_ else None
    is_left_out = one.in_ and not against and one.service.pk in left_out
    because = against or (f"Left out: {left_out[one.service.pk]}" if is_left_out else one.because)
    is_in = one.in_ and not is_left_out and not against
    return Candidate(one.service.pk, one.service.name, is_in, because, miles, one.mailbox, is_left_out)
