"""A migrated database kept between runs, so that most runs copy it instead of migrating.

It is kept under a digest of the migrations and of all they import; when any of that changes, it is made again. What a
migration does after all (content types, guards) is done again on top, as ever.
"""

import ast
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg2

from brokerage.embedded.postgres import OWNER
from brokerage.embedded.servers import Servers
from brokerage.running.place import ROOT

NAME = "brokerage_ready_made"
KEPT = ROOT / ".cache" / "databases"
HOW_MANY = 4
PARTS = ("postgres", "postgres-passwords.json")
APPS = ("brokerage", "referrals", "providers", "placements")


def put_in(var: Path) -> bool:
    """Lay the kept database into a folder whose servers have not started yet."""
    kept = _place()
    if not kept.exists():
        return False
    os.utime(kept)
    try:
        _copy(kept, var)
    except subprocess.CalledProcessError:  # tidied away by another run in the meantime
        shutil.rmtree(var / "postgres", ignore_errors=True)
        return False
    return True


def make(var: Path, servers: Servers, environment) -> bool:
    """Migrate once, keep a copy for the next run, and leave the servers as they were."""
    postgres = servers.postgres()
    if postgres is None or (var / "postgres").is_symlink():
        return False
    place = _place()
    owner = postgres.url(OWNER, "postgres")
    connection = psycopg2.connect(owner)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {NAME}")
    connection.close()
    command = [sys.executable, ROOT / "manage.py", "migrate", "--verbosity", "0"]
    told = {**os.environ, **environment, "DATABASE_URL": postgres.url(OWNER, NAME)}
    if subprocess.run(command, env=told, capture_output=True, stdin=subprocess.DEVNULL).returncode:
        return False  # the ordinary way will say what is wrong
    servers.pause(postgres)
    _keep(var, place)
    servers.resume(postgres)
    return True


def _keep(var, place):
    KEPT.mkdir(parents=True, exist_ok=True)
    unfinished = KEPT / f"unfinished-{os.getpid()}"
    unfinished.mkdir()
    _copy(var, unfinished)
    try:
        unfinished.rename(place)
    except OSError:  # another run was quicker
        shutil.rmtree(unfinished)
    for old in sorted(KEPT.iterdir(), key=lambda path: path.stat().st_mtime)[:-HOW_MANY]:
        shutil.rmtree(old, ignore_errors=True)


def _copy(source, target):
    """`cp`, because as root the files belong to another account and have to stay its."""
    subprocess.run(["cp", "-a", *[source / part for part in PARTS], target], check=True, capture_output=True)


def _place() -> Path:
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for file in sorted(_what_migrations_read()):
        digest.update(f"{file.relative_to(ROOT)}\n".encode() + file.read_bytes())
    return KEPT / digest.hexdigest()[:20]


def _what_migrations_read() -> set[Path]:
    """The migrations and every module of ours that they import, and that those import."""
    waiting = [file for app in APPS for file in (ROOT / app).glob("**/migrations/*.py")]
    waiting.append(ROOT / "brokerage" / "embedded" / "postgres.py")
    found = set()
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            waiting += _imported_by(file)
    return found


def _imported_by(file):
    package = ".".join(file.relative_to(ROOT).with_suffix("").parts[:-1])
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - (node.level - 1)] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            names = [module, *(f"{module}.{alias.name}" for alias in node.names)]
        else:
            continue
        for name in names:
            if name.split(".")[0] in APPS:
                path = ROOT / Path(*name.split("."))
                yield from (each for each in (path.with_suffix(".py"), path / "__init__.py") if each.exists())
