"""bin/manage: manage.py beside the servers, joining those of bin/run or starting them for as long as the command takes.

Standard input and output are the command's own; we speak on standard error.
"""

import fcntl
import os
import sys
from contextlib import contextmanager

import psycopg2

from brokerage.embedded.servers import Servers
from brokerage.running import commands, letterbox, place, sharing

BY_THE_OWNER = {"migrate", "makemigrations", "grant_roles", "squashmigrations", "optimizemigration"}
WITHOUT_TABLES = {"help", "version", "check", "collectstatic", "diffsettings", "draw_journey", "make_seal"}


def main(arguments):
    var = place.folder()
    with servers(var) as environment:
        command = arguments[0] if arguments else "help"
        if command not in BY_THE_OWNER | WITHOUT_TABLES:
            make_tables(var, environment)
        chosen = place.as_owner(environment) if command in BY_THE_OWNER else environment
        status = commands.run([sys.executable, place.ROOT / "manage.py", *arguments], chosen)
        if command == "migrate" and status == 0:
            status = commands.prepare("grant", place.as_owner(environment), stdout=sys.stderr)
    return status


def make_tables(var, environment):
    """In a database of our own that was never migrated: a command may be the first thing somebody tries."""
    if "MIGRATE_DATABASE_URL" not in environment or os.environ.get("DATABASE_URL"):
        return
    with open(var / "tables.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _has_no_tables(environment["MIGRATE_DATABASE_URL"]):
            commands.prepare("owner", place.as_owner(environment), stdout=sys.stderr)


@contextmanager
def servers(var):
    """The environment of a command, with servers that stay up until it is done."""
    environment = place.environment(var)
    if environment.get("DATABASE_URL") and environment.get("REDIS_URL"):
        yield environment
        return
    while True:
        try:
            with sharing.holding(var, by="bin/manage"):
                yield from _our_own(var, environment)
                return
        except sharing.Held:
            sharing.wait_until_free_or_ready(var)
        with sharing.as_guest(var) as addresses:
            if addresses is not None:
                yield {**environment, **addresses, **_given()}
                return


def _given():
    """What whoever called us says stands, even where we join somebody who was told otherwise."""
    return {name: value for name, value in os.environ.items() if value}


def _our_own(var, environment):
    own = Servers(var, environment).start()
    try:
        with letterbox.beside(var, environment) as letters:
            addresses = {**own.environment(), **letters}
            sharing.publish(var, addresses)
            yield {**addresses, **environment}
            sharing.wait_for_guests(var)
    finally:
        own.stop()


def _has_no_tables(url):
    connection = psycopg2.connect(url)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations') IS NULL")
        (none,) = cursor.fetchone()
    connection.close()
    return none


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
