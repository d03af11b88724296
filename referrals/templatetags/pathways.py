"""What a pathway says on a referral's own pages: {% load pathways %}."""

from django import template

from brokerage.audit.models import Event
from referrals.publishing.actions import MOVED
from referrals.signposts.models import Signpost

register = template.Library()


@register.inclusion_tag("referrals/publishing/_guidance.html")
def pathway_guidance(referral):
    """What its pathway says, and what is another since the draft was begun."""
    moved = Event.objects.of_case(referral.reference).filter(verb=MOVED).newest_first().first()
    return {"guidance": referral.pathway.terms.guidance, "moved": moved}


@register.inclusion_tag("referrals/signposts/_of_pathway.html")
def signposts_of(referral):
    """Other help worth thinking of."""
    terms = referral.pathway.terms
    return {"signposts": Signpost.objects.of(terms) if terms.signposts else []}


@register.inclusion_tag("referrals/signposts/_of_case.html")
def signposts_of_case(referral, may_tell=False):
    """On the case file: what the person was told of, what is worth thinking of, and the way to record it."""
    told = list(referral.signpostings.select_related("signpost", "said_by"))
    terms = referral.pathway.terms
    suggested = Signpost.objects.of(terms) if terms.signposts else []
    return {"referral": referral, "told": told, "signposts": suggested, "may_tell": may_tell}
