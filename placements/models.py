"""Gathers the features' nouns, so that Django finds them."""

from placements.choosing.models import Choice, Negotiation, NegotiationStep
from placements.contracts.models import Contract, Intent, Original, Signature
from placements.panel.models import Submission
from placements.placing.models import Placement

__all__ = [
    "Choice",
    "Contract",
    "Intent",
    "Negotiation",
    "NegotiationStep",
    "Original",
    "Placement",
    "Signature",
    "Submission",
]
