"""Where code declares an app's pages: code that is run anew, as a notebook's cell, may declare them anew."""

from __future__ import annotations

import sys
from types import CodeType, FrameType
from typing import Any

import attrs


@attrs.frozen(eq=False)
class Place:
    """The code that declares something, and the module that it runs in."""

    code: CodeType
    module: dict[str, Any]

    def comes_after(self, other: Place) -> bool:
        """Whether this is a module or a cell that was run again, and not a second declaration in the first run.

        Each run compiles anew: a cell, a line of the interactive interpreter, a module that is reloaded. What a
        function declares twice it declares twice.
        """
        is_run = self.code.co_name.startswith("<") and other.code.co_name.startswith("<")
        return is_run and self.module is other.module and self.code is not other.code


def place_of_caller() -> Place:
    """The place from which the caller's own caller was called."""
    frame: FrameType = sys._getframe(2)
    return Place(frame.f_code, frame.f_globals)
