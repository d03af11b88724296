"""Servers of the test's own, to be frozen, killed and emptied, and workers that are real processes."""

import email
import email.policy
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager

import redis
from django.conf import settings

from brokerage.embedded import processes
from brokerage.embedded.valkey import Valkey


def wait_until(what, *, seconds=30, every=0.05):
    stop_at = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < stop_at, f"waited {seconds} seconds in vain"
        time.sleep(every)
    return found


class Program:
    """A server or worker that can be stopped still, woken, and killed without a word."""

    process = None

    def freeze(self):
        os.killpg(self.process.pid, signal.SIGSTOP)

    def thaw(self):
        os.killpg(self.process.pid, signal.SIGCONT)

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process.poll() is None:
            self.thaw()
            processes.stop(self.process, patience=8)


class MailServer(Program):
    def __init__(self, folder):
        folder.mkdir(exist_ok=True)
        self.folder, self.port = folder, processes.free_port()
        self.start()

    def start(self):
        command = [sys.executable, "-m", "brokerage.tests.faults.sink", self.folder, self.port]
        self.process = processes.start(command, stdout=subprocess.PIPE, cwd=settings.BASE_DIR, text=True)
        assert self.process.stdout.readline() == "listening\n"

    def behaves(self, **manners):
        unfinished = self.folder / "manners.unfinished"
        unfinished.write_text(json.dumps(manners))
        unfinished.rename(self.folder / "manners.json")

    def stop(self):
        super().stop()
        self.process.stdout.close()

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def letters(self):
        """Every letter that was taken, in order."""
        policy = email.policy.default
        return [
            email.message_from_bytes(file.read_bytes(), policy=policy) for file in sorted(self.folder.glob("*.eml"))
        ]

    def __len__(self):
        return len(list(self.folder.glob("*.eml")))

    @property
    def copies(self):
        """How often each letter came, by its dispatch id."""
        return Counter(int(letter["X-Dispatch-Id"]) for letter in self.letters)

    @property
    def connections(self):
        file = self.folder / "connections"
        return len(file.read_text().splitlines()) if file.exists() else 0


class Broker(Program):
    def __init__(self, folder):
        folder.mkdir(exist_ok=True)
        self.server = Valkey(folder, throwaway=True)
        self.server.prepare()
        self.start()

    def start(self):
        self.process = self.server.start()
        wait_until(self.server.answers)

    @property
    def url(self):
        return self.server.environment()["REDIS_URL"]

    def flush(self):
        with redis.Redis.from_url(self.url) as client:
            client.flushall()

    @property
    def rings(self):
        with redis.Redis.from_url(self.url) as client:
            return client.llen("celery")


class Worker(Program):
    """`celery worker` as bin/run starts it, on this test's database, broker and mail server."""

    def __init__(self, broker, mail, log, *, processes=2):
        self.log, self.processes = log, processes
        self.environment = environment(broker, mail)
        self.start()

    def start(self):
        command = [sys.executable, "-m", "celery", "-A", "brokerage", "worker", "--concurrency", self.processes]
        command += ["--without-gossip", "--without-mingle", "--loglevel", "INFO"]
        before = self.ready_count()
        with open(self.log, "ab") as log:
            self.process = processes.start(command, stdout=log, stderr=log, env=self.environment, cwd=settings.BASE_DIR)
        wait_until(lambda: self.ready_count() > before, seconds=60)

    def ready_count(self):
        return self.log.read_text(errors="replace").count(" ready.") if self.log.exists() else 0


class Web(Program):
    """The pages, as bin/run serves them."""

    def __init__(self, broker, mail, log):
        self.port = processes.free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        command = [sys.executable, "-m", "gunicorn", "brokerage.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        command += ["--worker-class", "gthread", "--threads", 4, "--no-control-socket"]
        served = {
            **environment(broker, mail),
            "SITE_URL": self.address,
            "DEBUG": "1",
        }  # static files need no collecting
        with open(log, "ab") as output:
            self.process = processes.start(command, stdout=output, stderr=output, env=served, cwd=settings.BASE_DIR)
        wait_until(self.answers, seconds=60)

    def answers(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True


def environment(broker, mail):
    """What a child process needs to work on the test's own database and servers, signed in as the application."""
    address, slash, _ = os.environ.get("TEST_APP_DATABASE_URL", os.environ["DATABASE_URL"]).rpartition("/")
    database = settings.DATABASES["default"]["NAME"]
    return {
        **os.environ,
        "DATABASE_URL": f"{address}{slash}{database}",
        "REDIS_URL": broker.url,
        "EMAIL_URL": mail.url,
        "PYTHONPATH": str(settings.BASE_DIR),
    }


@contextmanager
def frozen(program):
    program.freeze()
    try:
        yield
    finally:
        program.thaw()
