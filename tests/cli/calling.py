"""What the fixtures of these tests give."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from click.testing import Result
from execing import INTERRUPTIBLE, prepared

# Calls `taropy` with these arguments.
Cli = Callable[..., Result]

# Writes a program, and gives its path.
Write = Callable[..., str]


@contextmanager
def interruptible(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    """Runs the command in a process of its own, which Ctrl-C ends also where the tests themselves ignore it."""
    pipe = subprocess.PIPE
    with subprocess.Popen(prepared(INTERRUPTIBLE, command), stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()  # does nothing to one that has ended, as it should have
