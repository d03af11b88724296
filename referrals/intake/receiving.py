"""A referral becomes brokerage's: its clocks start, it stands in the queue, and everybody who should hears of it."""

from django.utils import timezone

from brokerage.accounts.models import Role, User
from brokerage.audit.recording import record
from brokerage.clocks import clock
from brokerage.deadlines import actions as deadlines
from brokerage.notify.telling import tell
from referrals.agreements import actions as agreements
from referrals.agreements.models import AgreementKind
from referrals.documents import rules as documents
from referrals.intake import duplicates, handing_over
from referrals.intake.models import Priority, Stage
from referrals.playscheme.rules import kept_until
from referrals.timing import actions as timing
from referrals.work import actions as work


def receive(referral, *, by, said):
    """Called with the row held, by whoever submits it or writes it down at the phone."""
    referral.move_to(Stage.RECEIVED)
    referral.received_at = clock.now()
    referral.kept_until = kept_until(referral, timezone.localdate(referral.received_at))  # LEI-06
    touch(referral, by)
    referral.save()
    work.take_up(referral, next_step=_first_step(referral))
    timing.start_clocks(referral, by=by)
    handing_over.start_clock(referral, by=by)
    _require_agreements(referral, by=by)

    response = deadlines.running(referral, "response")
    missing = documents.missing_papers(referral)
    record("referral.submitted", referral, by=by, said=said, because=response.sentence, papers_missing=missing)
    _tell_referrer(referral, response.sentence, missing)
    _tell_brokerage(referral, response.sentence)
    return referral


def _first_step(referral) -> str:
    day = referral.kept_until
    return f"Kept on file until {day.day} {day:%B %Y}" if day else "Start work"


def touch(referral, by):
    referral.version += 1
    referral.changed_at, referral.changed_by = clock.now(), by


def addresses_of(*people):
    return sorted({person.email for person in people if person.is_active and person.email})


def referrers_of(referral) -> list[str]:
    """Who refers, and the co-ordinator where that is somebody else; the caller, where they have no account here."""
    if referral.referrer_is_outside:
        return [referral.outside_address] if referral.outside_address else []
    return addresses_of(referral.coordinator, referral.referred_by)


def who_takes_new_work(team):
    """The team's mailbox; where it has none, its duty brokers."""
    if team.mailbox:
        return [team.mailbox]
    return addresses_of(*User.objects.with_role(Role.DUTY_BROKER, team_id=team.pk))


def _require_agreements(referral, *, by):
    if referral.pathway.terms.agreement_to_search:
        because = f"{referral.pathway.name}: panel agrees the search first"
        agreements.require(referral, AgreementKind.SEARCH, because=because, by=by)


def _tell_referrer(referral, sentence, missing):
    for address in referrers_of(referral):
        tell(
            address,
            "referral-by-phone" if referral.phone_first else "referral-received",
            case=referral.reference,
            about=referral,
            initials=referral.initials,
            reference=referral.reference,
            service=referral.pathway.name.lower(),
            sentence=sentence,
            missing=missing,
            outside=referral.referrer_is_outside,
            team=referral.team.name,
            mailbox=referral.team.mailbox,
            phone=referral.team.duty_phone,
            plan=referral.phone_first and referral.pathway.terms.plan_before_start,
        )


def _tell_brokerage(referral, sentence):
    known = bool(duplicates.of(referral))
    for address in who_takes_new_work(referral.team):
        tell(
            address,
            "referral-to-take",
            case=referral.reference,
            about=referral,
            urgent=referral.priority != Priority.ROUTINE,
            initials=referral.initials,
            reference=referral.reference,
            service=referral.pathway.name.lower(),
            priority=referral.get_priority_display().lower(),
            sentence=sentence,
            known=known,
        )
