"""Commands we run to their end, with signals that reach whom they should."""

import signal
import subprocess
import sys

from brokerage.embedded import processes

OURS_TO_WAIT_THROUGH = (signal.SIGINT, signal.SIGQUIT)


def run(command, environment, **options) -> int:
    """The exit status, as a shell would give it.

    Ctrl-C reaches the command from the terminal; where we have no answer of our own to it, we await the command's. SIGTERM
    reaches only us, so it is passed on, and then answered as it would have been.
    """
    before = {sign: signal.getsignal(sign) for sign in (*OURS_TO_WAIT_THROUGH, signal.SIGTERM)}

    def pass_on(sign, frame):
        process.terminate()
        if _is_an_answer(before[sign]):
            before[sign](sign, frame)

    try:
        for sign in OURS_TO_WAIT_THROUGH:
            if not _is_an_answer(before[sign]):
                signal.signal(sign, signal.SIG_IGN)
        process = subprocess.Popen(
            [str(part) for part in command], env=environment, preexec_fn=_first(before), **options
        )
        signal.signal(signal.SIGTERM, pass_on)
        status = process.wait()
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)
    return status if status >= 0 else 128 - status


def prepare(step, environment, **options) -> int:
    return run([sys.executable, "-m", "brokerage.running.prepare", step], environment, **options)


def _is_an_answer(handler) -> bool:
    return callable(handler) and handler is not signal.default_int_handler


def _first(signals):
    dies_with_us = processes.dies_with_parent(signal.SIGTERM)

    def in_the_child():
        for sign in signals:
            signal.signal(sign, signal.SIG_DFL)
        if dies_with_us:
            dies_with_us()

    return in_the_child
