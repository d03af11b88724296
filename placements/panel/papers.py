"""What panel reads, drafted from the record: the need, who was asked, the offers, the cost against the rate, the negotiation."""

from brokerage.clocks import calendars
from referrals.needs.week import hours_a_week, week_of


def to_search(referral) -> dict:
    return {"question": "May we search?", **_need(referral)}


def to_pay(referral, *, option, options, enquiry) -> dict:
    """
    Args:
        option: the offer chosen. options: every offer that was readable, `placements.choosing.queries.Option`.
    """
    price, reply = option.price, option.reply
    negotiation = option.negotiation
    return {
        "question": "May we pay this?",
        **_need(referral),
        "provider": reply.invitation.service_name,
        "start_on": reply.start_on.isoformat(),
        "unit": reply.get_unit_display(),
        "rate": str(price.rate),
        "weekly": str(price.weekly),
        "contracted_weekly": None if price.contracted_weekly is None else str(price.contracted_weekly),
        "above": str(price.above),
        "asked": enquiry.invitations.count(),
        "offers": [
            {
                "provider": other.reply.invitation.service_name,
                "weekly": str(other.price.weekly),
                "start_on": other.reply.start_on.isoformat(),
                "rating": other.reply.invitation.service.rating_overall,
                "miles": str(other.reply.invitation.miles or ""),
                "covers_all": other.covers_all,
                "chosen": other.reply.pk == reply.pk,
            }
            for other in options
        ],
        "negotiation": [
            {
                "side": step.get_side_display(),
                "rate": str(step.rate),
                "words": step.words,
                "on": calendars.policy().local(step.made_at).date().isoformat(),
            }
            for step in (negotiation.steps.all() if negotiation else [])
        ],
        "negotiation_ended": negotiation.get_status_display() if negotiation else "",
    }


def _need(referral) -> dict:
    lines = week_of(referral.visits.all())
    return {
        "service": referral.pathway.name,
        "priority": referral.get_priority_display(),
        "summary": referral.needs.summary,
        "bands": list(referral.needs.bands),
        "mobility": referral.needs.get_mobility_display(),
        "outcomes": [outcome.words for outcome in referral.outcomes.all()],
        "hours_a_week": str(hours_a_week(lines)) if lines else "",
        "wanted_start_on": referral.wanted_start_on.isoformat() if referral.wanted_start_on else "",
        "papers": [f"{paper.get_kind_display()}, {paper.dated_on:%d %B %Y}" for paper in referral.papers.all()],
    }
