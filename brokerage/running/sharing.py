"""Who holds the servers of a var/ folder, and how others join them.

One process holds `holder.lock` and starts the servers; it writes their addresses to `addresses.json` once they answer.
Others take a share of `guests.lock` for as long as they use them. A holder that came to run one command waits for them.
"""

import fcntl
import json
import os
import sys
import time
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 120


class Held(Exception):
    """Somebody else holds the servers: `by` says who."""

    def __init__(self, by):
        self.by = by
        super().__init__(by)


@contextmanager
def holding(var: Path, *, by: str):
    """Hold the servers of this folder, or raise Held."""
    with open(var / "holder.lock", "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Held(lock.read().strip()) from None
        lock.truncate(0)
        lock.write(f"{by} (process {os.getpid()})")
        lock.flush()
        withdraw(var)
        try:
            yield
        finally:
            withdraw(var)


def publish(var: Path, addresses: dict):
    """Tell guests where the servers are. Holds passwords, so only we may read it."""
    new = var / "addresses.json.new"
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(addresses, file)
    new.rename(_addresses(var))


def withdraw(var: Path):
    """Let no new guest in."""
    _addresses(var).unlink(missing_ok=True)


def wait_for_guests(var: Path):
    """Let no new guest in, and return when the last has gone."""
    withdraw(var)
    with open(var / "guests.lock", "a") as guests:
        fcntl.flock(guests, fcntl.LOCK_EX)


@contextmanager
def as_guest(var: Path):
    """The addresses of the servers somebody else holds; None if they have just been given up."""
    with open(var / "guests.lock", "a") as guests:
        fcntl.flock(guests, fcntl.LOCK_SH)
        yield _read(_addresses(var))


def wait_until_free_or_ready(var: Path):
    """Returns as soon as it is worth trying again."""
    deadline = time.monotonic() + PATIENCE
    while not _addresses(var).exists():
        with open(var / "holder.lock", "a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                pass
        if time.monotonic() > deadline:
            sys.exit(f"Somebody else is starting the servers under {var}; they did not answer in {PATIENCE} seconds.")
        time.sleep(0.1)


def _addresses(var):
    return var / "addresses.json"


def _read(path):
    try:
        return json.loads(path.read_text())
    except FileNotFoundError:
        return None
