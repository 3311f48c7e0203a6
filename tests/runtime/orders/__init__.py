"""Small programs, written twice: in JavaScript (`promises.mjs`) and in Python (`promises.py`), under the same name.

What each logs in JavaScript is recorded in `recorded.json` by `python -m tools.orders`; test_orders.py has the Python
side log the same. The two sides differ only in what Python does not have: an async function that is called for nobody
to await is given to `Promise.resolve`, which begins it, as JavaScript does by itself. So is what is awaited and is no
promise.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import attrs

_RECORDED: dict[str, Any] = json.loads(Path(__file__).with_name("recorded.json").read_text("utf-8"))

#: The modules of programs.
MODULES = tuple(name for name in _RECORDED if name != "generated")


@attrs.frozen
class Program:
    """A program; `recorded` is what its JavaScript side logged."""

    module: str
    name: str
    recorded: Sequence[str] = attrs.field(repr=False)

    @property
    def code(self) -> Callable[..., object]:
        """The Python side: it takes `log`, and perhaps `taro`."""
        code: Callable[..., object] = getattr(import_module(f"{__name__}.{self.module}"), self.name)
        return code

    @property
    def calls_taro(self) -> bool:
        """Whether it takes `taro`."""
        return len(inspect.signature(self.code).parameters) > 1

    def __str__(self) -> str:
        return f"{self.module}-{self.name}"


PROGRAMS = [Program(module, name, trace) for module in MODULES for name, trace in _RECORDED[module].items()]


def python_sides(module: str) -> set[str]:
    """The names of the programs that a module has."""
    code = vars(import_module(f"{__name__}.{module}")).items()
    own = [
        (name, each) for name, each in code if inspect.isfunction(each) and each.__module__ == f"{__name__}.{module}"
    ]
    return {name for name, each in own if [*inspect.signature(each).parameters] in (["log"], ["log", "taro"])}
