"""What the fixtures of these tests give."""

from __future__ import annotations

from collections.abc import Callable

from click.testing import Result

# Calls `taropy` with these arguments.
Cli = Callable[..., Result]

# Writes a program, and gives its path.
Write = Callable[..., str]
