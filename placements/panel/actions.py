"""Putting a question to panel, and recording what panel decided."""

from django.db import transaction

from brokerage.accounts.models import Role, User
from brokerage.audit.recording import record
from brokerage.clocks import calendars, clock, working_time
from brokerage.deadlines import actions as deadlines
from brokerage.errors import NotAllowed, Refused
from brokerage.money import pounds
from brokerage.notify.telling import tell
from placements.choosing import queries as choosing
from placements.panel import papers, rules
from placements.panel.models import Submission, SubmissionStatus
from referrals.agreements import actions as agreements
from referrals.agreements.models import AgreementKind
from referrals.agreements.rules import search_agreement
from referrals.intake.rows import take
from referrals.timing import actions as timing
from referrals.work import actions as work
from referrals.work.models import WaitsOn

DECISION_DAYS = 5  # working days; the clock on panel itself


@transaction.atomic
def ask_to_search(referral, *, recommendation, by):
    """Ask panel whether we may search (MED-06)."""
    referral = take(referral)
    if reason := rules.reason_not_to_ask_to_search(referral, by):
        raise Refused(reason)
    agreement = agreements.require(referral, AgreementKind.SEARCH, because=_search_reason(referral), by=by)
    return _put_to_panel(referral, agreement, recommendation=recommendation, paper=papers.to_search(referral), by=by)


@transaction.atomic
def ask_to_pay(referral, *, reply, recommendation, by):
    """Ask panel to agree to the price of the chosen offer (MED-11)."""
    referral, choice = take(referral), choosing.current_choice(referral)
    if choice is None or reply is None or choice.reply_id != reply.pk:
        raise Refused(rules.CHOOSE_FIRST)
    reply = choice.reply
    option = choosing.option_of(reply)
    if reason := rules.reason_not_to_ask_to_pay(referral, by, reply=reply, price=option.price):
        raise Refused(reason)
    name, cost = reply.invitation.service_name, option.price.weekly
    contracted = option.price.contracted_weekly
    because = (
        f"{pounds(cost)} a week is above the contracted {pounds(contracted)}"
        if contracted is not None
        else f"There is no contracted rate to compare {pounds(cost)} a week with"
    )
    agreement = agreements.require(
        referral,
        AgreementKind.ABOVE_RATE,
        because=because,
        by=by,
        reply_id=reply.pk,
        provider_name=name,
        weekly_cost=cost,
    )
    paper = papers.to_pay(
        referral, option=option, options=choosing.options(referral, at=clock.now()), enquiry=reply.invitation.enquiry
    )
    return _put_to_panel(
        referral, agreement, recommendation=recommendation, paper=paper, by=by, reply=reply, weekly_cost=cost
    )


@transaction.atomic
def approve(submission, *, by, because="", conditions=""):
    """Record that panel agreed, so that the broker can go on."""
    submission = _decide(submission, SubmissionStatus.APPROVED, by=by, because=because, conditions=conditions)
    agreements.grant(
        submission.agreement,
        by=by,
        proposer_id=submission.proposed_by_id,
        cost=submission.weekly_cost,
        conditions=conditions,
        because=because,
    )
    is_search = submission.agreement.kind == AgreementKind.SEARCH
    _go_on(submission, "Write the enquiry" if is_search else "Arrange the placement", by=by)
    return submission


@transaction.atomic
def defer(submission, *, by, because, conditions=""):
    """Panel needs to know more first. The question may be put again."""
    submission = _decide(submission, SubmissionStatus.DEFERRED, by=by, because=because)
    _go_on(submission, "Answer panel’s question and ask again", by=by)
    return submission


@transaction.atomic
def decline(submission, *, by, because, conditions=""):
    submission = _decide(submission, SubmissionStatus.DECLINED, by=by, because=because)
    agreements.decline(submission.agreement, by=by, proposer_id=submission.proposed_by_id, because=because)
    _go_on(submission, "Panel declined: agree what to do with the referrer", by=by)
    return submission


def _put_to_panel(referral, agreement, *, recommendation, paper, by, reply=None, weekly_cost=None):
    if not recommendation.strip():
        raise Refused("Enter what you recommend and why.")
    submission = Submission.objects.create(
        referral=referral,
        agreement=agreement,
        reply=reply,
        recommendation=recommendation.strip(),
        paper=paper,
        weekly_cost=weekly_cost,
        proposed_at=clock.now(),
        proposed_by=by,
        broker_id_then=referral.broker_id,
        referrer_id_then=referral.referred_by_id,
        coordinator_id_then=referral.coordinator_id,
    )
    deadlines.start(
        submission,
        "panel",
        deadline=working_time.within_days(DECISION_DAYS, clock.now(), calendars.policy(), rule="panel"),
        case=referral.reference,
        team_id=referral.team_id,
        owner_id=None,
        priority=referral.priority,
        initials=referral.initials,
        by=by,
    )
    because = f"{agreement.get_kind_display()}: panel decides"
    timing.pause(referral, waits_on=WaitsOn.PANEL, because=because, by=by, whom="panel")  # AMB-01
    work.move_on(referral, next_step="Panel to decide", waits_on=WaitsOn.PANEL)
    record(
        "panel.asked", submission, by=by, said=f"{agreement.get_kind_display()}: put to panel", because=recommendation
    )
    for address in _panel_addresses(referral):
        tell(
            address,
            "panel-asked",
            case=referral.reference,
            about=submission,
            initials=referral.initials,
            reference=referral.reference,
            question=agreement.get_kind_display().lower(),
            path=submission.get_absolute_url(),
        )
    tell(
        referral.coordinator_address,
        "with-panel",
        case=referral.reference,
        about=submission,
        initials=referral.initials,
        reference=referral.reference,
        question=agreement.get_kind_display().lower(),
    )
    return submission


def _decide(submission, status, *, by, because, conditions=""):
    Submission.objects.select_for_update().get(pk=submission.pk)  # held first: what is joined is then as it is now
    submission = Submission.objects.select_related(
        "referral__team", "referral__person", "referral__broker", "referral__coordinator", "agreement", "reply"
    ).get(pk=submission.pk)
    if reason := rules.reason_not_to_decide(submission, by):
        raise Refused(reason) if submission.status != SubmissionStatus.AT_PANEL else NotAllowed(reason)
    if status != SubmissionStatus.APPROVED and not because.strip():
        raise Refused("Enter why panel did not approve this.")

    submission.move_to(status)
    submission.decided_at, submission.decided_by = clock.now(), by
    submission.decided_because, submission.conditions = because.strip(), conditions.strip()
    submission.version += 1
    submission.save()
    deadlines.stop(submission, "panel", by=by, because=f"Panel decided: {submission.get_status_display().lower()}")

    question = submission.agreement.get_kind_display()
    said = f"{question}: panel {submission.get_status_display().lower()} it"
    record(f"panel.{status}", submission, by=by, said=said, because=because, conditions=conditions)
    referral = submission.referral
    people = [referral.broker, referral.coordinator]
    for address in sorted({person.email for person in people if person and person.is_active}):
        tell(
            address,
            "panel-decided",
            case=referral.reference,
            about=submission,
            initials=referral.initials,
            reference=referral.reference,
            question=question.lower(),
            decision=submission.get_status_display().lower(),
            because=because,
            conditions=conditions,
        )
    return submission


def _go_on(submission, next_step, *, by):
    because = f"Panel {submission.get_status_display().lower()} it"
    timing.resume(submission.referral, by=by, because=because, waits_on=WaitsOn.PANEL)
    work.move_on(submission.referral, next_step=next_step, waits_on=WaitsOn.BROKERAGE)


def _search_reason(referral):
    agreement = search_agreement(referral)
    return agreement.because if agreement else f"{referral.pathway.name}: panel agrees the search first"


def _panel_addresses(referral):
    deciders = User.objects.with_any_role(Role.PANEL_CHAIR, Role.PANEL_MEMBER, team_id=referral.team_id)
    return sorted(deciders.values_list("email", flat=True))
