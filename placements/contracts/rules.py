from brokerage.accounts.models import Role
from brokerage.paper.sealing import seal_exists
from placements.contracts.models import ContractStatus
from placements.placing.models import PlacementStatus
from providers.directory import queries as directory
from providers.directory.models import ContactKind
from referrals.work.rules import reason_not_to_work_on

READS_ALL = {
    Role.BROKER,
    Role.DUTY_BROKER,
    Role.TEAM_MANAGER,
    Role.HEAD_OF_SERVICE,
    Role.ASSISTANT_DIRECTOR,
    Role.AUDITOR,
}
READS = READS_ALL | {Role.COORDINATOR}  # of their own cases
SIGNS = {Role.BROKER, Role.DUTY_BROKER, Role.TEAM_MANAGER}
OVER = {
    ContractStatus.SIGNED: "This agreement is already signed by both sides.",
    ContractStatus.DECLINED: "The provider declined this agreement.",
    ContractStatus.WITHDRAWN: "This agreement was withdrawn.",
}


def reason_not_to_issue(placement, user) -> str | None:
    if reason := reason_not_to_work_on(placement.referral, user):
        return reason
    if placement.status not in {PlacementStatus.ARRANGED, PlacementStatus.STARTED}:
        return f"{placement.number} is {placement.get_status_display().lower()}, so there is nothing to agree."
    if live := placement.contracts.live().first():
        return f"{live.number} is already {live.get_status_display().lower()}. Withdraw it before issuing another."
    if not mailbox_for_signing(placement.service):
        return f"We have no mailbox for {placement.service.name}. Add one to its contacts before issuing the agreement."
    return None


def mailbox_for_signing(service) -> str:
    """The one registered for signing, else the one registered for enquiries."""
    return directory.mailbox(service, ContactKind.SIGNING) or directory.mailbox(service, ContactKind.ENQUIRIES)


def reason_not_to_sign(contract, user) -> str | None:
    """For the council's side."""
    if reason := _reason_not_to_act(contract, user):
        return reason
    if contract.status == ContractStatus.ISSUED:
        return "The provider signs first, and has not signed yet."
    if contract.status in OVER:
        return OVER[contract.status]
    if not seal_exists():
        return "The council’s seal is not set up, so the agreement cannot be completed. Tell whoever runs the service."
    return None


def reason_not_to_withdraw(contract, user) -> str | None:
    return _reason_not_to_act(contract, user) or OVER.get(contract.status)


def reason_not_to_send_again(contract, user) -> str | None:
    reason = _reason_not_to_act(contract, user)
    if contract.status == ContractStatus.SIGNED:  # a fresh link then opens the signed copy
        return reason
    return reason or OVER.get(contract.status)


def reason_provider_cannot_sign(contract) -> str | None:
    """For whoever holds the provider's link."""
    if contract.status == ContractStatus.PROVIDER_SIGNED:
        return "This agreement is already signed for the provider. The council signs next."
    return OVER.get(contract.status)


def _reason_not_to_act(contract, user) -> str | None:
    if not user.has_role(*SIGNS):
        return "Only a broker or a team manager can do this."
    if not user.is_in_team(contract.referral.team_id):
        return f"{contract.case_reference} belongs to another team."
    return None
