"""Opening, submitting, starting and giving out a referral."""

from django.db import transaction

from brokerage.accounts.models import Role, User
from brokerage.audit.recording import record
from brokerage.clocks import calendars, clock, saying
from brokerage.deadlines import actions as deadlines
from brokerage.errors import NotAllowed, Refused
from brokerage.notify.telling import tell
from brokerage.numbers import next_number
from referrals.agreements import actions as agreements
from referrals.agreements.models import AgreementKind
from referrals.documents import rules as documents
from referrals.intake import rules
from referrals.intake.models import Priority, Referral, Stage
from referrals.intake.rows import take
from referrals.needs.models import Needs
from referrals.timing import actions as timing
from referrals.work import actions as work


@transaction.atomic
def open_draft(*, pathway, team, by, coordinator=None, route=None):
    """Begin a referral. It is the referrer's own until it is submitted; a duty officer may write it for a co-ordinator (DER-17)."""
    if reason := rules.reason_not_to_refer(by):
        raise NotAllowed(reason)
    facts = {"route": route} if route else {}
    referral = Referral.objects.create(
        reference=next_number("R"),
        pathway=pathway,
        team=team,
        referred_by=by,
        coordinator=coordinator or by,
        created_at=clock.now(),
        **facts,
    )
    Needs.objects.create(referral=referral)
    record(
        "referral.opened",
        referral,
        by=by,
        said=f"Referral for {pathway.name.lower()} begun",
    )
    return referral


@transaction.atomic
def say_when(referral, *, by, **facts):
    """Keep when support should start, how soon an answer is needed, and who pays."""
    for name, value in facts.items():
        setattr(referral, name, value)
    referral.save(update_fields=list(facts))


@transaction.atomic
def discard(referral, *, by):
    """Throw a draft away. What was submitted is never thrown away."""
    referral = take(referral)
    if reason := rules.reason_not_to_edit(referral, by):
        raise Refused(reason)
    person = referral.person
    record("referral.discarded", referral, by=by, said="Draft referral thrown away")
    referral.delete()
    if person and not person.referrals.exists():
        person.delete()


@transaction.atomic
def submit(referral, *, by):
    """Hand the referral to brokerage: it is received now, its clocks start, the team and the referrer are told."""
    referral = take(referral)
    if reason := rules.reason_not_to_submit(referral, by):
        raise Refused(reason)

    referral.move_to(Stage.RECEIVED)
    referral.received_at = clock.now()
    _touch(referral, by)
    referral.save()
    missing = documents.missing_papers(referral)
    work.take_up(referral, next_step="Start work")
    timing.start_clocks(referral, by=by)
    if referral.pathway.terms.agreement_to_search:
        agreements.require(
            referral,
            AgreementKind.SEARCH,
            because=f"{referral.pathway.name}: panel agrees the search first",
            by=by,
        )

    response = deadlines.running(referral, "response")
    record(
        "referral.submitted",
        referral,
        by=by,
        said=f"Referral for {referral.pathway.name.lower()} received",
        because=response.sentence,
        papers_missing=missing,
    )
    for address in _addresses_of(referral.coordinator, referral.referred_by):
        tell(
            address,
            "referral-received",
            case=referral.reference,
            about=referral,
            initials=referral.initials,
            reference=referral.reference,
            service=referral.pathway.name.lower(),
            sentence=response.sentence,
            missing=missing,
        )
    for address in _who_takes_new_work(referral.team):
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
            sentence=response.sentence,
        )
    return referral


@transaction.atomic
def start_work(referral, *, by):
    """Take the case and say that work has begun: the start clock stops (DER-04)."""
    referral = take(referral)
    if reason := rules.reason_not_to_start_work(referral, by):
        raise (Refused(reason) if by.has_role(Role.BROKER, Role.DUTY_BROKER) else NotAllowed(reason))

    referral.move_to(Stage.IN_PROGRESS)
    referral.broker = referral.started_by = by
    referral.started_at = clock.now()
    _touch(referral, by)
    referral.save()
    deadlines.hand_case_to(referral.reference, owner_id=by.pk)
    work.hand_to(referral, owner=by)
    timing.stop_start(referral, by=by)
    work.move_on(referral, next_step=_first_step(referral))
    record("referral.started", referral, by=by, said=f"{by.full_name} started work")
    for address in _addresses_of(referral.coordinator):
        tell(
            address,
            "work-started",
            case=referral.reference,
            about=referral,
            initials=referral.initials,
            reference=referral.reference,
            broker=by.full_name,
            phone=by.phone,
            due=_answer_by(referral),
        )
    return referral


@transaction.atomic
def assign(referral, *, to, by, because=""):
    """Give the case to a broker of its team."""
    referral = take(referral)
    if reason := rules.reason_not_to_assign(referral, by):
        raise NotAllowed(reason)
    if (
        not to.is_active
        or not to.has_role(Role.BROKER, Role.DUTY_BROKER)
        or not to.teams.filter(pk=referral.team_id).exists()
    ):
        raise Refused(f"{to.full_name} is not a broker of {referral.team.name}.")
    before = referral.broker
    referral.broker = to
    _touch(referral, by)
    referral.save()
    deadlines.hand_case_to(referral.reference, owner_id=to.pk)
    work.hand_to(referral, owner=to)
    said = f"Given to {to.full_name}" + (f", before it was {before.full_name}’s" if before and before != to else "")
    record("referral.assigned", referral, by=by, said=said, because=because)
    if to != by:
        tell(
            to.email,
            "case-given",
            case=referral.reference,
            about=referral,
            urgent=referral.priority != Priority.ROUTINE,
            initials=referral.initials,
            reference=referral.reference,
            by=by.full_name,
            because=because,
        )
    return referral


@transaction.atomic
def mark_arranged(referral, *, by):
    """A service is arranged. Called by placing, which is later than this."""
    referral = take(referral)
    referral.move_to(Stage.ARRANGED)
    _touch(referral, by)
    referral.save()
    return referral


def _touch(referral, by):
    referral.version += 1
    referral.changed_at, referral.changed_by = clock.now(), by


def _who_takes_new_work(team):
    """The team's mailbox; where it has none, its duty brokers."""
    if team.mailbox:
        return [team.mailbox]
    return _addresses_of(*User.objects.with_role(Role.DUTY_BROKER, team_id=team.pk))


def _addresses_of(*people):
    return sorted({person.email for person in people if person.is_active and person.email})


def _first_step(referral):
    if documents.missing_papers(referral):
        return "Get the missing papers"
    return "Put the search to panel" if referral.pathway.terms.agreement_to_search else "Write the enquiry"


def _answer_by(referral):
    running = deadlines.running(referral, "response")
    return saying.short(running.due_at, now=clock.now(), zone=calendars.policy().zone) if running else ""
