"""bin/run: everything, from one command, until Ctrl-C."""

import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request

from brokerage.embedded import processes
from brokerage.embedded.servers import Servers
from brokerage.running import commands, letterbox, place, sharing
from brokerage.running.children import Child, say

PATIENCE = 15  # seconds that children have to finish what they are doing


def main():
    stopping = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, lambda *_: stopping.set())
    var = place.folder()
    environment = place.environment(var)
    _port_must_be_free(environment["PORT"])
    while True:
        try:
            with sharing.holding(var, by="bin/run"):
                return Stack(var, environment, stopping).run()
        except sharing.Held as held:
            if held.by.startswith("bin/run"):
                sys.exit(f"{held.by} already runs on {var}. Stop it first, or give this one a VAR_DIR and a PORT.")
            if stopping.wait(0.3):  # a bin/manage, soon done
                return 130


class Stack:
    """The servers, then the tables, then the children, in that order; and the other way round at the end."""

    def __init__(self, var, environment, stopping):
        self.var, self.environment, self.stopping = var, environment, stopping
        self.servers = Servers(var, environment)
        self.children = []

    def run(self):
        self.servers.start()
        self.watch = [
            Child(server.name, server.start, stop_with=server.stop_with, process=process)
            for server, process in self.servers.processes.items()
        ]
        self.environment = {**self.servers.environment(), **self.environment}
        try:
            self._add_letter_box()
            if not self._prepare():
                return 1
            sharing.publish(self.var, self._addresses())
            self._add_children()
            self._look_after_them()
        finally:
            self._stop()
        return 0

    def _add_letter_box(self):
        if letterbox.is_wanted(self.environment):
            box = letterbox.LetterBox(self.var)
            self.environment |= box.environment()
            self._add(Child(box.name, lambda: box.start(env=self.environment)))

    def _prepare(self):
        say("Bringing the tables up to date")
        for step, environment in (("owner", place.as_owner(self.environment)), ("application", self.environment)):
            if self.stopping.is_set() or commands.prepare(step, environment):
                return False
        return True

    def _add_children(self):
        python, port = sys.executable, self.environment["PORT"]
        web = [python, "-m", "gunicorn", "brokerage.wsgi", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"]
        web += ["--workers", "2", "--threads", "4", "--no-control-socket", "--graceful-timeout", "10"]
        celery = [python, "-m", "celery", "--app", "brokerage", "--quiet"]
        quiet_about_root = ["-W", "ignore:You're running the worker with superuser privileges"]
        worker = [
            python,
            *quiet_about_root,
            *celery[1:],
            "worker",
            "--concurrency",
            "2",
            "--loglevel",
            "WARNING",
            "--without-gossip",
        ]
        beat = [*celery, "beat", "--loglevel", "WARNING", "--pidfile=", "--schedule", self.var / "beat-schedule"]
        sweeper = [python, place.ROOT / "manage.py", "tick"]
        self._add(self._child("web", [*web, "--log-level", "warning"]))
        self._add(self._child("worker", worker, at_parents_death=signal.SIGKILL))  # its pool dies with it
        self._add(self._child("beat", beat))
        self._add(self._child("sweeper", sweeper))

    def _child(self, name, command, **options):
        def start():
            return processes.start(
                command,
                cwd=place.ROOT,
                env=self.environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                **options,
            )

        return Child(name, start)

    def _add(self, child):
        self.children.append(child)
        child.look()

    def _look_after_them(self):
        said_ready = False
        while not self.stopping.wait(0.2):
            for child in (*self.watch, *self.children):
                child.look()
            if not said_ready and self._answers():
                said_ready = True
                self._say_ready()

    def _answers(self):
        known_as = urllib.parse.urlsplit(self.environment.get("SITE_URL", "")).netloc  # the one name it answers to
        asking = urllib.request.Request(
            f"http://127.0.0.1:{self.environment['PORT']}/healthz", headers={"Host": known_as} if known_as else {}
        )
        try:
            with urllib.request.urlopen(asking, timeout=2):
                return True
        except urllib.error.HTTPError:
            return False
        except OSError:
            return False

    def _say_ready(self):
        print(f"\nReady: http://127.0.0.1:{self.environment['PORT']}", flush=True)
        if self.environment.get("DEV_MAILBOX"):
            print(f"Letters: http://127.0.0.1:{self.environment['PORT']}/dev/mail/", flush=True)
        commands.prepare("accounts", self.environment)
        print(flush=True)

    def _addresses(self):
        names = ("DATABASE_URL", "MIGRATE_DATABASE_URL", "REDIS_URL", "EMAIL_URL", "DEV_MAILBOX", "PORT", "SITE_URL")
        return {name: self.environment[name] for name in names if name in self.environment}

    def _stop(self):
        say("Stopping")
        sharing.withdraw(self.var)
        for group in (self.children, self.watch):
            for child in group:
                child.ask_to_stop()
            for child in group:
                child.wait_until_stopped(PATIENCE)
        say("Stopped")


def _port_must_be_free(port):
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", int(port)))
        except OSError:
            sys.exit(f"Something else listens on port {port}. Stop it, or choose another: PORT=8001 bin/run")


if __name__ == "__main__":
    sys.exit(main())
