"""Gathers the features' nouns, so that Django finds them."""

from placements.choosing.models import Choice, Negotiation, NegotiationStep
from placements.panel.models import Submission
from placements.placing.models import Placement

__all__ = ["Choice", "Negotiation", "NegotiationStep", "Placement", "Submission"]
