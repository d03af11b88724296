"""A bin/run of a test's own, and what can be seen of its processes."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from brokerage.running.place import ROOT

PATIENCE = 90


class Stack:
    """A bin/run of our own, on a spare port and a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.port = spare_port()
        self.log = folder / "run.log"

    def environment(self, **more):
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        ours = {"VAR_DIR": str(self.folder), "PORT": str(self.port), "PYTHONPATH": str(ROOT), "DEMONSTRATION": "0"}
        return {**kept, **ours, **more}

    def start(self):
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "brokerage.running"],
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_until(lambda: "Ready: http://127.0.0.1:" in self.said(), self)
        return self

    def said(self):
        return self.log.read_text(errors="replace")

    def manage(self, *arguments):
        return subprocess.run(
            [sys.executable, "-m", "brokerage.running.manage", *arguments],
            env=self.environment(),
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )

    def python(self, code):
        return self.manage("shell", "--verbosity", "0", "--command", code)

    def answers(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False

    def find(self, words):
        return [process for process in descendants(self.process.pid) if words in process.command]


class Process:
    def __init__(self, number):
        self.number = number
        self.born = _stat(number)[19]
        self.command = Path(f"/proc/{number}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")

    def is_alive(self):
        try:
            stat = _stat(self.number)
        except OSError:
            return False
        return stat[19] == self.born and stat[0] != "Z"

    def __repr__(self):
        return f"{self.number} {self.command[:100]}"


def _stat(number):
    """The fields of /proc/N/stat from the third, the state, on."""
    return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()


def descendants(number):
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents.setdefault(int(_stat(folder.name)[1]), []).append(int(folder.name))
        except OSError:
            continue
    found, waiting = [], [number]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return [Process(child) for child in found if Path(f"/proc/{child}").exists()]


def wait_until(happened, stack=None):
    deadline = time.monotonic() + PATIENCE
    while not happened():
        ended = stack and stack.process.poll() is not None
        assert not ended, f"bin/run ended:\n{stack.said()}"
        assert time.monotonic() < deadline, (
            f"It did not happen within {PATIENCE} seconds.\n{stack.said() if stack else ''}"
        )
        time.sleep(0.1)


def spare_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
