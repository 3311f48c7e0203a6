"""What it costs to check a small program from scratch, beside one with boto3 and the stubs of S3."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from .environments import Subject, subjects
from .measure import Result, at_most

ROUNDS = 5


def results() -> list[Result]:
    """mypy without a cache, and pyright, which keeps none."""
    with subjects() as pair:
        return [_beside(checker, pair) for checker in ("mypy", "pyright")]


def _beside(checker: str, pair: tuple[Subject, Subject]) -> Result:
    rounds = [[_seconds(checker, subject) for subject in pair] for _ in range(ROUNDS)]
    ours, theirs = map(median, zip(*rounds, strict=True))
    return at_most(f"{checker}, cold", (pair[0].name, ours), (pair[1].name, theirs), 1.5, "s")


def _seconds(checker: str, subject: Subject) -> float:
    """The time of one run; a program that is not clean is an error."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        command = [sys.executable, "-m", checker, *_arguments(checker, subject, folder), str(subject.program(folder))]
        start = time.perf_counter()
        subprocess.run(command, cwd=folder, capture_output=True, check=True)
        return time.perf_counter() - start


def _arguments(checker: str, subject: Subject, folder: Path) -> list[str]:
    if checker == "mypy":
        python = f"--python-executable={subject.installed.python}"
        return ["--config-file=", "--strict", f"--cache-dir={folder / 'cache'}", python]
    return ["--pythonpath", str(subject.installed.python)]
