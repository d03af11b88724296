"""Gathers the features' nouns, so that Django finds them."""

from referrals.agreements.models import Agreement
from referrals.documents.models import Paper
from referrals.intake.models import Referral
from referrals.needs.models import Needs, Outcome, Visit
from referrals.pathways.models import Pathway
from referrals.people.models import Contact, Person
from referrals.work.models import Note, WorkItem

__all__ = [
    "Agreement",
    "Contact",
    "Needs",
    "Note",
    "Outcome",
    "Paper",
    "Pathway",
    "Person",
    "Referral",
    "Visit",
    "WorkItem",
]
