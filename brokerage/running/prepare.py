"""Steps between the servers answering and the service starting, each in a process of its own because of the role it acts as.

owner: bring the tables up to date, then say what the application's role may do. grant: only that. application: files and keys.
"""

import os
import sys
from pathlib import Path

import django
from django.core.management import call_command, get_commands
from django.db import connection

TABLES = "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"
SEQUENCES = "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}"


def owner():
    call_command("migrate", interactive=False, verbosity=0)
    grant()


def grant():
    if "grant_roles" in get_commands():
        call_command("grant_roles", verbosity=0)
        return
    role = os.environ.get("APPLICATION_ROLE")
    if role:
        with connection.cursor() as cursor:
            for statement in (TABLES, SEQUENCES):
                cursor.execute(statement.format(role=connection.ops.quote_name(role)))


def application():
    call_command("collectstatic", interactive=False, verbosity=0)
    for name, setting in (("make_seal", "SEAL_KEY"),):
        if name in get_commands() and not Path(os.environ[setting]).exists():
            call_command(name, verbosity=0)
    if "load_demo" in get_commands() and os.environ.get("DEMONSTRATION") and _nobody_yet():
        call_command("load_demo", verbosity=0)


def _nobody_yet():
    from django.contrib.auth import get_user_model

    return not get_user_model().objects.exists()


if __name__ == "__main__":
    django.setup()
    {"owner": owner, "grant": grant, "application": application}[sys.argv[1]]()
