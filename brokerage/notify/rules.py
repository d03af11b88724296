from django.db.models import TextChoices

from .models import Message, State


class LooksAfterLetters(TextChoices):
    """Who may see what became of letters, by the names that accounts give their roles."""

    DUTY_BROKER = "duty_broker", "Duty broker"
    TEAM_MANAGER = "team_manager", "Team manager"
    ADMINISTRATOR = "administrator", "Administrator"


LOOKS_AFTER_LETTERS = frozenset(LooksAfterLetters)


def reason_not_to_send_again(message: Message, user) -> str | None:
    if not user.has_role(*LOOKS_AFTER_LETTERS):
        return "Only a duty broker, a team manager or an administrator can send a letter again."
    if message.state != State.FAILED:
        return f"This letter is {message.get_state_display().lower()}, so there is no need to send it again."
    return None
