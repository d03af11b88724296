"""A case's row while its papers change. Intake is later than papers, so the model is the one the case came as."""

from referrals.documents.models import Paper


def referrals():
    return Paper._meta.get_field("referral").related_model.objects


def hold(referral):
    """Held first and read afterwards, as `intake.rows.take` does: two who ask at once ask one after the other."""
    referrals().select_for_update().get(pk=referral.pk)
    return (
        referrals()
        .select_related("pathway", "person", "team", "broker", "coordinator", "referred_by", "work")
        .prefetch_related("papers")
        .get(pk=referral.pk)
    )
