"""A referral taken over the phone, in two minutes: it counts as received now, and its paperwork follows (DER-16, GRN-09)."""

from django.db import transaction
from django.utils import timezone

from brokerage.audit.recording import record
from brokerage.clocks import clock
from brokerage.errors import NotAllowed, Refused
from referrals.access import actions as access
from referrals.documents import actions as documents
from referrals.intake import rules
from referrals.intake.actions import open_draft
from referrals.intake.models import Referral
from referrals.intake.receiving import receive
from referrals.intake.rows import take
from referrals.needs import actions as needs
from referrals.people.models import Person


@transaction.atomic
def phone_in(
    *,
    pathway,
    team,
    by,
    person: dict,
    summary: str,
    wanted_start_on,
    priority: str,
    priority_reason: str,
    coordinator=None,
    route=None,
    caller: dict | None = None,
    notice_reason: str = "",
    pen_picture: str = "",
    funding_agreed_by: str = "",
):
    """Write down what somebody says on the phone, so that a broker can begin before the paperwork.

    Args:
        person: what is known: names, and a birth date or `about_age`; an existing `Person` may stand under "known".
        coordinator: the caller's own account; without one, `caller` says who they are.
        caller: organisation, contact_name, contact_phone, contact_email of somebody who has no account here.
        notice_reason: why it came by phone, where it does not start today, tomorrow or before a bank holiday.
    """
    if not by.has_role(*rules.REFERS):
        raise NotAllowed("Only a broker or a co-ordinator can take a referral by phone.")
    if coordinator is None and not (caller and caller.get("contact_name")):
        raise Refused("Enter who is ringing.")
    facts = {**(caller or {}), "referrer_is_outside": coordinator is None, "phone_first": True}
    referral = open_draft(pathway=pathway, team=team, by=by, coordinator=coordinator, route=route, **facts)
    referral = take(referral)
    referral.person = person.get("known") or Person.objects.create(**person)
    referral.wanted_start_on = wanted_start_on
    referral.priority, referral.priority_reason = priority, priority_reason
    referral.discussed_with = by.full_name if rules.is_to_be_discussed(referral) else ""  # this call is the discussion
    referral.save()
    if hidden := _restricted_case_of(referral.person, by):
        access.restrict_like(referral, hidden, by=by)
    needs.describe(referral, by=by, summary=summary)
    _record_said_papers(referral, pen_picture, funding_agreed_by, by=by)

    spoke = coordinator.full_name if coordinator else caller["contact_name"]
    receive(referral, by=by, said=f"{spoke} rang in a referral for {pathway.name.lower()}")
    if notice_reason:
        record("referral.phoned_because", referral, by=by, said="Rung in before its paperwork", because=notice_reason)
    documents.begin_chasing(referral, by=by)
    return referral


def _restricted_case_of(person, by):
    """Of those that whoever is at the phone may open."""
    return Referral.objects.visible_to(by).filter(person=person, is_restricted=True).order_by("-pk").first()


def _record_said_papers(referral, pen_picture, funding_agreed_by, *, by):
    today = timezone.localdate(clock.now())
    if pen_picture.strip():
        documents.record_paper(
            referral, kind="pen_picture", dated_on=today, by=by, words=pen_picture.strip(), where="By phone"
        )
    if funding_agreed_by.strip():
        where = f"By phone: agreed by {funding_agreed_by.strip()}"[:120]
        documents.record_paper(referral, kind="funding_agreement", dated_on=today, by=by, where=where)
