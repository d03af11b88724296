"""Child processes that end with their parent, whatever way it ends."""

import ctypes
import os
import signal
import socket
import subprocess
import sys

SET_PARENT_DEATH_SIGNAL = 1


def start(command, *, at_parents_death=signal.SIGTERM, **options) -> subprocess.Popen:
    """Start a process in a session of its own, so that Ctrl-C reaches only us; Linux ends it when we die.

    Call it from the main thread: the signal is sent when the thread that started the child ends.
    """
    options.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.Popen(
        [str(part) for part in command],
        start_new_session=True,
        preexec_fn=dies_with_parent(at_parents_death),
        **options,
    )


def stop(process, sign=signal.SIGTERM, *, patience=15):
    if process.poll() is None:
        process.send_signal(sign)
    wait_or_kill(process, patience)


def wait_or_kill(process, patience):
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def dies_with_parent(sign):
    """For `preexec_fn`."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl
    parent = os.getpid()

    def in_the_child():
        prctl(SET_PARENT_DEATH_SIGNAL, int(sign), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return in_the_child
