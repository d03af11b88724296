"""Paperwork that is to follow: after a referral by phone, or where a case goes ahead before its papers are all there."""

import logging

from django.conf import settings
from django.db import transaction

from brokerage.audit.recording import record
from brokerage.clocks import calendars, clock, saying, working_time
from brokerage.deadlines import actions as deadlines
from brokerage.notify.telling import tell
from referrals.documents import rules
from referrals.documents.kinds import PLANS, label_of
from referrals.documents.models import Chase, ChaseReason
from referrals.documents.rows import hold
from referrals.work import actions as work

logger = logging.getLogger(__name__)

CLOCK = "papers"
AT_ONCE = 100
THE_REST = "The referral itself, with every question answered"
BECAUSE = {
    ChaseReason.PHONE_FIRST: "The referral came by phone",
    ChaseReason.INTERIM: "It cannot wait for all its papers",
}


def owed(referral) -> list[str]:
    """In words, in the pathway's order: empty when all the paperwork has come."""
    kinds = rules.kinds_owed(referral)
    plan_due = rules.is_phone_first(referral) and referral.pathway.terms.plan_before_start
    if plan_due and not set(PLANS) & {*kinds, *(paper.kind for paper in referral.papers.all())}:
        kinds = [*kinds, PLANS[0]]
    rest = [THE_REST] if getattr(referral, "owes_paperwork", False) else []
    return [label_of(kind) for kind in kinds] + rest


@transaction.atomic
def begin_chasing(referral, *, by):
    """From now on the worker owes the paperwork, a working day from now, and hears of it each working day until it has come.

    Harmless where nothing is owed, or it is chased already.
    """
    referral = hold(referral)
    missing = owed(referral)
    if not missing or referral.chases.open().exists():
        return None
    now, policy = clock.now(), calendars.policy()
    reason = ChaseReason.PHONE_FIRST if rules.is_phone_first(referral) else ChaseReason.INTERIM
    due_at = a_working_day_after(now, policy)
    chase = Chase.objects.create(referral=referral, reason=reason, began_at=now, began_by=by, next_letter_at=due_at)
    deadlines.start(
        chase,
        CLOCK,
        deadline=_deadline(chase, due_at, policy),
        case=referral.reference,
        team_id=referral.team_id,
        owner_id=referral.broker_id,
        initials=referral.initials,
        by=by,
    )
    work.refresh_due(referral)
    said = f"Paperwork is to follow: {saying.listed([words[0].lower() + words[1:] for words in missing])}"
    record("papers.chased", chase, by=by, case=referral.reference, said=said, because=BECAUSE[reason])
    return chase


def look_again(referral, *, by):
    """Something came. When all of it has, nobody is written to any more and the clock stops."""
    if referral.chases.open().exists() and not owed(referral):
        end(referral, by=by, because="All of it has come")


def end(referral, *, by, because):
    chase = Chase.objects.select_for_update().open().filter(referral=referral).first()
    if chase is None:
        return
    chase.ended_at, chase.ended_because = clock.now(), because[:120]
    chase.save(update_fields=["ended_at", "ended_because"])
    deadlines.stop(chase, CLOCK, by=by, because=because)
    work.refresh_due(referral)
    record(
        "papers.complete",
        chase,
        by=by,
        case=referral.reference,
        said="The paperwork is chased no more",
        because=because,
    )


def write_due() -> int:
    """Every letter that is owed by now, once each, however many ask at once; one that fails holds up no other."""
    if settings.SENDING_PAUSED:
        return 0
    written, failed = 0, set()
    while True:
        due = list(Chase.objects.due(clock.now()).exclude(pk__in=failed).order_by("next_letter_at")[:AT_ONCE])
        if not due:
            return written
        for chase in due:
            try:
                written += _write(chase)
            except Exception:
                logger.exception("Paperwork could not be chased: chase %s.", chase.pk)
                failed.add(chase.pk)


@transaction.atomic
def _write(chase) -> int:
    referral = hold(chase.referral)
    chase = Chase.objects.select_for_update().filter(pk=chase.pk).due(clock.now()).first()
    if chase is None:
        return 0
    missing = owed(referral)
    if not missing or referral.status in {"closed", "withdrawn"}:
        end(referral, by=None, because="All of it has come" if not missing else "The case is over")
        return 0
    chase.letters += 1
    chase.next_letter_at = a_working_day_after(clock.now(), calendars.policy())
    chase.save(update_fields=["letters", "next_letter_at"])
    tell(
        referral.coordinator_address,
        "papers-owed",
        case=referral.reference,
        about=chase,
        initials=referral.initials,
        reference=referral.reference,
        papers=missing,
        by_phone=chase.reason == ChaseReason.PHONE_FIRST,
        began=saying.full_day(chase.began_at.astimezone(calendars.policy().zone).date()),
    )
    return 1


def a_working_day_after(instant, policy):
    """The same time of day on the next working day; out of hours counts from the next opening."""
    return working_time.provider_reply_due("adults_one_working_day", instant, policy)


def _deadline(chase, due_at, policy) -> working_time.Deadline:
    at = saying.short(due_at, now=chase.began_at, zone=policy.zone)
    came = "The referral came by phone" if chase.reason == ChaseReason.PHONE_FIRST else "We went ahead"
    began = f"{chase.began_at.astimezone(policy.zone):%a} {saying.face(chase.began_at, zone=policy.zone)}"
    sentence = f"{came} on {began}, before its paperwork was there: the rest is due one working day later, {at}."
    return working_time.Deadline(due_at, sentence, "papers:one working day", policy.calendar, chase.began_at)
