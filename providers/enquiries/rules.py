"""Who may ask providers, and why not yet: each answer one sentence, or None."""

from brokerage.accounts.models import Role
from brokerage.clocks import clock
from providers.enquiries.composing import Composition
from providers.enquiries.models import EnquiryStatus
from referrals.agreements.rules import reason_not_to_search
from referrals.approval.rules import reason_not_to_take_up
from referrals.documents.rules import missing_before_asking
from referrals.intake.models import Stage

BROKERS = frozenset({Role.BROKER, Role.DUTY_BROKER})
RELEASERS = frozenset({*BROKERS, Role.TEAM_MANAGER})


def reason_not_to_begin(referral, user) -> str | None:
    if reason := _reason_not_the_broker(referral, user):
        return reason
    if reason := _reason_not_in_progress(referral):
        return reason
    if reason := reason_not_to_take_up(referral) or reason_not_to_search(referral):
        return reason
    if unfinished := referral.enquiries.filter(status__in=[EnquiryStatus.DRAFT, EnquiryStatus.OPEN]).first():
        state = "being written" if unfinished.status == EnquiryStatus.DRAFT else "open"
        return f"{unfinished.number} for {referral.reference} is {state}, so another enquiry cannot begin yet."
    return None


def reason_not_to_write(enquiry, user) -> str | None:
    """For every change before it is sent."""
    if reason := _reason_not_the_broker(enquiry.referral, user):
        return reason
    if enquiry.status != EnquiryStatus.DRAFT:
        return f"{enquiry.number} is {_state(enquiry)}, so what providers read can no longer be changed."
    return None


def reason_not_to_release(enquiry, user, composition=None) -> str | None:
    if enquiry.status != EnquiryStatus.DRAFT:
        return f"{enquiry.number} is {_state(enquiry)}, so there is nothing to release."
    if not user.has_role(*RELEASERS) or not user.is_in_team(enquiry.referral.team_id):
        return f"Only a broker or team manager of {enquiry.referral.team} can release what providers read."
    if user.pk in (enquiry.created_by_id, enquiry.written_by_id):
        return "You wrote this, so somebody else must read and release it."
    composition = composition or Composition(enquiry, at=clock.now())
    return _reason_not_fit_to_read(composition)


def reason_not_to_send(enquiry, user, composition=None) -> str | None:
    referral = enquiry.referral
    if reason := _reason_not_the_broker(referral, user):
        return reason
    if enquiry.status != EnquiryStatus.DRAFT:
        return f"{enquiry.number} is {_state(enquiry)}, so it cannot be sent again."
    if reason := _reason_not_in_progress(referral):
        return reason
    if reason := reason_not_to_take_up(referral) or reason_not_to_search(referral):
        return reason
    if missing := _reason_papers_missing(referral):
        return missing
    composition = composition or Composition(enquiry, at=clock.now())
    if reason := _reason_not_fit_to_read(composition):
        return reason
    if composition.needs_release and not composition.is_released:
        return _reason_not_released(enquiry)
    if not composition.to_ask:
        return _reason_nobody_to_ask(composition)
    return None


def reason_not_to_say(enquiry, user, composition) -> str | None:
    """On the phone: the same words as by letter, as carefully looked at."""
    if reason := _reason_not_the_broker(enquiry.referral, user):
        return reason
    if reason := _reason_not_fit_to_read(composition):
        return reason
    if composition.needs_release and not composition.is_released:
        return (
            "A second person must read and release what providers are told first: write the enquiry, then ring round."
        )
    return None


def reason_it_is_sealed(enquiry) -> str | None:
    if enquiry.status != EnquiryStatus.OPEN or enquiry.open_from_start:
        return None
    return (
        f"{enquiry.number} is open and its offers are sealed, so nobody can be rung about it before it closes. "
        "Withdraw it to ring round instead."
    )


def reason_not_to_close(enquiry, user, *, at) -> str | None:
    """`user` is None for the sweep, which closes what is past its deadline."""
    if user is not None and (reason := _reason_not_the_broker(enquiry.referral, user)):
        return reason
    if enquiry.status != EnquiryStatus.OPEN:
        return f"{enquiry.number} is {_state(enquiry)}, so it cannot be closed."
    if at < enquiry.closes_at and not enquiry.by_phone and enquiry.invitations.unanswered().exists():
        return f"{enquiry.number} is open until its deadline, unless every provider asked answers before."
    return None


def reason_not_to_withdraw(enquiry, user) -> str | None:
    if reason := _reason_not_the_broker(enquiry.referral, user):
        return reason
    if not enquiry.can_move_to(EnquiryStatus.WITHDRAWN):
        return f"{enquiry.number} is {_state(enquiry)}, so it cannot be withdrawn."
    return None


def _reason_not_the_broker(referral, user) -> str | None:
    if user.has_role(*BROKERS) and user.is_in_team(referral.team_id):
        return None
    return f"Only a broker of {referral.team} can ask providers about {referral.reference}."


def _reason_not_in_progress(referral) -> str | None:
    if referral.status == Stage.IN_PROGRESS:
        return None
    if referral.status == Stage.RECEIVED:
        return f"Start work on {referral.reference} first: nobody is asked before a broker has the case."
    return f"{referral.reference} is {referral.get_status_display().lower()}, so no provider can be asked about it."


def _reason_papers_missing(referral) -> str | None:
    missing = missing_before_asking(referral)
    if not missing:
        return None
    names = [f"the {name[0].lower()}{name[1:]}" for name in missing]
    listed = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return f"Record {listed} first: providers are asked once the papers are complete."


def _reason_not_fit_to_read(composition) -> str | None:
    if "need_in_brief" in composition.referral.pathway.terms.sheet and not composition.enquiry.need_in_brief.strip():
        return "Write the need in brief: providers read it first."
    if count := len(composition.blocking):
        first = composition.blocking[0].found
        more = f" and {count - 1} more" if count > 1 else ""
        return f"Take “{first}”{more} out of what providers read: it would say who this is."
    if count := len(composition.uncleared):
        them = "one warning" if count == 1 else f"{count} warnings"
        return f"Clear {them} first: take the words out, or say why they can stay."
    return None


def _reason_not_released(enquiry) -> str:
    if enquiry.released_at:
        return "What providers read has changed since it was released, so a second person must release it again."
    return "A second person must read and release this before it is sent."


def _reason_nobody_to_ask(composition) -> str:
    if not composition.candidates and not composition.referral.person.postcode:
        return "Add the person’s postcode to the record: without it nobody near can be found to ask."
    terms = composition.referral.pathway.terms
    return f"Nobody can be asked: no service within {terms.within_miles} miles offers {terms.service_in_words} now."


def _state(enquiry) -> str:
    return enquiry.get_status_display().lower()
