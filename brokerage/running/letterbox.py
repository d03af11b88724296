"""The development SMTP server, on a socket we hold ourselves: while it starts again letters wait, and are not refused."""

import signal
import socket
import sys

from brokerage.embedded import processes


class LetterBox:
    name = "mailbox"
    stop_with = signal.SIGTERM

    def __init__(self, var, environment):
        self.folder, self.environment_of_child = var / "mail", environment
        self.listener = socket.create_server(("127.0.0.1", 0))

    def start(self, **options):
        number = self.listener.fileno()
        command = [sys.executable, "-m", "brokerage.devmail", number, self.folder]
        return processes.start(command, pass_fds=[number], env=self.environment_of_child, **options)

    def environment(self) -> dict:
        return {"EMAIL_URL": f"smtp://127.0.0.1:{self.listener.getsockname()[1]}", "DEV_MAILBOX": str(self.folder)}
