"""How soon an answer is needed may change after a referral was submitted: people get worse, and plans change."""

from django.db import transaction

from brokerage.accounts.models import Role
from brokerage.audit.recording import record
from brokerage.errors import Refused
from brokerage.notify.telling import tell
from referrals.intake.models import Priority, Stage
from referrals.intake.receiving import referrers_of, touch, who_takes_new_work
from referrals.intake.rows import take
from referrals.timing import actions as timing
from referrals.work import actions as work

WORST_FIRST = (Priority.EMERGENCY, Priority.URGENT, Priority.ROUTINE)


def reason_not_to_change_urgency(referral, user) -> str | None:
    own = user.pk in {referral.referred_by_id, referral.coordinator_id}
    of_the_team = user.has_role(Role.BROKER, Role.DUTY_BROKER, Role.TEAM_MANAGER) and user.is_in_team(referral.team_id)
    if not own and not of_the_team:
        return "Only the referrer, a broker or a team manager of the case’s team can say how soon an answer is needed."
    if referral.status == Stage.DRAFT:
        return f"{referral.reference} is a draft: say how soon an answer is needed on its own page."
    if referral.status not in {Stage.RECEIVED, Stage.IN_PROGRESS}:
        return f"{referral.reference} is {referral.get_status_display().lower()}, so no answer is waited for."
    return None


@transaction.atomic
def change(referral, *, priority: str, because: str, by):
    """Say that an answer is needed sooner, or may wait.

    Sooner, the clocks run to whichever deadline comes first: what was promised is never put off. Where it may wait after
    all, the clocks that run stand as they are.

    Raises:
        Refused: it is that already, the pathway does not know it, or no reason is given.
    """
    referral, priority, because = take(referral), Priority(priority), because.strip()
    if reason := reason_not_to_change_urgency(referral, by):
        raise Refused(reason)
    if priority == referral.priority:
        raise Refused(f"{referral.reference} is {priority.label.lower()} already.")
    if priority not in referral.pathway.terms.priorities:
        raise Refused(f"{referral.pathway.name} is never {priority.label.lower()}. Talk to a duty broker.")
    if not because:
        raise Refused("Enter why an answer is needed sooner, or may wait.")
    before = Priority(referral.priority)
    referral.priority, referral.priority_reason = priority, "" if priority == Priority.ROUTINE else because[:300]
    touch(referral, by)
    referral.save()
    work.show_priority(referral)
    if WORST_FIRST.index(priority) < WORST_FIRST.index(before):
        timing.hurry(referral, by=by, because=f"Now {priority.label.lower()}: {because}")
    said = f"Now {priority.label.lower()}, before it was {before.label.lower()}"
    record("referral.urgency_changed", referral, by=by, said=said, because=because)
    brokers = [referral.broker_address] if referral.broker_id else who_takes_new_work(referral.team)
    for address in sorted({*brokers, *referrers_of(referral)} - {by.email, ""}):
        tell(
            address,
            "urgency-changed",
            case=referral.reference,
            about=referral,
            urgent=priority != Priority.ROUTINE,
            initials=referral.initials,
            reference=referral.reference,
            priority=priority.label.lower(),
            before=before.label.lower(),
            by=by.full_name,
        )
    return referral
