"""The programs that tools run: Node.js, npm, and what npm brings."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path


class ProgramError(Exception):
    """A program is not there, or has failed."""


def run(
    program: str,
    *arguments: str,
    given: str | None = None,
    cwd: Path | None = None,
    variables: Mapping[str, str] | None = None,
) -> str:
    """What a program on the PATH prints. `given` is its input; `variables` are added to its environment."""
    path = shutil.which(program)
    if path is None:
        raise ProgramError(f"{program} is needed and is not on the PATH")
    done = subprocess.run(
        [path, *arguments], input=given, cwd=cwd, env={**os.environ, **(variables or {})},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode:
        raise ProgramError(f"{' '.join([path, *arguments])} failed:\n{done.stderr.strip()}")
    return done.stdout
