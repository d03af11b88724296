"""Who may refer, hand in, take and give out work, and why not."""

from brokerage.accounts.models import Role
from referrals.intake.models import Priority, Stage
from referrals.work.rules import reason_not_to_work_on

REFERS = (Role.COORDINATOR, Role.BROKER, Role.DUTY_BROKER)
HANDS_OUT_WORK = (Role.DUTY_BROKER, Role.TEAM_MANAGER)


def reason_not_to_refer(user) -> str | None:
    return None if user.has_role(*REFERS) else "Only a case co-ordinator or a broker can make a referral."


def reason_not_to_edit(referral, user) -> str | None:
    if user.pk not in {referral.referred_by_id, referral.coordinator_id}:
        return f"Only the referrer can change {referral.reference} before it is submitted."
    if referral.status != Stage.DRAFT:
        return f"{referral.reference} was submitted, so its answers stand. Tell the broker what has changed."
    return None


def unanswered(referral) -> list[tuple[str, str]]:
    """(task, sentence) for everything still to answer before the referral can be submitted (LEI-13)."""
    terms, missing = referral.pathway.terms, []
    person, needs = referral.person, getattr(referral, "needs", None)
    if person is None or not (person.first_names and person.last_name and person.born_on):
        missing.append(("person", "Enter the person’s name and date of birth"))
    elif not person.postcode:
        missing.append(("person", "Enter the person’s postcode"))
    if not referral.capacity:
        missing.append(("decisions", "Select whether the person can decide about this support"))
    elif referral.capacity == "no" and not person_has_best_interests_contact(person):
        missing.append(("decisions", "Enter who supports decisions in the person’s best interests"))  # GRN-08
    if needs is None or not needs.summary:
        missing.append(("needs", "Enter what is happening and what help is needed"))
    if needs is None or not needs.bands or not needs.mobility:
        missing.append(("needs", "Select the kind of care and how the person moves about"))
    if not referral.outcomes.all():
        missing.append(("outcomes", "Enter at least one outcome"))
    if terms.timetable and not referral.visits.all():
        missing.append(("timetable", "Add the visits that are needed"))
    if not referral.funding:
        missing.append(("when", "Select who pays"))
    if referral.wanted_start_on is None:
        missing.append(("when", "Enter when support should start"))
    if referral.priority != Priority.ROUTINE and not referral.priority_reason:
        missing.append(("when", "Enter why it cannot wait"))
    return missing


def person_has_best_interests_contact(person) -> bool:
    return person is not None and any(contact.supports_best_interests for contact in person.contacts.all())


def reason_not_to_submit(referral, user) -> str | None:
    if reason := reason_not_to_edit(referral, user):
        return reason
    if missing := unanswered(referral):
        return f"{referral.reference} cannot be submitted yet. {missing[0][1]}."
    return None


def reason_not_to_start_work(referral, user) -> str | None:
    if reason := reason_not_to_work_on(referral, user):
        return reason
    if referral.status == Stage.RECEIVED:
        if referral.broker_id and referral.broker_id != user.pk:
            return f"{referral.reference} was given to {referral.broker.full_name}."
        return None
    if referral.started_by_id and referral.started_by_id != user.pk:
        return f"{referral.started_by.full_name} already started work on {referral.reference}."
    return f"Work on {referral.reference} has already begun."


def reason_not_to_assign(referral, user) -> str | None:
    if not user.has_role(*HANDS_OUT_WORK):
        return "Only a duty broker or a team manager can give out work."
    if not user.teams.filter(pk=referral.team_id).exists():
        return f"{referral.reference} belongs to another team."
    if referral.status not in {Stage.RECEIVED, Stage.IN_PROGRESS, Stage.ARRANGED}:
        return f"{referral.reference} is {referral.get_status_display().lower()}, so there is nothing to give out."
    return None
