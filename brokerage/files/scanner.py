"""The virus scanner a council may have: clamd, spoken to over TCP or a socket of this machine."""

import socket
import struct
import time
from dataclasses import dataclass
from urllib.parse import urlparse

from django.conf import settings

CONNECT = 5  # seconds to be answered at all
WHOLE = 20  # seconds for one file
CHUNK = 64 * 1024


class Unreachable(Exception):
    """Nobody answered, or nobody gave a verdict."""


@dataclass(frozen=True)
class Finding:
    scanner: str
    virus: str = ""  # its name; empty where nothing was found


def is_configured() -> bool:
    return bool(settings.SCANNER_URL)


def scan(chunks) -> Finding:
    """What clamd says of these bytes.

    Raises:
        Unreachable: it could not be asked, took too long, or answered with anything but a verdict.
    """
    stop_at = time.monotonic() + WHOLE
    try:
        with _connect() as line:
            _send(line, b"zINSTREAM\0", stop_at)
            for chunk in chunks:
                for start in range(0, len(chunk), CHUNK):
                    part = chunk[start : start + CHUNK]
                    _send(line, struct.pack("!I", len(part)) + part, stop_at)
            _send(line, struct.pack("!I", 0), stop_at)
            return _verdict(_answer(line, stop_at))
    except OSError as error:
        raise Unreachable(type(error).__name__) from error


def _connect() -> socket.socket:
    url = urlparse(settings.SCANNER_URL)
    if url.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(CONNECT)
        try:
            line.connect(url.path)
        except OSError:
            line.close()
            raise
        return line
    return socket.create_connection((url.hostname, url.port or 3310), timeout=CONNECT)


def _send(line, data, stop_at) -> None:
    line.settimeout(_left(stop_at))
    line.sendall(data)


def _answer(line, stop_at) -> str:
    said = b""
    while b"\0" not in said and len(said) < 4096:
        line.settimeout(_left(stop_at))
        if not (part := line.recv(4096)):
            break
        said += part
    return said.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _left(stop_at) -> float:
    if (left := stop_at - time.monotonic()) <= 0:
        raise TimeoutError
    return left


def _verdict(said: str) -> Finding:
    if said == "stream: OK":
        return Finding("clamd")
    if said.startswith("stream: ") and said.endswith(" FOUND"):
        return Finding("clamd", virus=said.removeprefix("stream: ").removesuffix(" FOUND"))
    raise Unreachable("no verdict")
