"""One PostgreSQL server under a folder, with two roles: the owner, who migrates, and the application, who cannot."""

import json
import os
import secrets
import shutil
import signal
import subprocess
from pathlib import Path

import psycopg2

from brokerage.embedded import accounts, binaries, processes

DATABASE = "brokerage"
SUPERUSER, OWNER, APPLICATION = "brokerage_superuser", "brokerage_owner", "brokerage_app"

EVERY_DAY = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
    "log_min_messages": "warning",
    "max_connections": "100",
    "shared_buffers": "128MB",
}
THROWN_AWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum_naptime": "1h",
    "max_connections": "200",
    "shared_buffers": "256MB",
}


class Postgres:
    name = "postgres"
    stop_with = signal.SIGINT  # "fast shutdown"

    def __init__(self, folder: Path, *, throwaway=False):
        self.folder, self.throwaway = folder, throwaway
        self.port = processes.free_port()
        self.log = folder / "postgres.log"

    def prepare(self):
        """Make the data folder on a first start."""
        self.account = accounts.for_postgres()
        self.programs = binaries.postgres(self.account)
        self.passwords = self._passwords()
        self.data = self._data_folder()
        if not self.data.exists():
            self._make_data_folder()

    def start(self) -> subprocess.Popen:
        settings = {**EVERY_DAY, **(THROWN_AWAY if self.throwaway else {}), "port": self.port}
        command = [self.programs / "postgres", "-D", self.data]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with open(self.log, "ab") as log:
            return processes.start(
                command, at_parents_death=self.stop_with, stdout=log, stderr=log, cwd="/", **self.account.options
            )

    def answers(self) -> bool:
        try:
            self._connect("postgres").close()
        except psycopg2.OperationalError:
            return False
        return True

    def make_roles(self):
        """Both roles and the database, where they are missing."""
        connection = self._connect("postgres")
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolname FROM pg_roles")
            present = {name for (name,) in cursor.fetchall()}
            for role in (OWNER, APPLICATION):
                if role not in present:
                    cursor.execute(f"CREATE ROLE {role} LOGIN PASSWORD %s", [self.passwords[role]])
            if self.throwaway:
                cursor.execute(f"ALTER ROLE {OWNER} CREATEDB")
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if not cursor.fetchone():
                cursor.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
        connection.close()

    def url(self, role, database=DATABASE) -> str:
        return f"postgres://{role}:{self.passwords[role]}@127.0.0.1:{self.port}/{database}"

    def environment(self) -> dict:
        return {"DATABASE_URL": self.url(APPLICATION), "MIGRATE_DATABASE_URL": self.url(OWNER)}

    def _connect(self, database):
        return psycopg2.connect(self.url(SUPERUSER, database), connect_timeout=5)

    def _passwords(self) -> dict:
        kept = self.folder / "postgres-passwords.json"
        if not kept.exists():
            passwords = {role: secrets.token_urlsafe(24) for role in (SUPERUSER, OWNER, APPLICATION)}
            _write_privately(kept, json.dumps(passwords))
        return json.loads(kept.read_text())

    def _data_folder(self) -> Path:
        """var/postgres; a link to a place of root's own when the lent account cannot reach var/."""
        data = self.folder / "postgres"
        if not self.account.can_reach(self.folder) and not data.is_symlink():
            elsewhere = binaries.roots_own_folder(f"data-{secrets.token_hex(6)}")
            data.symlink_to(elsewhere / "postgres")
        return data.resolve()

    def _make_data_folder(self):
        """Made under another name and renamed when whole, so that an interrupted start leaves nothing half done."""
        unfinished = self.data.with_name("postgres-unfinished")
        password = self.data.with_name("postgres-first-password")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        _write_privately(password, self.passwords[SUPERUSER])
        for path in (unfinished, password):
            self.account.own(path)
        command = [self.programs / "initdb", "-D", unfinished, "-U", SUPERUSER, f"--pwfile={password}", "--no-sync"]
        command += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin"]
        command += ["--builtin-locale=C.UTF-8", "--data-checksums", "--no-instructions"]
        initdb = processes.start(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd="/", **self.account.options
        )
        said, _ = initdb.communicate()
        password.unlink()
        if initdb.returncode:
            raise SystemExit(f"PostgreSQL could not make its data folder.\n{said}")
        unfinished.rename(self.data)


def _write_privately(path, text):
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
