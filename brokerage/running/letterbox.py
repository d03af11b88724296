"""The development SMTP server. We hold its socket: while it starts again letters wait, and are not refused."""

import signal
import socket
import sys
from contextlib import contextmanager

from brokerage.embedded import processes


class LetterBox:
    name = "mailbox"
    stop_with = signal.SIGTERM

    def __init__(self, var):
        self.folder = var / "mail"
        self.listener = socket.create_server(("127.0.0.1", 0))

    def start(self, **options):
        number = self.listener.fileno()
        command = [sys.executable, "-m", "brokerage.devmail", number, self.folder]
        return processes.start(command, pass_fds=[number], **options)

    def environment(self) -> dict:
        return {"EMAIL_URL": f"smtp://127.0.0.1:{self.listener.getsockname()[1]}", "DEV_MAILBOX": str(self.folder)}


def is_wanted(given) -> bool:
    return not given.get("EMAIL_URL")


@contextmanager
def beside(var, environment):
    """A letter box for as long as a command takes, unless letters have somewhere else to go."""
    if not is_wanted(environment):
        yield {}
        return
    box = LetterBox(var)
    process = box.start(env=environment)
    try:
        yield box.environment()
    finally:
        processes.stop(process, box.stop_with)
