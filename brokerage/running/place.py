"""What every process of this installation is told: where things are, and the keys."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlparse

ROOT = Path(__file__).resolve().parent.parent.parent


def folder(environment=os.environ) -> Path:
    """var/: others on this machine may pass through, as PostgreSQL may run under another account, but not look."""
    var = Path(environment.get("VAR_DIR") or ROOT / "var").resolve()
    var.mkdir(mode=0o711, parents=True, exist_ok=True)
    (var / "files").mkdir(mode=0o700, exist_ok=True)
    return var


def environment(var: Path, given=os.environ) -> dict:
    """What was given, with the rest filled in. Keys are made once and kept under var/."""
    port = given.get("PORT") or "8000"
    ours = {
        "VAR_DIR": str(var),
        "PORT": port,
        "SITE_URL": f"http://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "brokerage.settings",
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": str(ROOT),
        "SEAL_KEY": str(var / "seal.key.pem"),
        "SEAL_CERTIFICATE": str(var / "seal.cert.pem"),
    }
    for name in ("SECRET_KEY", "LINK_KEY"):
        if not given.get(name):
            ours[name] = _key(var / name.lower().replace("_", "-"))
    if not given.get("DATABASE_URL"):  # our own database: this is the demonstration
        ours |= {"DEMONSTRATION": "1", "SECOND_FACTOR_REQUIRED": "0"}
    return {**ours, **{name: value for name, value in given.items() if value}}


def as_owner(environment: dict) -> dict:
    """The same, signed in to the database as the role that may change its tables; the application's is named too."""
    application = environment["DATABASE_URL"]
    owner = environment.get("MIGRATE_DATABASE_URL") or application
    roles = {"APPLICATION_ROLE": _role(application)} if _role(application) != _role(owner) else {}
    return {**environment, "DATABASE_URL": owner, **roles}


def _role(url: str) -> str:
    return unquote(urlparse(url).username or "")


def _key(path: Path) -> str:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
