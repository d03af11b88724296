"""What a referral still lacks before it can be submitted."""

from referrals.intake.models import Priority


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
