"""Which account PostgreSQL runs under. It refuses to be root, so root lends it one that can do nothing else."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Account:
    """`options` go to subprocess; empty when the server runs as whoever we are."""

    options: dict

    def can_reach(self, folder: Path) -> bool:
        return not self.options or all(_open_to(self.options["user"], part) for part in (folder, *folder.parents))

    def own(self, path: Path):
        if self.options:
            os.chown(path, self.options["user"], self.options["group"])


def for_postgres() -> Account:
    if os.geteuid() != 0:
        _must_have_a_name(os.geteuid())
        return Account({})
    entry = _named("postgres") or _named("nobody")
    if entry is None:
        raise SystemExit("PostgreSQL does not run as root, and no account named postgres or nobody can be lent to it.")
    return Account({"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []})


def _open_to(user, path):
    status = path.stat()
    return bool(status.st_mode & 0o001) or status.st_uid == user


def _must_have_a_name(user):
    try:
        pwd.getpwuid(user)
    except KeyError:
        raise SystemExit(f"PostgreSQL needs the account {user} to have a name (a line in /etc/passwd).") from None


def _named(name):
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None
