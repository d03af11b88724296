"""The servers this machine was not given, started together and stopped together."""

import time
from pathlib import Path

from brokerage.embedded import processes
from brokerage.embedded.postgres import Postgres
from brokerage.embedded.valkey import Valkey

PATIENCE = 60


class Servers:
    """Starts a PostgreSQL unless `given` names a DATABASE_URL, and a Valkey unless it names a REDIS_URL."""

    def __init__(self, folder: Path, given, *, throwaway=False):
        self.folder = folder
        wanted = {"DATABASE_URL": Postgres, "REDIS_URL": Valkey}
        self.servers = [make(folder, throwaway=throwaway) for name, make in wanted.items() if not given.get(name)]
        self.processes = {}

    def start(self):
        self.folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        for server in self.servers:
            server.prepare()
        try:
            for server in self.servers:
                self.processes[server] = server.start()
            for server in self.servers:
                wait_for(server, self.processes[server])
                if isinstance(server, Postgres):
                    server.make_roles()
        except BaseException:
            self.stop()
            raise
        return self

    def postgres(self) -> Postgres | None:
        return next((server for server in self.servers if isinstance(server, Postgres)), None)

    def pause(self, server):
        processes.stop(self.processes[server], server.stop_with)

    def resume(self, server):
        self.processes[server] = server.start()
        wait_for(server, self.processes[server])

    def environment(self) -> dict:
        return {name: value for server in self.servers for name, value in server.environment().items()}

    def stop(self):
        for server, process in reversed(self.processes.items()):
            processes.stop(process, server.stop_with)


def wait_for(server, process):
    deadline = time.monotonic() + PATIENCE
    while not server.answers():
        if process.poll() is not None:
            raise SystemExit(f"{server.name} stopped at once. The end of {server.log}:\n{_tail(server.log)}")
        if time.monotonic() > deadline:
            raise SystemExit(f"{server.name} did not answer within {PATIENCE} seconds; see {server.log}.")
        time.sleep(0.03)


def _tail(log) -> str:
    return log.read_text(errors="replace")[-2000:]
