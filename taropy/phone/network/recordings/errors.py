"""What goes wrong with files of recordings."""

from __future__ import annotations

import os
from pathlib import Path

ANEW = "record it anew with phone.network.record(…), or export a HAR file with content from a browser"


class RecordingError(ValueError):
    """A file is no recording that can be replayed: `path` is the file; the text says why, and what to do."""

    def __init__(self, path: str | os.PathLike[str], fault: str) -> None:
        super().__init__(f"{path} {fault}")
        self.path = Path(path)
        self.fault = fault

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.path, self.fault)
