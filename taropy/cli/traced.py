"""`taropy run --trace`: what a program has called on its phone, written to a file when it has ended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

if TYPE_CHECKING:
    from ..phone import Phone


@attrs.define
class Ended:
    """How a program has ended: its exit code."""

    code: int = 1


@contextmanager
def traced(phone: Phone, program: Path, file: Path) -> Iterator[Ended]:
    """Records what is called on the phone, which keeps a log, and writes it; the caller says how it has ended."""
    from ..trace.document import About, write
    from ..trace.recording import Recording

    recording, ended = Recording(phone), Ended()
    try:
        yield ended
    finally:
        error = f"exit code {ended.code}" if ended.code else ""
        try:
            write(recording, About(str(program), "failed" if error else "passed", error), file)
        except OSError as problem:
            raise click.UsageError(f"{file} cannot be written: {problem.strerror}") from problem
        click.echo(f"trace: {file}", err=True)
