"""Who may open which address: written from the specification, not from the code.

One row an address, in the order of the journey. A new address needs a row here before `test_doors.py` passes; the row
and the view's own `may` must say the same. Whose *case* somebody may see is another question, and is answered by a 404.
"""

from brokerage.accounts.models import Role
from brokerage.design.doors import ANYONE_SIGNED_IN, PUBLIC

ADMINISTRATOR = {Role.ADMINISTRATOR}

SIGNING_IN = {
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_inactive": PUBLIC,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "choose_password": PUBLIC,
    "account_reauthenticate": ANYONE_SIGNED_IN,
    "account_change_password": ANYONE_SIGNED_IN,
    "mfa_authenticate": PUBLIC,
    "mfa_reauthenticate": ANYONE_SIGNED_IN,
    "mfa_index": ANYONE_SIGNED_IN,
    "mfa_activate_totp": ANYONE_SIGNED_IN,
    "mfa_deactivate_totp": ANYONE_SIGNED_IN,
    "mfa_view_recovery_codes": ANYONE_SIGNED_IN,
    "mfa_generate_recovery_codes": ANYONE_SIGNED_IN,
    "mfa_download_recovery_codes": ANYONE_SIGNED_IN,
}

PEOPLE = {
    "accounts": ADMINISTRATOR,
    "invite_account": ADMINISTRATOR,
    "account": ADMINISTRATOR,
    "invite_account_again": ADMINISTRATOR,
    "change_account_roles": ADMINISTRATOR,
    "correct_account": ADMINISTRATOR,
    "end_account": ADMINISTRATOR,
    "bring_back_account": ADMINISTRATOR,
    "forget_second_factor": ADMINISTRATOR,
}

LOOK = {
    "theme": PUBLIC,
}

HEALTH = {
    "healthz": PUBLIC,
    "readyz": PUBLIC,
    "metrics": PUBLIC,
    "status": {Role.ADMINISTRATOR, Role.TEAM_MANAGER},
    "robots": PUBLIC,
}

DOORS = SIGNING_IN | PEOPLE | LOOK | HEALTH
