"""The wheel of this checkout, and virtual environments of what people install."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import attrs

REPO = Path(__file__).parents[1]


class Uninstallable(Exception):
    """pip could not do it; the message is pip's last word."""


@attrs.frozen
class Installation:
    """A virtual environment, without a pip of its own."""

    folder: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / ("Scripts" if os.name == "nt" else "bin") / "python"

    def install(self, *requirements: str | Path) -> None:
        """Installs these and what they need. Nothing is compiled: type checkers read sources."""
        pip("--python", self.python, "install", "--no-compile", *requirements)


def build(folder: Path) -> Path:
    """Builds the wheel of this checkout into an empty folder."""
    pip("wheel", "--no-deps", "--wheel-dir", folder, REPO)
    return next(folder.glob("taropy-*.whl"))


def installation(folder: Path, *requirements: str | Path) -> Installation:
    """A new virtual environment in `folder` with these."""
    venv.create(folder, with_pip=False)
    made = Installation(folder)
    made.install(*requirements)
    return made


def pip(*arguments: str | Path) -> None:
    """Runs pip. `Uninstallable` if it fails."""
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Uninstallable(done.stderr.strip().rpartition("\n")[2])
