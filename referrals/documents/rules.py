"""Which papers a case lacks, whether a service may be arranged or start without them, and who may ask, wait or go on."""

from brokerage.accounts.models import Role
from brokerage.clocks import saying
from referrals.documents.kinds import OTHER, PLANS, in_sentence, label_of
from referrals.work.rules import reason_not_to_work_on

HANDS_IN = (Role.COORDINATOR, Role.BROKER, Role.DUTY_BROKER)
ENDS_A_WAIT = (Role.BROKER, Role.DUTY_BROKER, Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE, Role.ASSISTANT_DIRECTOR)
TAKES_PAPERS = {"draft", "received", "in_progress", "arranged"}


# -- which are missing


def kinds_needed(referral) -> tuple[str, ...]:
    """The kinds that must be on record before anything is arranged: fewer when it cannot wait (MED-01, MED-02, MED-06, MED-07)."""
    terms = referral.pathway.terms
    needed = terms.papers
    if referral.cannot_wait and not set(needed) <= _settled(referral):
        needed = terms.papers_if_urgent
    waived = _waived(referral)
    return tuple(kind for kind in needed if kind not in waived)


def missing_kinds(referral) -> list[str]:
    """In the pathway's order."""
    have = _on_record(referral)
    return [kind for kind in kinds_needed(referral) if kind not in have]


def missing_papers(referral) -> list[str]:
    """Labels of the papers still needed, in the pathway's order."""
    return [label_of(kind) for kind in missing_kinds(referral)]


def kinds_owed(referral) -> list[str]:
    """What a case that could not wait, or came by phone, still lacks of the full papers."""
    settled = _settled(referral)
    return [kind for kind in referral.pathway.terms.papers if kind not in settled]


def kinds_offered(referral) -> list[str]:
    """The kinds a person may hand in on this case, those it lacks first."""
    terms = referral.pathway.terms
    plans = PLANS if is_phone_first(referral) else ()
    kinds = [*missing_kinds(referral), *terms.papers, *terms.papers_if_urgent, *plans, *_on_record(referral)]
    return [*dict.fromkeys(kind for kind in kinds if kind != OTHER), OTHER]


def _on_record(referral) -> set[str]:
    return {paper.kind for paper in referral.papers.all()}


def _waived(referral) -> set[str]:
    if not referral.pathway.terms.waivers:
        return set()
    return {waiver.kind for waiver in referral.paper_waivers.all()}


def _settled(referral) -> set[str]:
    return _on_record(referral) | _waived(referral)


# -- what may not happen without them


def reason_papers_missing(referral) -> str | None:
    missing = missing_kinds(referral)
    if not missing:
        return None
    verb = "is" if len(missing) == 1 else "are"
    return f"{referral.reference} cannot be arranged yet: {_named(missing)} {verb} not on record."


def reason_not_to_arrange(referral) -> str | None:
    return reason_papers_missing(referral) or reason_not_to_start(referral)


def missing_before_asking(referral) -> list[str]:
    """Labels of what must come before providers are asked: nothing, where the referral came by phone (DER-16)."""
    return [] if is_phone_first(referral) else missing_papers(referral)


def is_phone_first(referral) -> bool:
    return getattr(referral, "phone_first", False)


def reason_not_to_start(referral) -> str | None:
    """A referral by phone may be searched for at once; its service starts when its plan is with the provider (DER-16)."""
    if not is_phone_first(referral) or not referral.pathway.terms.plan_before_start:
        return None
    plans = [paper for paper in referral.papers.all() if paper.kind in PLANS]
    if any(paper.with_provider_on for paper in plans):
        return None
    if plans:
        return (
            f"{referral.reference} came by phone, so no service starts until its plan is with the provider. "
            f"Send them the {in_sentence(plans[0].kind)}, then record when and to whom."
        )
    return (
        f"{referral.reference} came by phone, so no service starts until an interim support step or a support plan "
        "is on record and with the provider."
    )


# -- who may do what


def reason_not_to_hand_in(referral, user) -> str | None:
    """A referrer on their own referral, or a broker on a case of their team."""
    if referral.status not in TAKES_PAPERS:
        return f"{referral.reference} is {referral.get_status_display().lower()}, so it takes no more papers."
    if user.pk in {referral.referred_by_id, referral.coordinator_id}:
        return None
    return reason_not_to_work_on(referral, user)


def reason_not_to_mark_with_provider(referral, user) -> str | None:
    if reason := reason_not_to_work_on(referral, user):
        return reason
    if referral.status not in {"in_progress", "arranged"}:
        return f"Start work on {referral.reference} before you send a provider its papers."
    return None


def reason_not_to_ask(referral, user) -> str | None:
    """One letter, once: while it is open nobody asks again."""
    if reason := reason_not_to_work_on(referral, user):
        return reason
    if referral.status == "received":
        return f"Start work on {referral.reference} first, then ask for what is missing."
    if referral.status != "in_progress":
        return f"{referral.reference} is {referral.get_status_display().lower()}, so nothing is asked for."
    if asked := open_request(referral):
        still = still_wanted(asked, referral)
        return f"{asked.asked_by.full_name} asked on {_day(asked.asked_at)}, waiting for {_named(still)}."
    if not missing_kinds(referral) and not kinds_owed(referral):
        return f"Every paper {referral.reference} needs is on record."
    return None


def reason_not_to_remind(request, user, *, today, is_working_day) -> str | None:
    """Once a working day, the day of asking included. `today` is the day where the council is."""
    if reason := reason_not_to_work_on(request.referral, user):
        return reason
    if request.answered_at:
        return "The papers have come, or nobody waits for them any more."
    if not is_working_day:
        return "Nobody works today. Remind them the next working day."
    if request.told_at.astimezone(saying.LONDON).date() >= today:
        return f"The worker was last written to on {_day(request.told_at)}. Remind them the next working day."
    return None


def reason_not_to_end(request, user) -> str | None:
    if not user.has_role(*ENDS_A_WAIT):
        return "Only a broker or a manager can do this."
    if not user.is_in_team(request.referral.team_id):
        return f"{request.referral.reference} belongs to another team."
    if request.answered_at:
        return "The papers have come, or nobody waits for them any more."
    return None


def reason_not_to_waive(referral, kinds, user) -> str | None:
    """Who may let a case go on without a paper, its pathway says."""
    for kind in kinds:
        allowed = waived_by(referral, kind)
        if not allowed:
            return f"Nobody may let {referral.reference} go on without the {in_sentence(kind)}. Stop waiting instead."
        if not user.has_role(*allowed):
            who = " or ".join(Role(role).label.lower() for role in allowed)
            return f"Only a {who} can let {referral.reference} go on without the {in_sentence(kind)}."
    return None


def waived_by(referral, kind) -> list[str]:
    return [waiver.role for waiver in referral.pathway.terms.waivers if waiver.what == kind]


def open_request(referral):
    return referral.paper_requests.open().select_related("asked_by").first()


def still_wanted(request, referral) -> list[str]:
    """What was asked for and has neither come nor been waived, in the order asked."""
    settled = _settled(referral)
    return [kind for kind in request.kinds if kind not in settled]


def _named(kinds) -> str:
    return saying.listed([in_sentence(kind) for kind in kinds])


def _day(at) -> str:
    local = at.astimezone(saying.LONDON)
    return f"{local:%a} {local.day} {local:%b}"
