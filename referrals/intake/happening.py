"""What is happening with a referral now, in one line, as its referrer reads it."""

from referrals.documents.asking import WAITING
from referrals.documents.kinds import in_sentence
from referrals.intake.models import Stage
from referrals.work.models import WaitsOn

WHOSE = {
    WaitsOn.BROKERAGE: "It is with brokerage.",
    WaitsOn.REFERRER: "It waits for you.",
    WaitsOn.PROVIDER: "It is with providers.",
    WaitsOn.PERSON: "It waits for the person.",
    WaitsOn.PANEL: "It is with panel.",
}


def happening(referral) -> str:
    work = getattr(referral, "work", None)
    match referral.status:
        case Stage.DRAFT:
            return "Not submitted yet"
        case Stage.RECEIVED:
            return "In the brokers’ queue. You will hear as soon as somebody starts work on it."
        case Stage.CLOSED | Stage.WITHDRAWN:
            return (work and work.next_step) or f"{referral.get_status_display()}. Nothing more is to be done."
    if work is None:
        return referral.get_status_display()
    if work.next_step.startswith(WAITING):
        return f"{WHOSE[work.waits_on].rstrip('.')}: {work.next_step.removeprefix(WAITING)}."
    return f"{WHOSE[work.waits_on]} Next: {work.next_step[:1].lower()}{work.next_step[1:]}."


def owes(referral) -> str:
    """What its referrer was asked for and has not given. Of a list: `asked` and the papers are fetched with it."""
    if referral.status in (Stage.CLOSED, Stage.WITHDRAWN):
        return ""
    owed = ["the paperwork"] if referral.received_at and referral.owes_paperwork else []
    have = {paper.kind for paper in referral.papers.all()}
    owed += [in_sentence(kind) for request in referral.asked for kind in request.kinds if kind not in have]
    return ", ".join(owed)
