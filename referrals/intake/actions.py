"""Opening, submitting, starting and giving out a referral."""

from django.db import transaction

from brokerage.accounts.models import Role
from brokerage.audit.recording import record
from brokerage.clocks import calendars, clock, saying
from brokerage.deadlines import actions as deadlines
from brokerage.errors import NotAllowed, Refused
from brokerage.notify.telling import tell
from brokerage.numbers import next_number
from referrals.access import actions as access
from referrals.documents import actions as papers
from referrals.documents import rules as documents
from referrals.intake import handing_over, rules
from referrals.intake.models import Priority, Referral, Stage
from referrals.intake.receiving import addresses_of, receive, referrers_of, touch
from referrals.intake.rows import take
from referrals.needs.models import Needs
from referrals.timing import actions as timing
from referrals.work import actions as work


@transaction.atomic
def open_draft(*, pathway, team, by, coordinator=None, route=None, **facts):
    """Begin a referral. It is the referrer's own until it is submitted; a duty officer may write it for a co-ordinator (DER-17).

    Args:
        facts: who refers, where it is not simply the co-ordinator: `organisation`, `contact_name` and so on.
    """
    if reason := rules.reason_not_to_refer(by) or rules.reason_pathway_does_not_fit(pathway, team, route):
        raise NotAllowed(reason) if not by.has_role(*rules.REFERS) else Refused(reason)
    if route:
        facts["route"] = route
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
    record("referral.opened", referral, by=by, said=f"Referral for {pathway.name.lower()} begun")
    if referral.coordinator != by:
        _tell_coordinator_of_draft(referral, by=by)
    return referral


def _tell_coordinator_of_draft(referral, *, by):
    for address in addresses_of(referral.coordinator):
        tell(
            address,
            "referral-begun-for-you",
            case=referral.reference,
            about=referral,
            reference=referral.reference,
            by=by.full_name,
            service=referral.pathway.name.lower(),
        )


@transaction.atomic
def say_when(referral, *, by, **facts):
    """Keep when support should start, how soon an answer is needed, and who pays. How soon stands once the clocks run."""
    if referral.received_at and facts.get("priority", referral.priority) != referral.priority:
        raise Refused(
            f"{referral.reference} was received as {referral.get_priority_display().lower()}, and its clocks run. "
            "Ring the broker if it cannot wait so long."
        )
    for name, value in facts.items():
        setattr(referral, name, value)
    referral.save(update_fields=list(facts))


@transaction.atomic
def discard(referral, *, by):
    """Throw a draft away. What was submitted is never thrown away."""
    referral = take(referral)
    if reason := rules.reason_not_to_discard(referral, by):
        raise Refused(reason)
    throw_away(referral, by=by)


def throw_away(referral, *, by):
    """Called with the row held: the draft, its files, and its person where nobody else has referred them."""
    person = referral.person
    papers.forget_files(referral)
    record("referral.discarded", referral, by=by, said="Draft referral thrown away")
    referral.delete()
    if person and not person.referrals.exists():
        person.delete()


@transaction.atomic
def submit(referral, *, by, discussed_with=""):
    """Hand the referral to brokerage: it is received now, its clocks start, the team and the referrer are told.

    Args:
        discussed_with: whom in brokerage an urgent case was talked over with, where its pathway asks for that (LEI-03).
    """
    referral = take(referral)
    referral.discussed_with = discussed_with.strip() or referral.discussed_with
    if reason := rules.reason_not_to_submit(referral, by):
        raise Refused(reason)
    receive(referral, by=by, said=f"Referral for {referral.pathway.name.lower()} received")
    if referral.discussed_with:
        record("referral.discussed", referral, by=by, said=f"Talked over on the phone with {referral.discussed_with}")
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
    touch(referral, by)
    referral.save()
    deadlines.hand_case_to(referral.reference, owner_id=by.pk)
    work.hand_to(referral, owner=by)
    timing.stop_start(referral, by=by)
    work.move_on(referral, next_step=_first_step(referral))
    record("referral.started", referral, by=by, said=f"{by.full_name} started work")
    for address in referrers_of(referral):
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
    touch(referral, by)
    referral.save()
    deadlines.hand_case_to(referral.reference, owner_id=to.pk)
    work.hand_to(referral, owner=to)
    access.name_whoever_works_on_it(referral, to, by=by)
    said = f"Given to {to.full_name}" + (f", before it was {before.full_name}’s" if before and before != to else "")
    record("referral.assigned", referral, by=by, said=said, because=because)
    if before and before != to:
        _tell_referrer_of_new_broker(referral, to)
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
    touch(referral, by)
    referral.save()
    handing_over.stop_clock(referral, by=by, because="A service is arranged")
    return referral


def _tell_referrer_of_new_broker(referral, broker):
    for address in referrers_of(referral):
        tell(
            address,
            "broker-changed",
            case=referral.reference,
            about=referral,
            initials=referral.initials,
            reference=referral.reference,
            broker=broker.full_name,
            phone=broker.phone,
        )


def _first_step(referral):
    if documents.missing_papers(referral):
        return "Get the missing papers"
    return "Put the search to panel" if referral.pathway.terms.agreement_to_search else "Write the enquiry"


def _answer_by(referral):
    running = deadlines.running(referral, "response")
    return saying.short(running.due_at, now=clock.now(), zone=calendars.policy().zone) if running else ""
