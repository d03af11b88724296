"""Finds a Chromium: $CHROMIUM, the system's, or the one made before under .cache/."""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
MADE = ROOT / ".cache" / "chromium"
SYSTEM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True)
class Chromium:
    program: str
    environment: dict = field(default_factory=dict)


def find() -> Chromium | None:
    if program := os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, SYSTEM)), None):
        return Chromium(program)
    if (MADE / "chromium").exists():
        libraries = MADE / "libraries" / "lib"
        return Chromium(
            str(MADE / "chromium"), {"FONTCONFIG_FILE": str(MADE / "fonts.conf"), "LD_LIBRARY_PATH": str(libraries)}
        )
    return None
