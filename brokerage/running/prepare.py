"""Steps between the servers answering and the service starting, each a process of its own: they act as different roles.

owner: bring the tables up to date, then say what the application's role may do. grant: only that.
application: static files, the seal, and on a first start the demonstration. accounts: print the demonstration's.
"""

import io
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command, get_commands


def owner():
    call_command("migrate", interactive=False, verbosity=0)
    grant()


def grant():
    """Where owner and application are one role there is nobody to give rights to."""
    if os.environ.get("APPLICATION_ROLE"):
        call_command("grant_roles", verbosity=0, stdout=io.StringIO())


def application():
    call_command("collectstatic", interactive=False, verbosity=0)
    if _is_the_demonstration() and _nobody_yet():
        call_command("load_demo", verbosity=0)  # which makes the seal in its council's name
    _make_a_seal_of_our_own()


def _make_a_seal_of_our_own():
    """Never in place of one that somebody named and that is not there."""
    key = Path(settings.SEAL_KEY)
    if key.is_relative_to(settings.VAR_DIR) and not key.exists():
        call_command("make_seal", verbosity=0, stdout=io.StringIO())


def accounts():
    """Who may sign in to the demonstration."""
    if _is_the_demonstration():
        call_command("load_demo", accounts=True)


def _is_the_demonstration():
    return settings.DEMONSTRATION and "load_demo" in get_commands()


def _nobody_yet():
    from django.contrib.auth import get_user_model

    return not get_user_model().objects.exists()


if __name__ == "__main__":
    django.setup()
    {"owner": owner, "grant": grant, "application": application, "accounts": accounts}[sys.argv[1]]()
