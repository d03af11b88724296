from django.db import transaction

from brokerage.errors import Refused
from referrals.intake.rows import take
from referrals.people.models import Contact, Person
from referrals.people.siblings import AlsoFor

MOST_CHILDREN = 5  # besides the one the referral is about


@transaction.atomic
def say_who(referral, *, by, **facts):
    """Keep who the referral is about."""
    referral = take(referral)
    if referral.person is None:
        referral.person = Person.objects.create(**facts)
        referral.save(update_fields=["person"])
    else:
        for name, value in facts.items():
            setattr(referral.person, name, value)
        referral.person.save()
    return referral.person


@transaction.atomic
def say_how_decisions_are_made(referral, *, capacity, name, relationship, phone, by):
    """Keep whether the person can decide, and who supports a best-interests decision where they cannot (GRN-08)."""
    referral.capacity = capacity
    referral.save(update_fields=["capacity"])
    referral.person.contacts.filter(supports_best_interests=True).delete()
    if capacity == "no":
        Contact.objects.create(
            person=referral.person, name=name, relationship=relationship, phone=phone, supports_best_interests=True
        )


@transaction.atomic
def say_main_contact(referral, *, name, relationship, phone, by):
    """Keep whom we may ring about the person, or nobody."""
    referral.person.contacts.filter(is_main=True).delete()
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
