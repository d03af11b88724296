"""A broker answers the referrer in words: what was found out, that nothing was found, or a plan with a date."""

from datetime import datetime
from enum import StrEnum

from django.db import transaction

from brokerage.audit.recording import record
from brokerage.clocks import calendars, clock, saying
from brokerage.errors import Refused
from brokerage.notify.telling import tell
from referrals.intake.models import Stage
from referrals.intake.receiving import referrers_of
from referrals.intake.rows import take
from referrals.timing import actions as timing
from referrals.timing.wording import without_name
from referrals.work import actions as work
from referrals.work.models import WaitsOn
from referrals.work.rules import reason_not_to_work_on


class Answer(StrEnum):
    INFORMATION = "information"
    NOTHING_FOUND = "nothing_found"
    PLAN = "plan"


SAID = {
    Answer.INFORMATION: "Answered the referrer",
    Answer.NOTHING_FOUND: "Told the referrer that nothing was found, and asked what may flex",
    Answer.PLAN: "Gave the referrer a plan",
}


def reason_not_to_answer(referral, user) -> str | None:
    if reason := reason_not_to_work_on(referral, user):
        return reason
    if referral.status == Stage.RECEIVED:
        return f"Start work on {referral.reference} before you answer it."
    if referral.status != Stage.IN_PROGRESS:
        return f"{referral.reference} is {referral.get_status_display().lower()}, so there is nothing to answer."
    return None


@transaction.atomic
def answer(referral, *, kind: str, words: str, by, until: datetime | None = None):
    """Answer the referrer: the response clock stops (GRN-04). A plan starts the clock of what it promises.

    Args:
        until: for a plan, when the referrer will hear more.

    Raises:
        Refused: no words, or a plan with no time still to come.
    """
    referral, kind, words = take(referral), Answer(kind), words.strip()
    if reason := reason_not_to_answer(referral, by):
        raise Refused(reason)
    if not words:
        raise Refused("Enter what you tell the referrer.")
    words = without_name(words, referral.person)
    match kind:
        case Answer.PLAN:
            if until is None or until <= clock.now():
                raise Refused("Enter a day and time still to come for when the referrer will hear more.")
            timing.promise(referral, by=by, until=until, plan=words)
            work.refresh_due(referral)
        case Answer.NOTHING_FOUND:
            timing.answer(referral, by=by, because="Nothing found: may this flex?")
            timing.expect_words(referral, by=by)
            work.move_on(referral, next_step="Referrer to say what may flex", waits_on=WaitsOn.REFERRER)
        case Answer.INFORMATION:
            timing.answer(referral, by=by, because="The referrer was answered")
    record(f"referral.answered.{kind}", referral, by=by, said=SAID[kind], because=words)
    for address in referrers_of(referral):
        tell(
            address,
            "referral-answered",
            case=referral.reference,
            about=referral,
            initials=referral.initials,
            reference=referral.reference,
            by=by.full_name,
            phone=by.phone or referral.team.duty_phone,
            nothing_found=kind == Answer.NOTHING_FOUND,
            until=_in_words(until) if kind == Answer.PLAN else "",
            outside=referral.referrer_is_outside,
        )
    return referral


def _in_words(instant) -> str:
    zone = calendars.policy().zone
    day = instant.astimezone(zone).date()
    return f"{saying.full_day(day)}, {saying.face(instant, zone=zone)}"
