"""The bar at the top of every signed-in page, in the order it is read. Each item says who sees it, as its view does."""

from brokerage.accounts.models import Role
from brokerage.design.navigation import Item
from brokerage.oncall.rules import MAY_READ as ON_CALL
from placements.contracts.rules import READS_ALL as AGREEMENTS
from placements.panel.models import READS
from referrals.access.rules import NAMES_OTHERS
from referrals.asking.models import READS_CALLS
from referrals.intake.models import SEES_THE_TEAMS_CASES
from referrals.intake.rules import REFERS
from referrals.publishing.rules import READS as READS_PATHWAYS

ITEMS: list[Item] = [
    Item("Cases", "queue", set(SEES_THE_TEAMS_CASES)),
    Item("Calls", "calls", set(READS_CALLS)),
    Item("My referrals", "my_referrals", set(REFERS)),
    Item("Panel", "panel_agenda", set(READS)),
    Item("Agreements", "unsigned_services", AGREEMENTS),
    Item(
        "Providers",
        "directory_list",
        {Role.BROKER, Role.DUTY_BROKER, Role.TEAM_MANAGER, Role.COMMISSIONER, Role.AUDITOR},
    ),
    Item("Restricted", "restricted_cases", NAMES_OTHERS),
    Item("Openings", "openings", {Role.AUDITOR}),
    Item("On call", "rota", ON_CALL),
    Item("Hand-over", "hand_over", {Role.DUTY_BROKER, Role.TEAM_MANAGER}),
    Item("Away", "absences", {Role.BROKER, Role.DUTY_BROKER, Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE}),
    Item("Pathways", "pathways", set(READS_PATHWAYS)),
    Item("Setting up", "administration", {Role.ADMINISTRATOR}),
    Item("People", "accounts", {Role.ADMINISTRATOR}),
    Item("Letters", "letters", {Role.DUTY_BROKER, Role.TEAM_MANAGER, Role.ADMINISTRATOR}),
    Item("Status", "status", {Role.ADMINISTRATOR, Role.TEAM_MANAGER}),
]
