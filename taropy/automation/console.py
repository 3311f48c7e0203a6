"""What an app in Python says on its console: records of `logging`, and, where that is wanted, what it prints."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Callable
from typing import Any, TextIO

#: Called with a kind of line (`log`, `warn`, …) and what was said.
Say = Callable[..., None]

_KINDS = ((logging.ERROR, "error"), (logging.WARNING, "warn"), (logging.INFO, "info"))

#: Whose records are no business of the app's.
_OTHERS = ("asyncio", "websockets", "taropy", "minium", "concurrent", "urllib3")


class Console(logging.Handler):
    """Hears of the lines between `begin` and `end`."""

    def __init__(self, say: Say, *, printed: bool) -> None:
        super().__init__()
        self._say = say
        self._prints = printed
        self._before: TextIO | None = None

    def begin(self) -> None:
        """Hears of lines from now on."""
        logging.getLogger().addHandler(self)
        if self._prints:
            self._before = sys.stdout
            sys.stdout = _Heard(sys.stdout, self._say)

    def end(self) -> None:
        """Hears of no more."""
        logging.getLogger().removeHandler(self)
        if self._before is not None:
            sys.stdout, self._before = self._before, None

    def emit(self, record: logging.LogRecord) -> None:
        """Tells of a record."""
        if record.name.partition(".")[0] in _OTHERS:
            return
        kind = next((kind for level, kind in _KINDS if record.levelno >= level), "debug")
        try:
            self._say(kind, record.getMessage())
        except Exception:  # logging's own protocol: who logs does not fail by it, and `handleError` tells of it
            self.handleError(record)


class _Heard(io.TextIOBase):
    """The standard output, whose whole lines are told of, too."""

    def __init__(self, out: TextIO, say: Say) -> None:
        self._out = out
        self._say = say
        self._line = ""

    def write(self, text: str) -> int:
        self._out.write(text)
        *lines, self._line = (self._line + text).split("\n")
        for line in lines:
            self._say("log", line)
        return len(text)

    def flush(self) -> None:
        self._out.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._out, name)
