"""A native object that has what a test gives it, and notes how it was called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import taropy

CALLBACKS = ("success", "fail", "complete")


class Native:
    """Answers each function in `answers` with `success`; others are not there. `calls` are names and options."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self._answers = answers
        self.calls: list[tuple[str, Any]] = []

    def __getattr__(self, name: str) -> Any:
        if name not in self._answers:
            raise AttributeError(name)

        def function(*arguments: Any) -> None:
            options = arguments[0] if arguments else None
            if not isinstance(options, dict) or "success" not in options:
                self.calls.append((name, options))
                return
            self.calls.append((name, {key: value for key, value in options.items() if key not in CALLBACKS}))
            options["success"](self._answers[name])

        return function


def over(platform: str, **answers: Any) -> tuple[Any, Native]:
    """A runtime of the platform over such a native object, and the object."""
    native = Native(answers)
    return taropy.create(platform, native=native), native
