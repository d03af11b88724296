"""A provider answers, changes its mind, or says that it was not them."""

from django.db import transaction
from django.db.models import Max

from brokerage.audit.recording import Outsider, record
from brokerage.clocks import calendars, clock
from brokerage.errors import Refused
from brokerage.links import links
from providers.enquiries.letters import when
from providers.enquiries.models import Enquiry, EnquiryStatus, Invitation
from providers.enquiries.sheet import Sheet
from providers.replies import letters, receipts, rules
from providers.replies.answer import Answer
from providers.replies.models import Reply, ReplyKind
from referrals.work import actions as work
from referrals.work.models import WaitsOn


@transaction.atomic
def reply(invitation, *, kind, by_name, by_role, entered_by=None, **answers) -> Reply:
    """Keep what a provider said. Said again, it is a new version; the earlier one is kept.

    Args:
        answers: the rest of an `Answer`.
        entered_by: the broker who took it down, where it was spoken.
    """
    invitation = take(invitation)
    answer = sound(invitation, Answer(kind=kind, by_name=by_name, by_role=by_role, **answers))
    return keep(invitation, answer, made_at=clock.now(), entered_by=entered_by)


@transaction.atomic
def disown(invitation, *, by_name, by_role, versions=()):
    """Somebody says that a reply was not theirs. It counts no more, the one before it counts again, and the links
    made so far are dead: a fresh one goes to the registered mailbox.

    Args:
        versions: which replies; the latest where none is named.
    """
    invitation = take(invitation)
    if reason := rules.reason_not_to_disown(invitation):
        raise Refused(reason)
    if not by_name.strip() or not by_role.strip():
        raise Refused("Enter your name and your role.")
    standing = invitation.replies.stands()
    named = standing.filter(version__in=versions) if versions else standing.order_by("-version")[:1]
    disowned = list(named)
    if not disowned:
        raise Refused("Select the replies that were not yours.")

    invitation.replies.filter(pk__in=[one.pk for one in disowned]).update(is_current=False, disowned_at=clock.now())
    now_counts = _restore(invitation)
    links.replace(invitation)
    enquiry = invitation.enquiry
    _say_so_in_the_queue(enquiry)
    by = Outsider(by_name.strip(), role=by_role.strip(), organisation=invitation.service_name)
    for one in disowned:
        said = f"{invitation.service_name} says the reply by {letters.who(one)}, {when(one.made_at)}, was not theirs. It no longer counts"
        record("reply.disowned", one, by=by, case=enquiry.case_reference, said=said, version=one.version)
        letters.disowned(invitation, one, standing=now_counts)
    letters.fresh_link(invitation, standing=now_counts, is_late=rules.is_late(invitation, at=clock.now()))
    return disowned


@transaction.atomic
def take_back(invitation, *, because, by):
    """What a broker took down on the phone was a mistake: it counts no more, and the one before it counts again."""
    invitation = take(invitation)
    mistaken = invitation.replies.current().exclude(entered_by=None).first()
    if mistaken is None:
        raise Refused("Only a reply that was taken down on the phone can be taken back here.")
    invitation.replies.filter(pk=mistaken.pk).update(is_current=False, disowned_at=clock.now())
    _restore(invitation)
    case, said = (
        invitation.case_reference,
        f"The reply taken down for {invitation.service_name} was a mistake and counts no more",
    )
    record("reply.taken_back", mistaken, by=by, case=case, said=said, because=because, version=mistaken.version)
    letters.taken_back(invitation, mistaken)


def take(invitation) -> Invitation:
    """The enquiry's row, then the invitation's: replies to one enquiry come one after the other, and never amid its end."""
    Enquiry.objects.select_for_update(of=("self",), no_key=True).get(pk=invitation.enquiry_id)
    return (
        Invitation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("enquiry__referral__person", "enquiry__referral__broker", "enquiry__referral__team", "service")
        .get(pk=invitation.pk)
    )


def sound(invitation, answer) -> Answer:
    """The answer, tidied; refused where it is not whole or not wanted any more."""
    if reason := rules.reason_not_to_reply(invitation):
        raise Refused(reason)
    answer = answer.tidied()
    today = calendars.policy().local(clock.now()).date()
    if reason := rules.reason_not_to_say(answer, sheet=Sheet.from_data(invitation.enquiry.sheet), today=today):
        raise Refused(reason)
    return answer


def keep(invitation, answer, *, made_at, entered_by=None) -> Reply:
    """`invitation` has been taken and `answer` is sound."""
    enquiry = invitation.enquiry
    late = rules.is_late(invitation, at=made_at)
    current = invitation.replies.current().first()
    counts = not (late and current and not current.is_late)  # a late change of mind never displaces what came in time
    if counts:
        invitation.replies.current().update(is_current=False)
    version = (invitation.replies.aggregate(last=Max("version"))["last"] or 0) + 1
    said = Reply.objects.create(
        invitation=invitation,
        version=version,
        is_current=counts,
        made_at=made_at,
        entered_by=entered_by,
        is_late=late,
        receipt=receipts.number_of(invitation, answer, version=version, made_at=made_at),
        unit=enquiry.sheet["unit"] if answer.offers else "",
        **_columns(answer),
    )
    _say_so_in_the_queue(enquiry)
    by = entered_by or Outsider(said.by_name, role=said.by_role, organisation=invitation.service_name)
    told = _in_history(invitation.service_name, said, replaced=current)
    record("reply.made", said, by=by, case=enquiry.case_reference, said=told, version=version, receipt=said.receipt)
    letters.receipt(invitation, said)
    if said.kind == ReplyKind.INTERESTED:
        letters.asks_for_call(invitation, said)
    return said


def _columns(answer) -> dict:
    return {name: getattr(answer, name) for name in Answer.__dataclass_fields__} | {"visits": list(answer.visits)}


def _in_history(name, said, *, replaced) -> str:
    """That they replied, never what: this is read before offers may be."""
    if not said.is_current:
        return f"{name} replied again after the deadline; its reply in time is the one that counts"
    deed = "changed its reply" if replaced else "replied"
    if said.kind == ReplyKind.INTERESTED:
        deed = "asks for a call"
    return f"{name} {deed}{', after the deadline' if said.is_late else ''}"


def _restore(invitation) -> Reply | None:
    """What counts once some replies do not: the last of those in time, else the last of the late ones."""
    current = (
        invitation.replies.current().first() or invitation.replies.stands().order_by("is_late", "-version").first()
    )
    if current and not current.is_current:
        current.is_current = True
        current.save(update_fields=["is_current"])
    return current


def _say_so_in_the_queue(enquiry):
    if enquiry.status != EnquiryStatus.OPEN:
        return
    asked = enquiry.invitations.count()
    answered = asked - enquiry.invitations.unanswered().count()
    if answered == asked:
        work.move_on(enquiry.referral, next_step="Everyone has replied: close the enquiry", waits_on=WaitsOn.BROKERAGE)
    else:
        step = f"{answered} of {asked} replied, closes {when(enquiry.closes_at)}"
        work.move_on(enquiry.referral, next_step=step, waits_on=WaitsOn.PROVIDER)
