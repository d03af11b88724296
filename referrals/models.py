"""Gathers the features' nouns, so that Django finds them."""

from referrals.access.models import NamedReader, Opening, Presence
from referrals.agreements.models import Agreement
from referrals.approval.models import Approval
from referrals.asking.models import Attempt, CallRequest
from referrals.documents.models import Chase, EarlierPaper, Paper, PaperRequest, PaperWaiver
from referrals.intake.models import Referral
from referrals.intake.saved import SavedPage
from referrals.joining.models import Verdict
from referrals.needs.models import Needs, Outcome, Visit
from referrals.pathways.models import Pathway, PathwayDraft
from referrals.people.models import Contact, Person
from referrals.people.siblings import AlsoFor
from referrals.playscheme.models import PlayRequest, Scheme
from referrals.questions.models import Answer, NotAName
from referrals.signposts.models import Signpost, Signposting
from referrals.work.models import Note, WorkItem
from referrals.work.spells import Spell

__all__ = [
    "Agreement",
    "AlsoFor",
    "Answer",
    "Approval",
    "Attempt",
    "CallRequest",
    "Chase",
    "Contact",
    "EarlierPaper",
    "NamedReader",
    "Needs",
    "NotAName",
    "Note",
    "Opening",
    "Outcome",
    "Paper",
    "PaperRequest",
    "PaperWaiver",
    "Pathway",
    "PathwayDraft",
    "Person",
    "PlayRequest",
    "Presence",
    "Referral",
    "Spell",
    "SavedPage",
    "Scheme",
    "Signpost",
    "Signposting",
    "Verdict",
    "Visit",
    "WorkItem",
]
