"""Reads and types each environment variable, once, with a sentence that says what to do when one is missing."""

from pathlib import Path
from urllib.parse import unquote, urlparse

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

_env = environ.Env()


def text(name: str, default: str = "") -> str:
    return _env.str(name, default=default)


def required(name: str, advice: str) -> str:
    value = _env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"Set {name}. {advice}")
    return value


def flag(name: str, default: bool = False) -> bool:
    return _env.bool(name, default=default)


def number(name: str, default: int) -> int:
    return _env.int(name, default=default)


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list, empty entries dropped."""
    return [word.strip() for word in _env.str(name, default=default).split(",") if word.strip()]


def database(name: str) -> dict:
    required(
        name, "For example postgres://user:password@host:5432/brokerage. `bin/run` and `bin/manage` set it themselves."
    )
    return _env.db(name)


def email(name: str) -> dict:
    """`smtp://user:password@host:port` as Django's settings; `smtp+tls` for STARTTLS, `smtps` for TLS from the start."""
    url = urlparse(text(name, "smtp://127.0.0.1:25"))
    if url.scheme not in {"smtp", "smtp+tls", "smtps"}:
        raise ImproperlyConfigured(f"{name} must begin with smtp://, smtp+tls:// or smtps://.")
    return {
        "EMAIL_HOST": url.hostname or "127.0.0.1",
        "EMAIL_PORT": url.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[url.scheme],
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_TLS": url.scheme == "smtp+tls",
        "EMAIL_USE_SSL": url.scheme == "smtps",
    }


def folder(name: str, default: Path) -> Path:
    return Path(_env.str(name, default=str(default))).resolve()
