"""Which papers a case lacks, and whether a service may be arranged without them."""

from referrals.documents.models import PaperKind


def kinds_needed(referral) -> tuple[str, ...]:
    """The kinds that must be on record before anything is arranged: fewer when it cannot wait (MED-01, MED-02, MED-06, MED-07)."""
    terms = referral.pathway.terms
    full = terms.papers
    if referral.cannot_wait and not set(full) <= _on_record(referral):
        return terms.papers_if_urgent
    return full


def missing_papers(referral) -> list[str]:
    """Labels of the papers still needed, in the pathway's order."""
    have = _on_record(referral)
    return [PaperKind(kind).label for kind in kinds_needed(referral) if kind not in have]


def reason_not_to_arrange(referral) -> str | None:
    missing = missing_papers(referral)
    if not missing:
        return None
    names = missing[0] if len(missing) == 1 else ", ".join(missing[:-1]) + " and " + missing[-1]
    verb = "is" if len(missing) == 1 else "are"
    return f"{referral.reference} cannot be arranged yet: {names[0].lower() + names[1:]} {verb} not on record."


def _on_record(referral) -> set[str]:
    return {paper.kind for paper in referral.papers.all()}
