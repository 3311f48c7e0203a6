"""`wx`, `my`, `swan`, `tt`, `qq`, `jd`: the platforms' native objects, as ported programs call them.

Each is there on its own platform alone, as in JavaScript: elsewhere it is false, its `typeof` is "undefined", and whatever
is read of it raises `ReferenceError`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from ..runtime.taro import Taro as RuntimeTaro
from ..runtime.taro import process_taro
from .border import hearing, to_js, to_python
from .errors import ReferenceError


class Native:
    """The native object of this name of a Taro, whichever platform that is on: `Native("wx")` is the process's."""

    def __init__(self, name: str, taro: RuntimeTaro = process_taro) -> None:
        self._name = name
        self._taro = taro

    def __bool__(self) -> bool:
        """Whether the platform has it."""
        return self._taro.platform.native_name == self._name

    def __getattr__(self, name: str) -> Any:
        """A function, or another member, with values of taropy.js; None for one that the object has not."""
        if name[:2] == "__" == name[-2:]:
            raise AttributeError(name)
        if not self:
            raise ReferenceError(f"{self._name} is not defined")
        member = getattr(self._taro.native, name, None)
        return _taking(member) if callable(member) else to_js(member)

    def __getitem__(self, name: str) -> Any:
        """`wx[name]`."""
        return getattr(self, name)

    def __repr__(self) -> str:
        return f"<{self._name}>" if self else f"<{self._name}, which is not defined on {self._taro.platform.name}>"


def _taking(call: Callable[..., Any]) -> Callable[..., Any]:
    """A native function that takes a program's values, and gives them to its callbacks."""

    @wraps(call)
    def taken(*arguments: Any) -> Any:
        return to_js(call(*map(_given, arguments)))

    return taken


def _given(argument: Any) -> Any:
    given = to_python(argument)
    if isinstance(given, dict):
        return {name: hearing(each) if callable(each) else each for name, each in given.items()}
    return hearing(given) if callable(given) else given


wx: Native = Native("wx")
my: Native = Native("my")
swan: Native = Native("swan")
tt: Native = Native("tt")
qq: Native = Native("qq")
jd: Native = Native("jd")
