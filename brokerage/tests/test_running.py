"""bin/run as a developer meets it: what dies comes back, a second one is told why not, and nothing outlives it."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest

from brokerage.tests.stack import Stack, descendants, spare_port, wait_until

SESSION = "from django.contrib.sessions.models import Session; "


@pytest.fixture(scope="module")
def folder():
    """Not pytest's own, which is private: as root, PostgreSQL runs under another account and must reach it."""
    path = Path(tempfile.mkdtemp(prefix="brokerage-run-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="module")
def stack(folder):
    stack = Stack(folder).start()
    yield stack
    if stack.process.poll() is None:
        stack.process.terminate()
        stack.process.wait(30)


def test_a_web_process_that_is_killed_comes_back(stack):
    before = stack.find("gunicorn")

    os.kill(before[0].number, signal.SIGKILL)

    wait_until(lambda: "web ended (SIGKILL); starting it again" in stack.said(), stack)
    wait_until(lambda: not any(process.is_alive() for process in before), stack)
    wait_until(stack.answers, stack)


def test_postgresql_that_is_killed_comes_back_at_the_same_address(stack):
    (postgres, *_) = stack.find("/postgres -D")

    os.kill(postgres.number, signal.SIGKILL)

    wait_until(lambda: "postgres ended (SIGKILL); starting it again" in stack.said(), stack)
    wait_until(lambda: stack.manage("showmigrations").returncode == 0, stack)


def test_a_second_bin_run_on_the_same_folder_is_told_why_not(stack):
    second = subprocess.run(
        [sys.executable, "-m", "brokerage.running"],
        env=stack.environment(PORT=str(spare_port())),
        capture_output=True,
        text=True,
    )

    assert second.returncode != 0
    assert f"bin/run (process {stack.process.pid}) already runs on {stack.folder}" in second.stderr
    assert stack.answers()


def test_bin_manage_joins_the_servers_and_keeps_standard_output_for_the_command(stack):
    servers = stack.find("/postgres -D")

    done = stack.python("from django.db import connection as c; print(c.ensure_connection())")

    assert (done.returncode, done.stdout) == (0, "None\n"), done.stderr
    assert [process.number for process in stack.find("/postgres -D")] == [process.number for process in servers]


def test_the_service_is_not_the_owner_of_its_tables(stack):
    done = stack.python("from django.conf import settings; print(settings.DATABASES['default']['USER'])")

    assert done.stdout == "brokerage_app\n", done.stderr


def test_a_letter_sent_is_a_letter_in_the_box(stack):
    done = stack.manage("sendtestemail", "you@home.example")

    assert done.returncode == 0, done.stderr
    with urllib.request.urlopen(f"http://127.0.0.1:{stack.port}/dev/mail/", timeout=5) as page:
        assert "you@home.example" in page.read().decode()


def test_killed_without_warning_it_leaves_no_process_and_the_next_start_finds_its_data(stack):
    assert (
        stack.python(f"{SESSION}Session.objects.create(session_key='kept', expire_date='2099-01-01T00:00Z')").returncode
        == 0
    )
    left = descendants(stack.process.pid)
    assert len(left) > 8

    os.kill(stack.process.pid, signal.SIGKILL)
    stack.process.wait()

    wait_until(lambda: not any(process.is_alive() for process in left))
    found = stack.python(f"{SESSION}print(Session.objects.get().session_key)")
    assert found.stdout == "kept\n", found.stderr
    assert not (stack.folder / "addresses.json").exists()


@pytest.mark.soak
@pytest.mark.parametrize("round", range(20))
def test_killed_at_any_moment_it_leaves_nothing_and_starts_again(folder, round):
    stack = Stack(folder).start()
    time.sleep(round / 10)
    left = descendants(stack.process.pid)

    os.kill(stack.process.pid, signal.SIGKILL)
    stack.process.wait()

    wait_until(lambda: not any(process.is_alive() for process in left))
