"""Signals that arrive while bin/run or bin/manage waits for a command."""

import os
import signal
import subprocess
import sys

import pytest

from brokerage.running.place import ROOT

WITH_AN_ANSWER = """
import os, signal, sys
from brokerage.running import commands
signal.signal(signal.SIGTERM, lambda *_: print("answered", flush=True))
sleeper = "import time; print('ready', flush=True); time.sleep(60)"
print("status", commands.run([sys.executable, "-c", sleeper], dict(os.environ)), flush=True)
"""
WITHOUT_AN_ANSWER = """
import os, sys
from brokerage.running import commands
sleeper = "import signal, time; signal.signal(signal.SIGINT, lambda *_: exit(7)); print('ready', flush=True); time.sleep(60)"
print("status", commands.run([sys.executable, "-c", sleeper], dict(os.environ)), flush=True)
"""


@pytest.fixture
def waiting():
    started = []

    def start(code):
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(
            [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        process.stdout.close()


def test_a_request_to_stop_ends_the_command_and_is_answered_as_well(waiting):
    process = waiting(WITH_AN_ANSWER)
    assert process.stdout.readline() == "ready\n"

    process.terminate()

    assert process.communicate(timeout=20)[0] == "answered\nstatus 143\n"


def test_ctrl_c_is_the_commands_to_answer(waiting):
    process = waiting(WITHOUT_AN_ANSWER)
    assert process.stdout.readline() == "ready\n"

    os.killpg(process.pid, signal.SIGINT)

    assert process.communicate(timeout=20)[0] == "status 7\n"
