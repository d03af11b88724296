"""When a request for the summer play scheme is accepted, when panel is asked, and until when it is kept on file (LEI-06)."""

from datetime import date

from django.utils import timezone

from brokerage.clocks import clock
from referrals.playscheme.dates import REVIEWED_WITHIN_MONTHS, months_before, scheme_of
from referrals.playscheme.models import PlayRequest, Scheme


def request_of(referral) -> PlayRequest | None:
    return getattr(referral, "play_request", None)


def is_asked(referral) -> bool:
    return "play_scheme" in referral.pathway.terms.pages


def years_open(today: date) -> list[int]:
    """This year's until its last call, and the next, which is kept on file until it opens."""
    this = [today.year] if today <= scheme_of(today.year).last_call_on else []
    return [*this, today.year + 1]


def most_days(referral, scheme: Scheme) -> int:
    return referral.pathway.terms.most_days or scheme.most_days


def why_panel(request: PlayRequest, scheme: Scheme, today: date) -> str | None:
    """Why panel's approval is needed; None where the request may come straight to brokerage."""
    if not request.case_is_open:
        return "it is a new case"
    if today > scheme.closes_on:
        return f"the closing date for open cases was {_day(scheme.closes_on)}"
    if not request.in_care_plan:
        return "the play scheme is not part of the care plan"
    if request.reviewed_on is None or request.reviewed_on < months_before(today, REVIEWED_WITHIN_MONTHS):
        return "the support was not reviewed in the last six months"
    return None


def reasons_not_to_accept(referral, today: date | None = None) -> list[str]:
    """What is to be put right before it can be submitted, in sentences."""
    today, request = today or timezone.localdate(clock.now()), request_of(referral)
    if request is None:
        return ["Enter what is wanted of the summer play scheme"]
    scheme = scheme_of(request.year)
    if today > scheme.last_call_on:
        return [
            f"Select another year: the {scheme.year} play scheme took its last requests on {_day(scheme.last_call_on)}"
        ]
    reasons = []
    if (why := why_panel(request, scheme, today)) and request.panel_approved_on is None:
        reasons.append(f"Enter the date on which panel approved the play scheme: {why}")
    most = most_days(referral, scheme)
    if request.days_wanted > most and not request.more_days_because:
        reasons.append(f"Enter the identified need for more than {most} days, or ask for {most} at most")
    if request.parents_told_on is None:
        reasons.append("Tell the parents the points of the annex, and enter when you did")
    return reasons


def comes_without_panel(referral, today: date | None = None) -> bool:
    """A request in time, for an open case, in a plan that was reviewed: its manager's word is enough (LEI-06)."""
    request = request_of(referral) if is_asked(referral) else None
    today = today or timezone.localdate(clock.now())
    return request is not None and why_panel(request, scheme_of(request.year), today) is None


def kept_until(referral, today: date) -> date | None:
    """The day until which an early request waits on file; None where it is dealt with on receipt."""
    request = request_of(referral) if is_asked(referral) else None
    if request is None:
        return None
    opens_on = scheme_of(request.year).opens_on
    return opens_on if today < opens_on else None


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
