"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from functools import partial
from pathlib import Path

from .undoing import undone_by


def write_whole(file: Path, text: str) -> None:
    """Puts the text in the file's place at once: whoever reads it meanwhile gets the old one or the new one.

    OSError where that can't be; the old file is as it was then.
    """
    folder = file.parent
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=folder, prefix=f".{file.name}.", delete=False) as made:
        temporary = Path(made.name)
        with undone_by(partial(temporary.unlink, missing_ok=True)):
            made.write(text)
            made.flush()
            os.fsync(made.fileno())
            temporary.chmod(file.stat().st_mode & 0o777 if file.exists() else 0o666 & ~_umask())
            temporary.replace(file)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
