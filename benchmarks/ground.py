"""Servers of our own, seeded; all of it ends with us."""

import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg2

from brokerage.embedded import processes
from brokerage.embedded.servers import Servers
from brokerage.running import place

NOT_OURS = ("DATABASE_URL", "MIGRATE_DATABASE_URL", "REDIS_URL", "EMAIL_URL", "VAR_DIR", "SITE_URL", "PORT")
NOBODY_LISTENS = "smtp://127.0.0.1:9"


@contextmanager
def ground(folder: Path, *, open_cases: int, closed: int, seed: int):
    """The environment of a seeded service, and how many seconds the seeding took."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o755, parents=True)
    given = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    given |= {"VAR_DIR": str(folder), "PORT": str(processes.free_port()), "EMAIL_URL": NOBODY_LISTENS}
    servers = Servers(folder, {}).start()
    try:
        environment = {**place.environment(place.folder(given), given), **servers.environment()}
        environment |= {
            "DEMONSTRATION": "1",
            "SECOND_FACTOR_REQUIRED": "0",
            "SITE_URL": f"http://127.0.0.1:{given['PORT']}",
        }
        python("-m", "brokerage.running.prepare", "owner", environment=place.as_owner(environment))
        python("manage.py", "collectstatic", "--no-input", "-v0", environment=environment)
        python("manage.py", "load_demo", "-v0", environment=environment)
        begun = time.monotonic()
        python(
            "manage.py", "simulate", "--referrals", open_cases + closed, "--closed", closed, "--seed", seed, "-v0",
            environment=environment,
        )  # fmt: skip
        seeding = time.monotonic() - begun
        analyse(environment)
        yield environment, seeding
    finally:
        servers.stop()
        data = (folder / "postgres").resolve()
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(data.parent if data.parent.name.startswith("data-") else data, ignore_errors=True)


def python(*arguments, environment, **options):
    command = [sys.executable, *map(str, arguments)]
    print(f"  {' '.join(command[1:3])}", file=sys.stderr, flush=True)
    return subprocess.run(command, cwd=place.ROOT, env=environment, check=True, **options)


def analyse(environment) -> None:
    connection = psycopg2.connect(environment["MIGRATE_DATABASE_URL"])
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    connection.close()


@contextmanager
def web(environment, application="brokerage.wsgi"):
    """gunicorn as `bin/run` starts it; yields its port and process."""
    port = processes.free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        application,
        "--bind",
        f"127.0.0.1:{port}",
        "--worker-class",
        "gthread",
    ]
    command += ["--workers", "2", "--threads", "4", "--no-control-socket", "--log-level", "warning"]
    process = processes.start(command, cwd=place.ROOT, env=environment | {"SITE_URL": f"http://127.0.0.1:{port}"})
    try:
        yield port, process
    finally:
        processes.stop(process)
