"""Asking the worker for the papers a case lacks: once, with a list, and no clock of ours runs while we wait for them."""

from datetime import timedelta

from django.db import transaction

from brokerage.audit.recording import record
from brokerage.clocks import calendars, clock, saying, working_time
from brokerage.errors import NotAllowed, Refused
from brokerage.notify.telling import tell
from referrals.documents import rules
from referrals.documents.kinds import in_sentence, label_of
from referrals.documents.models import PaperRequest, PaperWaiver
from referrals.documents.rows import hold
from referrals.timing import actions as timing
from referrals.work import actions as work
from referrals.work.models import WaitsOn

GET_THEM = "Get the missing papers"


@transaction.atomic
def ask_for_papers(referral, *, kinds, by, words=""):
    """Write to the worker once, with the whole list. The response clock waits with them, but never in an emergency."""
    referral = hold(referral)
    if reason := rules.reason_not_to_ask(referral, by):
        raise Refused(reason)
    askable = {*rules.missing_kinds(referral), *rules.kinds_owed(referral)}
    kinds = [kind for kind in rules.kinds_offered(referral) if kind in set(kinds) & askable]
    if not kinds:
        raise Refused("Select the papers to ask for.")
    asked = PaperRequest.objects.create(
        referral=referral,
        kinds=kinds,
        words=words.strip(),
        next_step_before=referral.work.next_step,
        asked_at=clock.now(),
        asked_by=by,
        told_at=clock.now(),
    )
    record(
        "papers.asked_for",
        asked,
        by=by,
        case=referral.reference,
        said=f"Asked {referral.coordinator.full_name} for: {_listed(kinds)}",
        because=asked.words,
        kinds=kinds,
    )
    _write(asked, referral, kinds, template="papers-wanted")
    if not _is_emergency(referral):
        timing.pause(
            referral,
            waits_on=WaitsOn.REFERRER,
            because=f"Papers are missing: {_listed(kinds)}",
            by=by,
            whom=referral.coordinator.full_name,
            expected=_expected(referral),
        )
        work.move_on(referral, next_step=_waiting_for(kinds), waits_on=WaitsOn.REFERRER)
    return asked


@transaction.atomic
def remind(request, *, by):
    """The same list again, less what has come: once a working day."""
    referral = hold(request.referral)
    request = _take(request)
    policy = calendars.policy()
    today = clock.now().astimezone(policy.zone).date()
    if reason := rules.reason_not_to_remind(request, by, today=today, is_working_day=policy.is_working_day(today)):
        raise Refused(reason)
    request.told_at = clock.now()
    request.save(update_fields=["told_at"])
    kinds = rules.still_wanted(request, referral)
    said = f"Reminded {referral.coordinator.full_name} of: {_listed(kinds)}"
    record("papers.reminded", request, by=by, case=referral.reference, said=said)
    _write(request, referral, kinds, template="papers-reminder")
    return request


@transaction.atomic
def stop_waiting(request, *, because, by):
    """Our clock runs again. What is missing stays missing: nothing is arranged before it comes."""
    referral, request = hold(request.referral), _take(request)
    if reason := rules.reason_not_to_end(request, by):
        raise Refused(reason)
    if not because.strip():
        raise Refused("Enter why we stop waiting.")
    return end(request, referral, by=by, because=because.strip())


@transaction.atomic
def go_on_without(request, *, because, by):
    """Let the case go on without what has not come, where its pathway lets this person say so."""
    referral, request = hold(request.referral), _take(request)
    kinds = rules.still_wanted(request, referral)
    if reason := rules.reason_not_to_end(request, by):
        raise Refused(reason)
    if reason := rules.reason_not_to_waive(referral, kinds, by):
        raise NotAllowed(reason)
    if not because.strip():
        raise Refused("Enter why the case may go on without it.")
    for kind in kinds:
        waiver = PaperWaiver.objects.create(
            referral=referral, kind=kind, because=because.strip(), waived_at=clock.now(), waived_by=by
        )
        said = f"The case goes on without the {in_sentence(kind)}"
        record("paper.waived", waiver, by=by, case=referral.reference, said=said, because=because.strip())
    return end(request, referral, by=by, because=because.strip())


def a_paper_came(referral, *, was_missing, by):
    """Called after a paper was put on record: with the last one, the wait is over and the broker hears of it."""
    asked = rules.open_request(referral)
    if asked:
        still = rules.still_wanted(asked, referral)
        if still:
            if not _is_emergency(referral):
                work.move_on(referral, next_step=_waiting_for(still), waits_on=WaitsOn.REFERRER)
            return
        end(asked, referral, by=by, because="")
        _tell_broker(referral, by=by)
    elif was_missing and not rules.missing_kinds(referral):
        if referral.work.next_step == GET_THEM:
            work.move_on(referral, next_step=_after_the_papers(referral))
        _tell_broker(referral, by=by)


def end(request, referral, *, by, because):
    """The wait is over: what was unspent of the response clock is given back, and the queue says again what it said."""
    request.answered_at, request.answered_by, request.ended_because = clock.now(), by, because
    request.save(update_fields=["answered_at", "answered_by", "ended_because"])
    said = "We no longer wait for papers" if because else "Every paper that was asked for has come"
    record("papers.answered", request, by=by, case=referral.reference, said=said, because=because)
    if not _is_emergency(referral):
        timing.resume(referral, by=by, because=because or "The papers came", waits_on=WaitsOn.REFERRER)
        if referral.work.next_step.startswith(WAITING):
            before = request.next_step_before
            step = before if before and before != GET_THEM else _after_the_papers(referral)
            work.move_on(referral, next_step=step)
    return request


def _take(request):
    return (
        PaperRequest.objects.select_for_update(of=("self",)).select_related("referral", "asked_by").get(pk=request.pk)
    )


def _write(request, referral, kinds, *, template):
    tell(
        referral.coordinator_address,
        template,
        case=referral.reference,
        about=request,
        initials=referral.initials,
        reference=referral.reference,
        papers=[label_of(kind) for kind in kinds],
        words=request.words,
        broker=request.asked_by.full_name,
        phone=request.asked_by.phone,
        waits=not _is_emergency(referral),
    )


def _expected(referral):
    """When the pathway says a worker should have found what is missing: the wait has a clock of its own until then."""
    now, policy = clock.now(), calendars.policy()
    due_at = working_time.add_working(now, timedelta(minutes=referral.pathway.terms.papers_within_minutes), policy)
    return working_time.expected(due_at, now, policy, whom=referral.coordinator.full_name)


def _tell_broker(referral, *, by):
    if referral.broker is None or referral.broker == by:
        return
    tell(
        referral.broker_address,
        "papers-here",
        case=referral.reference,
        about=referral,
        initials=referral.initials,
        reference=referral.reference,
        by=by.full_name,
    )


WAITING = "Waiting for: "


def _waiting_for(kinds) -> str:
    words = WAITING + ", ".join(in_sentence(kind) for kind in kinds)
    return words if len(words) <= 120 else words[:119] + "…"


def _after_the_papers(referral) -> str:
    if rules.missing_kinds(referral):
        return GET_THEM
    return "Put the search to panel" if referral.pathway.terms.agreement_to_search else "Write the enquiry"


def _listed(kinds) -> str:
    return saying.listed([in_sentence(kind) for kind in kinds])


def _is_emergency(referral) -> bool:
    return referral.priority == "emergency"
