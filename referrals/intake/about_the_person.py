from django.db import transaction

from brokerage.audit.recording import record
from brokerage.errors import Refused
from referrals.intake.rows import take
from referrals.joining.likeness import Description, how_alike
from referrals.people.models import Contact, Person
from referrals.people.siblings import AlsoFor
from referrals.work import actions as work

IDENTIFIES = frozenset({"first_names", "last_name", "born_on", "record_id", "nhs_number"})
MOST_CHILDREN = 5  # besides the one the referral is about


@transaction.atomic
def say_who(referral, *, by, **facts):
    """Keep who the referral is about."""
    referral = take(referral)
    if referral.person is None:
        referral.person = Person.objects.create(**facts)
        referral.save(update_fields=["person"])
    else:
        _say_it_of(referral, facts, by=by)
    return referral.person


def _say_it_of(referral, facts, *, by):
    """Of a person who is on other cases too, what is said here is said there; so it may not make them somebody else."""
    person = Person.objects.select_for_update().get(pk=referral.person_id)
    others = list(person.referrals.submitted().exclude(pk=referral.pk))
    before = Description.of(person)
    changed = [name for name, value in facts.items() if getattr(person, name) != value]
    for name in changed:
        setattr(person, name, facts[name])
    if others and _is_somebody_else(before, Description.of(person)):
        raise Refused(
            f"{before.first_names} {before.last_name} is on another case too, which would be about somebody else then. "
            "If this is another person, throw the draft away and begin a new one. Otherwise ring the broker."
        )
    person.save()
    referral.person = person
    for other in others if changed else ():
        other.person = person
        work.say_who(other)
        record("person.changed", other, by=by, said="The person’s details were changed on another referral of theirs")


def _is_somebody_else(before, after) -> bool:
    """A slip put right, a married name under the same number: those are the same person still."""
    known = {name: value for name, value in vars(before).items() if value and name in IDENTIFIES}
    return any(getattr(after, name) != value for name, value in known.items()) and not how_alike(before, after)


@transaction.atomic
def say_how_decisions_are_made(referral, *, capacity, name, relationship, phone, by):
    """Keep whether the person can decide, and who supports a best-interests decision where they cannot (GRN-08)."""
    referral.capacity = capacity
    referral.save(update_fields=["capacity"])
    before = referral.person.contacts.filter(supports_best_interests=True)
    if _is_anothers_too(referral):
        before = before.filter(name=name)  # whom another case relies on stays
    before.delete()
    if capacity == "no":
        Contact.objects.create(
            person=referral.person, name=name, relationship=relationship, phone=phone, supports_best_interests=True
        )


def _is_anothers_too(referral) -> bool:
    """The person is on a case that was submitted: what a draft says takes nothing away from that one."""
    return referral.person.referrals.submitted().exclude(pk=referral.pk).exists()


@transaction.atomic
def say_main_contact(referral, *, name, relationship, phone, by):
    """Keep whom we may ring about the person, or nobody."""
    before = referral.person.contacts.filter(is_main=True)
    if _is_anothers_too(referral):
        before.exclude(name=name).update(is_main=False)  # whom another case knows stays among the contacts
    before.delete()
    if name:
        Contact.objects.create(person=referral.person, name=name, relationship=relationship, phone=phone, is_main=True)


@transaction.atomic
def add_child(referral, *, by, **facts):
    """A further child who receives the same support, on the same referral."""
    referral = take(referral)
    taken = set(referral.also_for.values_list("position", flat=True))
    position = next((number for number in range(1, MOST_CHILDREN + 1) if number not in taken), None)
    if position is None:
        raise Refused(f"One referral is for {MOST_CHILDREN + 1} children at most. Make another for the rest.")
    return AlsoFor.objects.create(referral=referral, position=position, **facts)


@transaction.atomic
def remove_child(referral, *, child_id, by):
    referral.also_for.filter(pk=child_id).delete()
