"""Opens a published file as text: plain or gzipped, in UTF-8 or as Windows writes it."""

import codecs
import gzip
import io
from pathlib import Path


class Unreadable(Exception):
    """The file as a whole is none that we know; the sentence says what was looked for."""


def open_text(path: Path) -> io.TextIOWrapper:
    """Raises Unreadable, OSError."""
    return io.TextIOWrapper(_bytes(path), _encoding(path), errors="replace", newline="")


def _bytes(path):
    with open(path, "rb") as file:
        is_zipped = file.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if is_zipped else open(path, "rb")


def _encoding(path) -> str:
    """UTF-8 if every byte of it is; else what Windows writes."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with _bytes(path) as file:
            while chunk := file.read(1 << 20):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    except (EOFError, gzip.BadGzipFile) as problem:
        raise Unreadable(f"{path.name} is damaged: {problem}.") from problem
    return "utf-8-sig"
