"""A native object that has what a test gives it, and notes how it was called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pytest

import taropy

CALLBACKS = ("success", "fail", "complete")

# A function and its options; what the native one answers; what a program gets in the fields that are told.
Answers = Sequence[tuple[str, dict[str, Any], Any, dict[str, Any]]]


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


def received(platform: str, api: str, options: dict[str, Any], answer: Any, fields: Iterable[str]) -> dict[str, Any]:
    """What a program gets in these fields of a result, when the native function of the same name gives `answer`."""
    taro, _ = over(platform, **{api: answer})
    result = getattr(taro, api)(options).result()
    return {field: result[field] for field in fields}


def each(answers: Answers) -> pytest.MarkDecorator:
    """Runs a test with each of the answers."""
    return pytest.mark.parametrize(("api", "options", "answer", "given"), answers, ids=ids(answers))


def ids(table: Sequence[Any]) -> list[str]:
    """What the rows of a table are called: each by its function and its place."""
    return [f"{row[0]} {position}" for position, row in enumerate(table)]
