"""Who may change the council's settings, and what cannot be a setting."""

from brokerage.accounts.models import Role
from brokerage.clocks import calendars
from brokerage.clocks.policy import Policy
from brokerage.design import colours

CHANGES = frozenset({Role.ADMINISTRATOR})
READABLE = 4.5  # WCAG AA: text on what it stands on


def reason_not_to_change(user) -> str | None:
    """`user` is nobody when the command line loads a profile."""
    if user is not None and not user.has_role(*CHANGES):
        return "Only an administrator can change the council’s settings."
    return None


def reason_not_to_wear(colour: str) -> str | None:
    """Why text in this colour could not be read on white by everybody who has to."""
    if (ratio := colours.contrast(colour, colours.WHITE)) < READABLE:
        return (
            f"Enter a darker colour: {colour} on white has a contrast of {ratio:.1f} to 1, "
            f"and people who see poorly need {READABLE} to 1."
        )
    return None


def reason_not_to_work(facts: dict) -> str | None:
    """Why nobody could work these hours."""
    if not facts["working_days"]:
        return "Select at least one working day."
    if facts["opens_at"] >= facts["closes_at"]:
        return "Enter a closing time that is later than the opening time."
    if not facts["opens_at"] < facts["morning_ends_at"] < facts["closes_at"]:
        return "Enter an end of the morning between opening and closing."
    return None


def policy_with(council, facts: dict) -> Policy:
    """The hours and calendar as they would be, with nothing saved."""
    as_it_would_be = type(council)(
        **{field.attname: getattr(council, field.attname) for field in council._meta.fields} | facts
    )
    return calendars.policy_of(as_it_would_be)
