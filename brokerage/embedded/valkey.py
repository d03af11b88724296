"""One Valkey server under a folder. Everything in it may be lost at any time, so it is kept only for convenience."""

import signal
import socket
import subprocess
from pathlib import Path

from brokerage.embedded import binaries, processes


class Valkey:
    name = "valkey"
    stop_with = signal.SIGTERM

    def __init__(self, folder: Path, *, throwaway=False, port=0):
        self.folder, self.throwaway = folder, throwaway
        self.port = port or processes.free_port()
        self.log = folder / "valkey.log"

    def prepare(self):
        (self.folder / "valkey").mkdir(mode=0o700, parents=True, exist_ok=True)

    def start(self) -> subprocess.Popen:
        command = [binaries.valkey(), "--bind", "127.0.0.1", "--port", self.port, "--dir", self.folder / "valkey"]
        command += ["--save", "", "--appendonly", "no" if self.throwaway else "yes"]
        command += ["--maxmemory-policy", "noeviction", "--databases", "64"]
        with open(self.log, "ab") as log:
            return processes.start(command, at_parents_death=self.stop_with, stdout=log, stderr=log)

    def answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(7).startswith(b"+PONG")
        except OSError:
            return False

    def environment(self) -> dict:
        return {"REDIS_URL": f"redis://127.0.0.1:{self.port}/0"}
