"""Children that are brought back when they die, with growing pauses, and what they say with their name before it."""

import signal
import sys
import threading
import time

from brokerage.embedded import processes

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60
STEADY_AFTER = 60  # seconds a child must live before its earlier deaths are forgotten
COLOURS = {"web": 36, "worker": 33, "beat": 35, "sweeper": 34, "mailbox": 32}


def say(sentence, name="bin/run"):
    label = f"{name:<8}|"
    if sys.stdout.isatty():
        label = f"\033[{COLOURS.get(name, 90)}m{label}\033[0m"
    sys.stdout.write(f"{label} {sentence}\n")
    sys.stdout.flush()


class Child:
    """`start` gives a new process each time it is called."""

    def __init__(self, name, start, *, stop_with=signal.SIGTERM, process=None):
        self.name, self.start, self.stop_with = name, start, stop_with
        self.process, self.started_at = process, time.monotonic()
        self.pause, self.again_at = FIRST_PAUSE, 0.0

    def look(self):
        """Start it when it has never run, or when it died and its pause is over."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            self._has_died(now)
        if self.process is None and now >= self.again_at:
            self._begin(now)

    def ask_to_stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(self.stop_with)

    def wait_until_stopped(self, patience):
        if self.process is not None:
            processes.wait_or_kill(self.process, patience)

    def _has_died(self, now):
        if now - self.started_at > STEADY_AFTER:
            self.pause = FIRST_PAUSE
        say(f"{self.name} ended ({_how(self.process.returncode)}); starting it again in {self.pause:g} seconds")
        self.process, self.again_at = None, now + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)

    def _begin(self, now):
        self.process, self.started_at = self.start(), now
        if self.process.stdout is not None:
            threading.Thread(target=self._repeat, args=(self.process.stdout,), daemon=True).start()

    def _repeat(self, lines):
        for line in lines:
            say(line.rstrip("\n"), self.name)


def _how(status):
    return f"status {status}" if status >= 0 else signal.Signals(-status).name
