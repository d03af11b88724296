"""The next best step of a case: one green button, or whom it waits for."""

from dataclasses import dataclass

from django.urls import reverse

from placements.choosing.rules import reason_offer_no_longer_stands
from referrals.agreements.models import AgreementKind
from referrals.agreements.rules import reason_not_to_pay, reason_not_to_search
from referrals.documents.rules import is_phone_first
from referrals.intake.models import Priority, Stage
from referrals.intake.rules import reason_kept_on_file


@dataclass(frozen=True)
class NextStep:
    """`href` to go to, or `post` to press; neither where the case waits for somebody else."""

    words: str
    detail: str = ""
    href: str = ""
    post: str = ""


def of(case) -> NextStep:
    """
    Args:
        case: a `brokerage.home.casefile.CaseFile`.
    """
    referral = case.referral
    if referral.status == Stage.RECEIVED:
        if kept := reason_kept_on_file(referral):
            return NextStep("", kept)
        return NextStep(
            "Start work", "The start clock stops when you do.", post=reverse("start_work", args=[referral.reference])
        )
    if referral.status == Stage.IN_PROGRESS:
        return _before_placement(case)
    if referral.status == Stage.ARRANGED:
        return _agreement(case)
    return NextStep("", f"This case is {referral.get_status_display().lower()}. Nothing more is to be done.")


def _before_placement(case):
    referral = case.referral
    if step := _ring_round(case):
        return step
    if case.missing_papers and not is_phone_first(referral):
        return _papers(case)
    if reason_not_to_search(referral):
        return _search_agreement(case)
    if case.choice:
        return _price_agreement(case)
    return _enquiry(case)


def _papers(case):
    if case.papers.asked:
        still = ", ".join(case.papers.still_wanted).lower()
        return NextStep("", f"{case.referral.coordinator.full_name} was asked for papers. Waiting for: {still}.")
    return NextStep(
        "Ask for the missing papers",
        "One letter to the worker with the whole list; the response clock waits with them.",
        href=reverse("ask_for_papers", args=[case.referral.reference]),
    )


def _ring_round(case):
    """An emergency is rung round for at once, before its papers: they are chased from then on."""
    referral, latest = case.referral, case.ring_round
    if latest and latest.status == "open":
        said = f"{latest.rung} of {latest.to_ring} providers rung so far."
        return NextStep("Go on ringing", said, href=latest.get_absolute_url())
    if latest and latest.status == "found" and not case.choice:
        return _enquiry(case)
    if referral.priority == Priority.EMERGENCY and not case.enquiries and not reason_not_to_search(referral):
        return NextStep(
            "Ring round",
            "A call list of everybody who could help, whoever was rung longest ago first.",
            post=reverse("ringround_open", args=[referral.reference]),
        )
    return None


def _search_agreement(case):
    if case.at_panel(AgreementKind.SEARCH):
        return NextStep("", "Panel has this search on its agenda. Enquiries can go out once it agrees.")
    return NextStep(
        "Put the search to panel",
        "Panel agrees the search before any provider is asked.",
        href=reverse("ask_to_search", args=[case.referral.reference]),
    )


def _enquiry(case):
    referral, enquiry = case.referral, case.latest_enquiry
    if not referral.pathway.terms.service_kind and not _answer_is_owed(case):
        return NextStep("", "The referrer has been answered. Answer again when there is more to say.")
    if not referral.pathway.terms.service_kind:
        if any(each.kind == "response" and each.stopped_at for each in case.clocks):
            return NextStep("", "The referrer has been answered. No provider is asked about this kind of help.")
        return NextStep(
            "Answer the referrer",
            "No provider is asked about this kind of help.",
            href=reverse("answer_referrer", args=[referral.reference]),
        )
    if enquiry is None or enquiry.status == "withdrawn":
        return NextStep(
            "Write the enquiry",
            "You will see exactly what providers read before it goes.",
            post=reverse("enquiry_begin", args=[referral.reference]),
        )
    if enquiry.status == "draft":
        return NextStep("Finish the enquiry", f"{enquiry.number} has not been sent.", href=enquiry.get_absolute_url())
    if case.offers:
        return NextStep(
            "Compare the offers",
            f"{len(case.offers)} offer{'' if len(case.offers) == 1 else 's'} can be read now.",
            href=reverse("offers", args=[referral.reference]),
        )
    if enquiry.status == "open":
        return NextStep(
            "See who has replied",
            f"{enquiry.number} is open. {enquiry.closes_sentence}",
            href=enquiry.get_absolute_url(),
        )
    if _answer_is_owed(case):
        return NextStep(
            "Ask the referrer what may flex",
            f"{enquiry.number} closed with no offer.",
            href=reverse("answer_referrer", args=[referral.reference]),
        )
    return NextStep(
        "Ask again",
        f"{enquiry.number} closed with no offer.",
        post=reverse("enquiry_begin", args=[referral.reference]),
    )


def _answer_is_owed(case) -> bool:
    return any(each.kind in {"response", "options"} for each in case.running_clocks)


def _price_agreement(case):
    referral, option = case.referral, case.chosen
    if gone := reason_offer_no_longer_stands(case.choice.reply):
        return NextStep("Choose again", gone, href=reverse("offers", args=[referral.reference]))
    refusal = reason_not_to_pay(
        referral,
        weekly_cost=option.price.weekly,
        contracted_weekly=option.price.contracted_weekly,
        reply_id=case.choice.reply_id,
    )
    if not refusal:
        return NextStep(
            "Arrange the placement",
            f"{option.reply.invitation.service_name} was chosen.",
            href=reverse("arrange", args=[referral.reference]),
        )
    if case.at_panel(AgreementKind.ABOVE_RATE):
        return NextStep("", "Panel has this price on its agenda.")
    if referral.pathway.terms.negotiate_first and (option.negotiation is None or option.negotiation.status == "open"):
        return NextStep("Negotiate the price", refusal, href=reverse("negotiate", args=[case.choice.reply_id]))
    return NextStep("Ask panel to agree the price", refusal, href=reverse("ask_to_pay", args=[referral.reference]))


def _agreement(case):
    placement, contract = case.placement, case.contract
    if contract is None or contract.status in {"declined", "withdrawn"}:
        return NextStep(
            "Issue the agreement",
            "The provider signs first, by link and a code to its mailbox.",
            href=reverse("contract_issue", args=[placement.number]),
        )
    if contract.status == "issued":
        return NextStep("See the agreement", "It is with the provider to sign.", href=contract.get_absolute_url())
    if contract.status == "provider_signed":
        return NextStep("Sign the agreement", "The provider has signed.", href=contract.get_absolute_url())
    return NextStep("", "Both sides have signed. The service is arranged.")
