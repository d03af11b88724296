from datetime import timedelta

from placements.choosing.rules import reason_offer_no_longer_stands
from referrals.agreements.rules import reason_not_to_pay
from referrals.documents.rules import reason_not_to_arrange as reason_papers_are_missing
from referrals.intake.models import Stage
from referrals.work.rules import reason_not_to_work_on


def reason_not_to_arrange(referral, user, *, choice, price) -> str | None:
    """Why the chosen offer may not be arranged now: the person's choice, the papers, panel's yes to the price."""
    if reason := reason_not_to_work_on(referral, user):
        return reason
    if referral.status == Stage.ARRANGED:
        return f"{referral.reference} is already arranged."
    if referral.status != Stage.IN_PROGRESS:
        return f"{referral.reference} is {referral.get_status_display().lower()}, so nothing can be arranged."
    if choice is None:
        return "Record the person’s choice before arranging the placement."
    if reason := reason_offer_no_longer_stands(choice.reply):
        return f"{reason} Record the person’s choice again."
    if reason := reason_papers_are_missing(referral):
        return reason
    return reason_not_to_pay(
        referral, weekly_cost=price.weekly, contracted_weekly=price.contracted_weekly, reply_id=choice.reply_id
    )


def reason_not_to_start_on(start_on, *, today) -> str | None:
    """A day that can be meant: what was typed wrong is asked for again."""
    if start_on is None:
        return "Enter the day the service starts."
    if start_on > today + timedelta(days=366):
        return "Enter a start within a year from today."
    if start_on < today - timedelta(days=31):
        return "Enter a start no more than a month ago."
    return None
