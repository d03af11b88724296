"""What a definition may name, gathered from the parts of the service that own it."""

from django.apps import apps

from referrals.documents.kinds import LABELS
from referrals.intake.models import Route
from referrals.pathways.rules import Known
from referrals.questions.library import QUESTIONS
from referrals.signposts.models import Signpost


def known(signposts: dict[str, str] | None = None) -> Known:
    """As of now.

    Args:
        signposts: code -> name, where they are about to be made and are not in the database yet.
    """
    return Known(
        services=dict(apps.get_model("providers", "Service")._meta.get_field("kinds").base_field.choices),
        papers={kind: label for kind, label in LABELS.items() if kind != "other"},
        routes=dict(Route.choices),
        answered=frozenset(question.key for question in QUESTIONS),
        signposts=dict(Signpost.objects.values_list("code", "name")) | (signposts or {}),
    )
