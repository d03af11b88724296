"""What somebody may be here. A person may hold several roles, except that an administrator approves nothing."""

from django.db import models


class Role(models.TextChoices):
    COORDINATOR = "coordinator", "Case co-ordinator"
    BROKER = "broker", "Broker"
    DUTY_BROKER = "duty_broker", "Duty broker"
    TEAM_MANAGER = "team_manager", "Team manager"
    HEAD_OF_SERVICE = "head_of_service", "Head of service"
    ASSISTANT_DIRECTOR = "assistant_director", "Assistant director"
    PANEL_MEMBER = "panel_member", "Panel member"
    PANEL_CHAIR = "panel_chair", "Panel chair"
    INCOME_OFFICER = "income_officer", "Income officer"
    COMMISSIONER = "commissioner", "Commissioner"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"


BROKERING = (Role.BROKER, Role.DUTY_BROKER)

APPROVING = (
    Role.TEAM_MANAGER,
    Role.HEAD_OF_SERVICE,
    Role.ASSISTANT_DIRECTOR,
    Role.PANEL_MEMBER,
    Role.PANEL_CHAIR,
)
