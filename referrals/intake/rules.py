"""Who may refer, hand in, take and give out work, and why not."""

from django.utils import timezone

from brokerage.accounts.models import Role
from brokerage.clocks import clock, saying
from brokerage.deadlines.models import Clock
from referrals.intake import duplicates
from referrals.intake.completeness import unanswered
from referrals.intake.models import Priority, Route, Stage
from referrals.work.rules import reason_not_to_work_on

REFERS = (Role.COORDINATOR, Role.BROKER, Role.DUTY_BROKER)
HANDS_OUT_WORK = (Role.DUTY_BROKER, Role.TEAM_MANAGER)
STILL_OPEN = {Stage.RECEIVED, Stage.IN_PROGRESS, Stage.ARRANGED}
PRIORITIES = list(Priority.values)  # soonest first
PUT_TO_OTHERS = ("options", "reply", "panel", "signature")


def reason_not_to_refer(user) -> str | None:
    return None if user.has_role(*REFERS) else "Only a case co-ordinator or a broker can make a referral."


def reason_pathway_does_not_fit(pathway, team, route) -> str | None:
    if pathway.serves != team.serves:
        return f"{pathway.name} is for {pathway.get_serves_display().lower()}, and {team.name} serves {team.get_serves_display().lower()}."
    if pathway.terms.routes and (route or Route.COORDINATOR) not in pathway.terms.routes:
        by = saying.listed([Route(each).label.lower() for each in pathway.terms.routes])
        return f"{pathway.name} is referred only by these: {by}."
    return None


def reason_not_to_edit(referral, user) -> str | None:
    """While a draft its pages are the referrer's; of one that was rung in they stay open until all is written down (DER-16)."""
    own = user.pk in {referral.referred_by_id, referral.coordinator_id}
    if referral.received_at and referral.owes_paperwork and referral.status in STILL_OPEN:
        return None if own else reason_not_to_work_on(referral, user)
    if not own:
        return f"Only the referrer can change {referral.reference} before it is submitted."
    if referral.status != Stage.DRAFT:
        return f"{referral.reference} was submitted, so its answers stand. Tell the broker what has changed."
    return None


def reason_not_to_discard(referral, user) -> str | None:
    if referral.status != Stage.DRAFT:
        return f"{referral.reference} was submitted, so it cannot be thrown away."
    return reason_not_to_edit(referral, user)


def reason_not_ready(referral, user) -> str | None:
    """What is to be done before it can be submitted, apart from saying whom an urgent case was talked over with."""
    if referral.status != Stage.DRAFT:
        return f"{referral.reference} was submitted, so its answers stand. Tell the broker what has changed."
    if reason := reason_not_to_edit(referral, user):
        return reason
    if missing := unanswered(referral):
        return f"{referral.reference} cannot be submitted yet. {missing[0][1]}."
    if duplicates.undecided(referral, user):
        return "Somebody on record may be the same person. Say whether they are, before you submit."
    return None


def is_to_be_discussed(referral) -> bool:
    """An urgent case of this pathway is talked over with brokerage on the phone first (LEI-03)."""
    return referral.pathway.terms.discuss_if_urgent and referral.priority != Priority.ROUTINE


def reason_not_to_submit(referral, user) -> str | None:
    if reason := reason_not_ready(referral, user):
        return reason
    if is_to_be_discussed(referral) and not referral.discussed_with:
        return "Enter whom in brokerage you talked this over with on the phone."
    return None


def reason_not_to_finish_paperwork(referral, user) -> str | None:
    if not referral.owes_paperwork:
        return f"{referral.reference} does not wait for its paperwork."
    if reason := reason_not_to_edit(referral, user):
        return reason
    if missing := unanswered(referral):
        return f"{missing[0][1]} first."
    return None


def reason_not_to_copy(referral, user) -> str | None:
    if reason := reason_not_to_refer(user):
        return reason
    return None if referral.received_at else f"{referral.reference} is a draft: go on with it, or throw it away."


def reason_not_to_refer_on(referral, user) -> str | None:
    """A person on a short-term service who will need a long-term one is referred on as soon as that is known (DER-15)."""
    if reason := reason_not_to_copy(referral, user):
        return reason
    if referral.status not in STILL_OPEN:
        return f"{referral.reference} is {referral.get_status_display().lower()}. Copy it to make a new referral."
    return None


def reason_not_to_compare(referral, other, user) -> str | None:
    """Who may say what two referrals are to each other."""
    if referral.status == Stage.DRAFT:
        return reason_not_to_edit(referral, user)
    return reason_not_to_work_on(referral, user) or reason_not_to_work_on(other, user)


def reason_not_to_say_same_person(referral, other, user) -> str | None:
    """Two cases of one person show the same of them: what only those named may read must not be read on the other."""
    if reason := reason_not_to_compare(referral, other, user):
        return reason
    if other.is_restricted and referral.status == Stage.DRAFT:
        return None  # it becomes as restricted as the other
    return _reason_one_is_open(referral, other)


def _reason_one_is_open(referral, other) -> str | None:
    if referral.is_restricted == other.is_restricted:
        return None
    hidden, shown = (referral, other) if referral.is_restricted else (other, referral)
    return f"{hidden.reference} is restricted and {shown.reference} is not. Restrict {shown.reference} to the same people first."


def reason_not_to_join(referral, other, user) -> str | None:
    """Why this referral cannot be joined to the other, which goes on."""
    if reason := reason_not_to_compare(referral, other, user):
        return reason
    if other.status not in STILL_OPEN:
        return f"{other.reference} is {other.get_status_display().lower()}, so nothing can be joined to it."
    if (referral.is_restricted or referral.received_at) and (reason := _reason_one_is_open(referral, other)):
        return reason
    cannot_wait = PRIORITIES.index(referral.priority) < PRIORITIES.index(other.priority)
    if referral.status == Stage.DRAFT:
        if cannot_wait:
            return (
                f"This cannot wait as long as {other.reference}, which is {other.get_priority_display().lower()}. "
                "Submit it, so that its clock starts: the broker can join the two."
            )
        return None
    if referral.status not in {Stage.RECEIVED, Stage.IN_PROGRESS}:
        return f"{referral.reference} is {referral.get_status_display().lower()}, so it cannot be joined to another."
    is_put_to_others = Clock.objects.running().filter(case=referral.reference, kind__in=PUT_TO_OTHERS).exists()
    if is_put_to_others or referral.enquiries.filter(status="open").exists():  # a ring-round has no clock of its own
        return f"{referral.reference} is with providers or panel. Withdraw that first, or join {other.reference} to it."
    if cannot_wait:
        return (
            f"{referral.reference} is {referral.get_priority_display().lower()} and cannot wait as long as {other.reference}. "
            f"Join {other.reference} to it, so that its clocks run on."
        )
    if _is_due_sooner(referral, other):
        return f"{referral.reference} is due before {other.reference}. Join {other.reference} to it, so that its clocks run on."
    return None


def _is_due_sooner(referral, other) -> bool:
    """Whether joining would lose time that was promised. What is with providers already goes on, whenever it is due."""
    both = Clock.objects.running().filter(case__in=[referral.reference, other.reference])
    if both.filter(case=other.reference, kind__in=PUT_TO_OTHERS).exists():
        return False
    due = dict(both.filter(kind="response").values_list("case", "due_at"))
    return len(due) == 2 and due[referral.reference] < due[other.reference]


def reason_not_to_start_work(referral, user) -> str | None:
    if reason := reason_not_to_work_on(referral, user):
        return reason
    if referral.status == Stage.RECEIVED:
        if referral.broker_id and referral.broker_id != user.pk:
            return f"{referral.reference} was given to {referral.broker.full_name}."
        return reason_kept_on_file(referral)
    if referral.started_by_id and referral.started_by_id != user.pk:
        return f"{referral.started_by.full_name} already started work on {referral.reference}."
    return f"Work on {referral.reference} has already begun."


def reason_kept_on_file(referral) -> str | None:
    """An early request for a play scheme is dealt with when its year has come (LEI-06)."""
    day = referral.kept_until
    if day is None or timezone.localdate(clock.now()) >= day:
        return None
    return f"{referral.reference} is kept on file until {saying.full_day(day, year=True)}. Start work on it then."


def reason_not_to_take(referral, user) -> str | None:
    """For oneself, without saying yet that work has begun."""
    if reason := reason_not_to_work_on(referral, user):
        return reason
    if referral.status not in {Stage.RECEIVED, Stage.IN_PROGRESS, Stage.ARRANGED}:
        return f"{referral.reference} is {referral.get_status_display().lower()}, so there is nothing to take."
    if referral.broker_id and referral.broker_id != user.pk:
        return f"{referral.reference} was given to {referral.broker.full_name}."
    return None


def reason_not_to_assign(referral, user) -> str | None:
    if not user.has_role(*HANDS_OUT_WORK):
        return "Only a duty broker or a team manager can give out work."
    if not user.teams.filter(pk=referral.team_id).exists():
        return f"{referral.reference} belongs to another team."
    if referral.status not in {Stage.RECEIVED, Stage.IN_PROGRESS, Stage.ARRANGED}:
        return f"{referral.reference} is {referral.get_status_display().lower()}, so there is nothing to give out."
    return None
