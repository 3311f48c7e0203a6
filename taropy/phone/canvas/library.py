"""Skia, the library that draws: Chromium's canvas is made of it, and so is WeChat's.

Whatever imports `skia` from here is imported when a program first draws.
"""

from __future__ import annotations

from typing import Any

from ...extras import MissingExtra, need

EXTRA = "canvas"
WHAT = "a canvas"


class MissingLibrary(MissingExtra):
    """skia-python is installed, and the system lacks a library that it is linked with."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        text = f"skia-python, which draws canvases, lacks a library of the system: {reason}"
        ImportError.__init__(self, f"{text} (on Debian and Ubuntu: apt install libegl1 libgl1)", name="skia")
        self.extra, self.what = EXTRA, WHAT

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.reason,)


def _load() -> Any:
    try:
        return need("skia", extra=EXTRA, what=WHAT)
    except MissingExtra as missing:
        raise MissingExtra(EXTRA, "skia-python", WHAT) from missing
    except ImportError as error:
        raise MissingLibrary(str(error)) from error


skia: Any = _load()
