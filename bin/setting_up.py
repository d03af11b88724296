"""Makes the virtual environment and puts in it exactly what the lock files say. Needs nothing but a bare Python."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {False: "requirements.txt", True: "requirements-dev.txt"}


def ready(*, for_development=False):
    """Nothing to do on most days; about half a minute on the first. Says what it does on standard error."""
    if sys.version_info < (3, 11):  # noqa: UP036 (whoever comes with an older one is told so)
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    with _one_at_a_time():
        if not _works():
            _make()
        if not _stamp(for_development).exists():
            _install(for_development)


def become(*arguments):
    """Replace this process by the virtual environment's Python, with the project on its path."""
    path = os.pathsep.join(part for part in (str(ROOT), os.environ.get("PYTHONPATH", "")) if part)
    os.environ.update(PYTHONPATH=path, PYTHONUNBUFFERED="1")
    os.execv(PYTHON, [str(PYTHON), *map(str, arguments)])


def run(*arguments, **environment):
    """Run the virtual environment's Python at the project's root and return its exit status."""
    return subprocess.run([PYTHON, *map(str, arguments)], cwd=ROOT, env={**os.environ, **environment}).returncode


@contextmanager
def _one_at_a_time():
    cache = ROOT / ".cache"
    cache.mkdir(exist_ok=True)
    with open(cache / "setting-up.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _works():
    try:
        return subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0
    except OSError:
        return False


def _make():
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        sys.exit("This Python cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv")
    _say("Making a virtual environment in .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    venv.create(VENV, with_pip=True)


def _install(for_development):
    lock = LOCKS[for_development]
    _say(f"Installing {lock} (once; about half a minute)")
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    command += ["--only-binary", ":all:", "--require-hashes", "--requirement", lock]
    if subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=sys.stderr).returncode:
        sys.exit(f"Installing {lock} did not work; the reason is above. Nothing else was changed.")
    for part in {False, for_development}:
        _stamp(part).touch()


def _stamp(for_development):
    """A file whose name says which lock, and which Python, it was made for."""
    made_from = (VENV / "pyvenv.cfg").read_bytes() + (ROOT / LOCKS[for_development]).read_bytes()
    return VENV / f".installed-{hashlib.sha256(made_from).hexdigest()[:20]}"


def _say(sentence):
    print(sentence, file=sys.stderr, flush=True)
