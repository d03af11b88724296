"""The gate below panel and enquiries alike: what a case needs a yes for, and whether it has it (AMB-09)."""

from referrals.agreements.models import AgreementKind, AgreementStatus


def search_agreement(referral):
    """The latest agreement to search, or None."""
    return (
        referral.agreements.filter(kind=AgreementKind.SEARCH)
        .exclude(status=AgreementStatus.LAPSED)
        .order_by("-id")
        .first()
    )


def reason_not_to_search(referral) -> str | None:
    """Why providers may not be asked yet (MED-06)."""
    if not referral.pathway.terms.agreement_to_search:
        return None
    agreement = search_agreement(referral)
    if agreement is None:
        return f"{referral.reference} needs panel's agreement to search before any provider is asked, and it has not been put to panel."
    if agreement.status == AgreementStatus.NEEDED:
        return f"{referral.reference} needs panel's agreement to search before any provider is asked, and panel has not decided."
    if agreement.status == AgreementStatus.DECLINED:
        return f"Panel declined a search for {referral.reference}, so no provider may be asked."
    return None


def is_above_rate(*, weekly_cost, contracted_weekly) -> bool:
    """Above the contracted rate; where there is no contracted rate, any price is above it."""
    return contracted_weekly is None or weekly_cost > contracted_weekly


def granted_price(referral, *, reply_id):
    """Panel's agreement to this very offer, or None."""
    return (
        referral.agreements.filter(
            kind=AgreementKind.ABOVE_RATE,
            status=AgreementStatus.GRANTED,
            reply_id_then=reply_id,
            weekly_cost__isnull=False,
        )
        .order_by("-decided_at")
        .first()
    )


def reason_not_to_pay(referral, *, weekly_cost, contracted_weekly, reply_id) -> str | None:
    """Why this price may not be arranged (MED-11). `weekly_cost` and `contracted_weekly` in pounds a week."""
    if not referral.pathway.terms.agreement_above_rate or not is_above_rate(
        weekly_cost=weekly_cost, contracted_weekly=contracted_weekly
    ):
        return None
    agreement = granted_price(referral, reply_id=reply_id)
    than = (
        f"the contracted £{contracted_weekly:,.2f} a week" if contracted_weekly is not None else "any contracted rate"
    )
    if agreement is None:
        return (
            f"£{weekly_cost:,.2f} a week is above {than}, so panel must agree to it before {referral.reference} can be arranged."
            if contracted_weekly is not None
            else f"There is no contracted rate for this service, so panel must agree to £{weekly_cost:,.2f} a week "
            f"before {referral.reference} can be arranged."
        )
    if weekly_cost > agreement.weekly_cost:
        return (
            f"Panel agreed up to £{agreement.weekly_cost:,.2f} a week and this is £{weekly_cost:,.2f}, "
            f"so panel must agree again before {referral.reference} can be arranged."
        )
    return None
