"""The offers of a case side by side: what each costs, covers and comes from."""

from dataclasses import dataclass

from placements.choosing.models import Choice
from placements.pricing import Price, lines_offered, price
from providers.directory import queries as directory
from providers.directory.models import Rate
from providers.replies.models import Reply
from referrals.needs.week import Line, in_brief


@dataclass(frozen=True)
class Option:
    """One offer as a broker compares it."""

    reply: Reply
    price: Price
    covered: list[Line]
    left_over: list[Line]  # visits of the sheet it does not cover
    negotiation: object = None

    @property
    def covers_all(self) -> bool:
        return not self.left_over

    @property
    def visits(self) -> int:
        """How many the sheet asks for in a week."""
        return len(self.covered) + len(self.left_over)

    @property
    def left_over_in_brief(self) -> list[str]:
        return in_brief(self.left_over)


def price_of(reply, *, rate=None) -> Price:
    """The offer's price at its own rate, or at the one negotiated."""
    return _price(reply, _contracted(reply), rate=rate)


def _contracted(reply):
    enquiry = reply.invitation.enquiry
    kind = enquiry.referral.pathway.terms.service_kind
    return directory.contracted_rate(kind, service=reply.invitation.service, on=reply.start_on)


def _price(reply, contracted, *, rate=None) -> Price:
    lines = lines_offered(reply.invitation.enquiry.sheet, reply.visits, reply.kind)
    contracted_rate = contracted.amount if contracted and contracted.unit == reply.unit else None
    return price(unit=reply.unit, rate=rate or rate_now(reply), lines=lines, contracted_rate=contracted_rate)


def rate_now(reply):
    """The rate the offer stands at: as agreed in negotiation, else as offered."""
    negotiation = getattr(reply, "negotiation", None)
    return negotiation.agreed_rate if negotiation and negotiation.agreed_rate else reply.rate


def offers_of(referral, *, at):
    """Current offers that may be read at this instant, not those of withdrawn enquiries."""
    return (
        Reply.objects.current()
        .offers()
        .readable_at(at)
        .filter(invitation__enquiry__referral=referral)
        .exclude(invitation__enquiry__status="withdrawn")
        .select_related(
            "invitation__service__provider",
            "invitation__enquiry__referral__pathway",
            "negotiation",
            "negotiation__ended_by",
        )
        .prefetch_related("negotiation__steps")
        .order_by("is_late", "made_at")
    )


def refusals_of(referral, *, at):
    """Who said no and what stood in the way."""
    return (
        Reply.objects.current()
        .filter(kind="no", invitation__enquiry__referral=referral)
        .readable_at(at)
        .select_related("invitation")
        .order_by("made_at")
    )


def options(referral, *, at) -> list[Option]:
    """Every readable offer, priced, cheapest first; those that cover all of it before those that do not. Late ones last."""
    kind = referral.pathway.terms.service_kind
    rate = directory.contracted_rate_of_each(kind, service="invitation__service", on="start_on")
    replies = list(offers_of(referral, at=at).annotate(contracted_rate_id=rate))
    rates = Rate.objects.in_bulk({reply.contracted_rate_id for reply in replies} - {None})
    found = [_option(reply, rates.get(reply.contracted_rate_id)) for reply in replies]
    return sorted(found, key=lambda option: (option.reply.is_late, not option.covers_all, option.price.weekly))


def option_of(reply) -> Option:
    return _option(reply, _contracted(reply))


def _option(reply, contracted) -> Option:
    sheet = reply.invitation.enquiry.sheet
    covered = lines_offered(sheet, reply.visits, reply.kind)
    everything = lines_offered(sheet, [], "whole")
    return Option(
        reply=reply,
        price=_price(reply, contracted),
        covered=covered,
        left_over=[line for line in everything if line not in covered],
        negotiation=getattr(reply, "negotiation", None),
    )


def current_choice(referral):
    return (
        Choice.objects.filter(referral=referral, is_current=True)
        .select_related(
            "reply__invitation__service__provider",
            "reply__invitation__enquiry__referral__pathway",
            "reply__negotiation",
        )
        .first()
    )
