"""A new referral from an earlier one: what stays true of a person is brought along, and looked at again page by page."""

from django.db import transaction

from brokerage.audit.recording import record
from brokerage.errors import Refused
from referrals.access import actions as access
from referrals.intake import rules
from referrals.intake.actions import open_draft
from referrals.intake.models import FollowsAs, Referral
from referrals.needs.models import Needs
from referrals.pathways.models import Pathway
from referrals.questions import actions as questions
from referrals.questions.library import all_questions

REFERRAL_STAYS = ("capacity", "funding", "organisation")
COPIED = ("person", "contact", "decisions", "needs", "outcomes", "preferences", "timetable")


@transaction.atomic
def copy_from(earlier, *, by, pathway=None, coordinator=None, follows_as=FollowsAs.COPY, **facts):
    """Begin a referral of the same person. Papers, dates, urgency and agreements are not copied: they are of their day.

    Args:
        pathway: where it is another than the earlier one's; what the earlier asked is kept where both ask it.
    """
    if reason := rules.reason_not_to_copy(earlier, by):
        raise Refused(reason)
    pathway = pathway or _in_force(earlier.pathway)
    stays = {name: getattr(earlier, name) for name in REFERRAL_STAYS}
    draft = open_draft(
        pathway=pathway, team=earlier.team, by=by, coordinator=coordinator, route=earlier.route, **stays | facts
    )
    draft.person, draft.follows, draft.follows_as = earlier.person, earlier, follows_as
    draft.unchecked_pages = [*COPIED] + (["when"] if earlier.funding else [])
    draft.save()
    access.restrict_like(draft, earlier, by=by)
    _copy_needs(earlier, draft)
    _copy_rows(earlier.outcomes.all(), draft)
    if pathway.terms.timetable:
        _copy_rows(earlier.visits.all(), draft)
    _copy_answers(earlier, draft)
    record("referral.copied", draft, by=by, said=f"{draft.get_follows_as_display()} {earlier.reference}")
    return draft


@transaction.atomic
def refer_on(earlier, *, pathway, hand_over_on, by):
    """A long-term need after a short-term service: linked to it, with the day on which the short-term one ends (DER-15)."""
    if reason := rules.reason_not_to_refer_on(earlier, by):
        raise Refused(reason)
    draft = copy_from(
        earlier, by=by, pathway=pathway, follows_as=FollowsAs.TRANSITION, hand_over_on=hand_over_on,
        wanted_start_on=hand_over_on,
    )  # fmt: skip
    said = f"Referred on for {pathway.name.lower()}, from {hand_over_on:%d %B %Y}: {draft.reference}"
    record("referral.referred_on", earlier, by=by, said=said)
    return draft


def check_off(referral, page):
    """Somebody has looked at what was copied to this page, and saved or confirmed it."""
    if page in referral.unchecked_pages:
        referral.unchecked_pages = [each for each in referral.unchecked_pages if each != page]
        Referral.objects.filter(pk=referral.pk).update(unchecked_pages=referral.unchecked_pages)


@transaction.atomic
def confirm(referral, page, *, by):
    """What was copied to this page still holds."""
    held = Referral.objects.select_for_update().get(pk=referral.pk)
    if reason := rules.reason_not_to_edit(held, by):
        raise Refused(reason)
    check_off(held, page)


def _in_force(pathway):
    """The same kind as it is asked today: a case keeps its version, a new one takes the newest."""
    today = Pathway.objects.in_force().filter(code=pathway.code).first()
    if today is None:
        raise Refused(f"{pathway.name} is not referred any more. Make a new referral of another kind.")
    return today


def _copy_needs(earlier, draft):
    for field in Needs._meta.concrete_fields:
        if field.name not in ("id", "referral"):
            setattr(draft.needs, field.name, getattr(earlier.needs, field.name))
    draft.needs.save()


def _copy_rows(rows, draft):
    copies = list(rows)
    for row in copies:
        row.pk, row.referral = None, draft
        row._state.adding = True
    if copies:
        type(copies[0]).objects.bulk_create(copies)


def _copy_answers(earlier, draft):
    """To the questions that both ask; dates are of their day and are asked again."""
    asked = {question.key: question for question in all_questions(draft.pathway.terms)}
    dated = frozenset(key for key, question in asked.items() if question.kind in ("date", "dates"))
    copied = questions.copy_answers(earlier, draft, by=draft.referred_by, leaving_out=dated)
    draft.unchecked_pages = sorted({*draft.unchecked_pages, *(asked[answer.key].page for answer in copied)})
    Referral.objects.filter(pk=draft.pk).update(unchecked_pages=draft.unchecked_pages)
